import { createWriteStream, openAsBlob } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { WebClient } from "@slack/web-api";

export interface SharedFile {
  /** With its ending. */
  readonly name: string;
  readonly title: string;
  /** mrkdwn, shown with the file. */
  readonly comment: string;
}

/** How long an upload may take: so long, and longer for what is large. Bytes a millisecond that any connection manages. */
const TIMEOUT_MS = 120_000;
const SLOWEST = 100;

/**
 * Gives one person a file: in their direct messages with the app, since no file in a channel is one person's alone. The content is
 * laid aside on the way, for Slack wants to know its size first. Source: docs.slack.dev, "Working with files", *Uploading files*.
 */
export async function shareWithPerson(
  slack: WebClient,
  userId: string,
  { name, title, comment }: SharedFile,
  content: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "syncwarden-file-"));
  try {
    const path = join(directory, "content");
    await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600 }));
    const { channel } = await slack.conversations.open({ users: userId });
    const { size } = await stat(path);
    const { upload_url: address, file_id: id } = await slack.files.getUploadURLExternal({ filename: name, length: size });
    if (channel?.id === undefined || address === undefined || id === undefined) {
      throw new Error("Slack names no place for the file");
    }
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: await openAsBlob(path),
      signal: AbortSignal.timeout(TIMEOUT_MS + Math.ceil(size / SLOWEST)),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`Slack didn't take the file (HTTP ${response.status})`);
    await slack.files.completeUploadExternal({ files: [{ id, title }], channel_id: channel.id, initial_comment: comment });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
