import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { SlackSettings } from "../config/config.ts";
import { UnreadableExportError } from "../health/import/unreadable.ts";
import { sentence } from "../language/sentence.ts";
import { LARGEST_EXPORT, tooLarge } from "../monitor/import/spool.ts";
import { explainSlackFailure } from "./failure.ts";

/** A file as Slack's messages and `files.info` describe it, as far as it matters here. Source: docs.slack.dev, "File object". */
const fileSchema = z.object({
  id: z.string().min(1).max(100),
  name: z.string().nullish(),
  size: z.number().optional(),
  /** Seconds since 1970. */
  created: z.number().optional(),
  /** `hosted` and `snippet` lie at Slack; others elsewhere, or no longer. */
  mode: z.string().optional(),
  /** `check_file_info`: of a channel shared with another organisation, the rest is told by `files.info`. */
  file_access: z.string().optional(),
  url_private_download: z.string().optional(),
});

export type SlackFile = z.infer<typeof fileSchema>;

/** Files that people share in Slack. */
export interface SlackFiles {
  /** What `files.info` says of a file. @throws UnreadableExportError with what is wrong. */
  find(id: string): Promise<SlackFile>;
  /** The file's bytes. Throws UnreadableExportError where Slack doesn't give them, as they are read. */
  download(file: SlackFile): AsyncIterable<Uint8Array>;
}

const TIMEOUT_MS = 120_000;
const MOST_REDIRECTS = 3;
/** Where Slack serves its files: `files.slack.com`, in GovSlack `files.slack-gov.com`. */
const HOSTS = [".slack.com", ".slack-gov.com"];

export function createSlackFiles(slack: WebClient, settings: Pick<SlackSettings, "apiUrl" | "botToken">): SlackFiles {
  async function find(id: string): Promise<SlackFile> {
    try {
      return fileSchema.parse((await slack.files.info({ file: id })).file);
    } catch (error) {
      if (error instanceof z.ZodError) throw new UnreadableExportError(sentence("Slack's answer about the file makes no sense."));
      throw new UnreadableExportError(
        sentence("Slack does not tell about the file. {why}", { why: explainSlackFailure(error).statement }),
      );
    }
  }

  async function* download(file: SlackFile): AsyncGenerator<Uint8Array> {
    const described = file.file_access === "check_file_info" || !file.url_private_download ? await find(file.id) : file;
    if (described.mode === "tombstone" || described.mode === "hidden_by_limit") {
      throw new UnreadableExportError(sentence("Slack no longer has the file: share it again."));
    }
    if (!described.url_private_download || described.mode === "external") {
      throw new UnreadableExportError(
        sentence("The file doesn't lie in Slack but is a link: download it and share the file itself."),
      );
    }
    if ((described.size ?? 0) > LARGEST_EXPORT) throw tooLarge();
    const response = await get(described.url_private_download, settings);
    if ((response.headers.get("content-type") ?? "").startsWith("text/html")) {
      throw new UnreadableExportError(
        sentence(
          "Slack shows its sign-in page in the place of the file: the app lacks the scope files:read. Install it again from manifest.yml.",
        ),
      );
    }
    if (response.body !== null) yield* response.body;
  }

  return { find, download };
}

/** The files that a message has. */
export function filesOf(message: Readonly<Record<string, unknown>>): readonly SlackFile[] {
  const parsed = z.array(fileSchema).safeParse(message.files ?? []);
  return parsed.success ? parsed.data : [];
}

/** Follows redirects itself: the token goes to Slack and to nobody else. */
async function get(address: string, settings: Pick<SlackSettings, "apiUrl" | "botToken">): Promise<Response> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (!isSlacks(url, settings.apiUrl)) {
      throw new UnreadableExportError(
        sentence("The file lies at {host}, which is not Slack's: share the file itself in Slack.", { host: url.host }),
      );
    }
    const response = await ask(url, settings.botToken);
    if (response.status < 300 || response.status >= 400) return given(response);
    await response.body?.cancel();
    url = new URL(response.headers.get("location") ?? "", url);
  }
  throw new UnreadableExportError(sentence("Slack sends on from one address to the next for the file: try again later."));
}

async function ask(url: URL, token: string): Promise<Response> {
  try {
    return await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new UnreadableExportError(sentence("Slack could not be reached for the file: try again later."));
  }
}

function given(response: Response): Response {
  if (response.ok) return response;
  throw new UnreadableExportError(
    response.status === 404
      ? sentence("Slack no longer has the file: share it again.")
      : sentence("Slack does not give the file (HTTP {status}): try again later.", { status: `${response.status}` }),
  );
}

/** Whether an address is Slack's: by its host, or the very one where its API is (`SLACK_API_URL`). */
function isSlacks(url: URL, apiUrl: string): boolean {
  if (url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === "https:" && HOSTS.some((host) => url.hostname.endsWith(host));
}
