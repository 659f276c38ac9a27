import type { SectionBlock } from "@slack/types";
import { ENGLISH } from "../../language/language.ts";
import type { ActionLogEntry, Page } from "../../monitor/monitor.ts";
import { undoButton, undoneText } from "./fix-progress.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, section } from "./parts.ts";
import { count, crmText, date, person, plural } from "./text.ts";

export const LOG_ENTRIES_PER_PAGE = 15;

/** Who did what, when, with what outcome; newest first. */
export function logMessage(connection: string | null, page: Page<ActionLogEntry>): Message {
  const of = connection === null ? "" : ` for ${crmText(connection, 100)}`;
  if (page.total === 0) {
    const text = `Nobody has done anything${of} yet.`;
    return composeMessage({ text, head: [section(text)] });
  }
  const last = page.offset + page.items.length;
  const newest = page.items[0];
  return composeMessage({
    text: `The action log${of} has ${plural(page.total, "entry", "entries")}${newest === undefined ? "" : `, the newest shown: ${entryText(newest)}`}.`,
    head: [section(`*Action log${of}*, ${count(page.offset + 1)} to ${count(last)} of ${count(page.total)}`)],
    items: page.items.map((entry) => [entryBlock(entry)]),
    more: (hidden) => [context(`… and ${count(hidden)} more on this page that don't fit in one message.`)],
    tail: actions(
      page.offset > 0
        ? button("log", "Newer", { connection, offset: Math.max(0, page.offset - LOG_ENTRIES_PER_PAGE) }, { variant: "previous" })
        : null,
      last < page.total && page.items.length > 0
        ? button("log", `… and ${count(page.total - last)} more`, { connection, offset: last })
        : null,
      button("log-csv", "As CSV", { connection }, { accessibilityLabel: "Send me the whole log as a CSV file" }),
    ),
  });
}

function entryBlock(entry: ActionLogEntry): SectionBlock {
  const { fix } = entry;
  if (fix === null) return section(entryText(entry));
  const undone = fix.undone === 0 ? "" : ` ${undoneText(ENGLISH, fix)}`;
  return section(`${entryText(entry)}${undone}`, undoButton(ENGLISH, fix) ?? undefined);
}

/** One line of the log. */
export function entryText(entry: ActionLogEntry): string {
  const target = entry.target === null ? "" : ` ${crmText(entry.target, 150)}`;
  const connection = entry.connection === null ? "" : ` (${crmText(entry.connection, 100)})`;
  const detail = entry.detail === null ? "" : `: ${crmText(entry.detail, 300)}`;
  const right = entry.allowedAs === null ? "" : ` _(${crmText(entry.allowedAs, 80)})_`;
  return `${date(ENGLISH, entry.at)} ${person(entry.userId)}${right} ${crmText(entry.action, 80)}${target}${connection} – *${entry.outcome}*${detail}`;
}
