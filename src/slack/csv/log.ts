import type { Language } from "../../language/language.ts";
import type { ActionLogEntry } from "../../monitor/monitor.ts";
import { actionName } from "../blocks/action-names.ts";
import { outcomeText, targetText } from "../blocks/log.ts";
import { csvLines } from "./lines.ts";

function columnsOf(t: Language): readonly string[] {
  return [
    t.say("time"),
    t.say("connection"),
    t.say("user"),
    t.say("allowed as"),
    t.say("action"),
    t.say("target"),
    t.say("outcome"),
    t.say("detail"),
    t.say("undone records"),
  ];
}

/** The action log as CSV, in the order given; times in ISO 8601, UTC. */
export function logCsv(t: Language, entries: AsyncIterable<ActionLogEntry>): AsyncIterable<string> {
  return csvLines(columnsOf(t), rowsOf(t, entries));
}

async function* rowsOf(t: Language, entries: AsyncIterable<ActionLogEntry>): AsyncGenerator<readonly (string | number | null)[]> {
  for await (const entry of entries) {
    const { at, connection, userId, allowedAs, action, target, outcome, detail, fix } = entry;
    yield [
      at.toISOString(),
      connection,
      userId,
      allowedAs === null ? null : t.render(allowedAs),
      actionName(t, action),
      target === null ? null : targetText(t, target),
      outcomeText(t, outcome),
      detail === null ? null : t.render(detail),
      fix?.undone ?? null,
    ];
  }
}
