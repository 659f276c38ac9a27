import type { Language } from "../../language/language.ts";
import type { ActionLogEntry } from "../../monitor/monitor.ts";
import { csvLines } from "./lines.ts";

const COLUMNS = ["time", "connection", "user", "allowed as", "action", "target", "outcome", "detail", "undone records"] as const;

/** The action log as CSV, in the order given; times in ISO 8601, UTC. */
export function logCsv(t: Language, entries: AsyncIterable<ActionLogEntry>): AsyncIterable<string> {
  return csvLines(COLUMNS, rowsOf(t, entries));
}

async function* rowsOf(t: Language, entries: AsyncIterable<ActionLogEntry>): AsyncGenerator<readonly (string | number | null)[]> {
  for await (const entry of entries) {
    const { at, connection, userId, allowedAs, action, target, outcome, detail, fix } = entry;
    const said = detail === null ? null : t.render(detail);
    yield [at.toISOString(), connection, userId, allowedAs, action, target, outcome, said, fix?.undone ?? null];
  }
}
