import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";

const directory = process.env.JOURNAL_DIRECTORY;
const file = directory === undefined ? null : join(directory, `messages-${randomUUID()}.jsonl`);

/**
 * Leaves what a test has made for Slack in a journal, as if it had been sent, for the contract checks of `.ci/run`. Does nothing
 * where no journal is asked for.
 */
export function witness(method: "chat.postMessage" | "views.open" | "views.publish", content: object): void {
  if (file === null) return;
  const exchange = { service: "slack", method: "POST", path: `/api/${method}`, status: 200 };
  appendFileSync(file, `${JSON.stringify({ ...exchange, requestBody: content, responseBody: { ok: true } })}\n`);
}
