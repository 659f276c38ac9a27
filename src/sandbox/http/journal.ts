import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { MiddlewareHandler } from "hono";
import type { Exchange } from "./exchange.ts";
import { redact, redactText } from "./redact.ts";
import { serviceOf } from "./service.ts";

/** On exchanges that are wrong on purpose, or that a fault answered: they say nothing of the services or the bot. */
export const NO_JOURNAL_HEADER = "x-sandbox-no-journal";

export interface Journal {
  readonly middleware: MiddlewareHandler;
  /** Waits until all is on disk. */
  close(): Promise<void>;
}

/** Writes every exchange with the three services to a file, one JSON object a line. Rejects when the file can't be written. */
export async function openJournal(file: string): Promise<Journal> {
  const stream = createWriteStream(file, { flags: "w" });
  await new Promise<void>((resolve, reject) => {
    stream.once("open", () => resolve());
    stream.once("error", (error) => reject(new Error(`The journal ${file} can't be written: ${error.message}`)));
  });
  // A disk that fills up later is no reason to stop the world.
  stream.on("error", (error) => console.error(`The journal ${file} can't be written any more: ${error.message}`));

  return {
    async middleware(c, next) {
      const service = serviceOf(c.req.path);
      if (!service || c.req.header(NO_JOURNAL_HEADER) !== undefined) return next();
      const at = new Date().toISOString();
      const request = c.req.raw.clone();
      await next();
      if (c.get("faulted") === true) return;
      const query = queryOf(c.req.url);
      const requestBody = await readBody(request);
      const responseBody = await readBody(c.res.clone());
      const exchange: Exchange = {
        service,
        method: c.req.method,
        path: c.req.path,
        ...(query && { query }),
        ...(requestBody !== undefined && { requestBody }),
        status: c.res.status,
        ...(responseBody !== undefined && { responseBody }),
        at,
      };
      stream.write(`${JSON.stringify(exchange)}\n`);
    },
    async close() {
      if (stream.destroyed) return;
      stream.end();
      await finished(stream);
    },
  };
}

/** A name that is given several times keeps its values in one text, separated by commas. */
function queryOf(url: string): Record<string, string> | null {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(url).searchParams) query[name] = name in query ? `${query[name]},${value}` : value;
  return Object.keys(query).length > 0 ? (redact(query) as Record<string, string>) : null;
}

/** JSON as its value, a form as an object of texts, other text as text; undefined where there is none, it isn't text or it is a log file. */
async function readBody(message: Request | Response): Promise<unknown> {
  const type = message.headers.get("content-type") ?? "";
  if (/multipart\/|octet-stream|image\/|event-stream|csv/.test(type)) return undefined;
  const text = await message.text();
  if (text === "") return undefined;
  if (type.includes("json")) {
    try {
      return redact(JSON.parse(text));
    } catch {
      return redactText(text);
    }
  }
  if (type.includes("x-www-form-urlencoded")) return redact(Object.fromEntries(new URLSearchParams(text)));
  return redactText(text);
}
