import type { SectionBlock } from "@slack/types";
import { SUSPENSION_KINDS } from "../../health/suspensions.ts";
import type { Language } from "../../language/language.ts";
import type { Said } from "../../language/sentence.ts";
import type { ActionLogEntry, Page } from "../../monitor/monitor.ts";
import { actionName } from "./action-names.ts";
import { suspensionLabel } from "./catalogue.ts";
import { undoButton, undoneText } from "./fix-progress.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, section } from "./parts.ts";
import { crmText, date, person } from "./text.ts";

export const LOG_ENTRIES_PER_PAGE = 15;

/** Who did what, when, with what outcome; newest first. */
export function logMessage(t: Language, connection: string | null, page: Page<ActionLogEntry>): Message {
  const named = connection === null ? null : crmText(connection, 100);
  if (page.total === 0) {
    const text =
      named === null
        ? t.say("Nobody has done anything yet.")
        : t.say("Nobody has done anything for {connection} yet.", { connection: named });
    return composeMessage({ text, head: [section(text)] });
  }
  const last = page.offset + page.items.length;
  const more = page.total - last;
  const [newest] = page.items;
  return composeMessage({
    text: [
      countText(t, named, page.total),
      ...(newest === undefined ? [] : [t.say("The newest shown: {entry}.", { entry: entryText(t, newest).replace(/\.$/, "") })]),
    ].join(" "),
    head: [section(headText(t, named, { first: page.offset + 1, last, total: page.total }))],
    items: page.items.map((entry) => [entryBlock(t, entry)]),
    more: (hidden) => [context(t.say("… and {hidden, number} more on this page that don't fit in one message.", { hidden }))],
    tail: actions(
      page.offset > 0
        ? button(
            "log",
            t.say("Newer"),
            { connection, offset: Math.max(0, page.offset - LOG_ENTRIES_PER_PAGE) },
            { variant: "previous", accessibilityLabel: t.say("Newer entries of the action log") },
          )
        : null,
      more > 0 && page.items.length > 0
        ? button(
            "log",
            t.say("… and {more, number} more", { more }),
            { connection, offset: last },
            { accessibilityLabel: t.say("{more, plural, one {# older entry} other {# older entries}}", { more }) },
          )
        : null,
      button("log-csv", t.say("As CSV"), { connection }, { accessibilityLabel: t.say("Send me the whole log as a CSV file") }),
    ),
  });
}

function countText(t: Language, connection: string | null, entries: number): string {
  return connection === null
    ? t.say("The action log has {entries, plural, one {# entry} other {# entries}}.", { entries })
    : t.say("The action log for {connection} has {entries, plural, one {# entry} other {# entries}}.", { connection, entries });
}

function headText(
  t: Language,
  connection: string | null,
  range: { readonly first: number; readonly last: number; readonly total: number },
): string {
  return connection === null
    ? t.say("*Action log*, {first, number} to {last, number} of {total, number}", range)
    : t.say("*Action log for {connection}*, {first, number} to {last, number} of {total, number}", { ...range, connection });
}

function entryBlock(t: Language, entry: ActionLogEntry): SectionBlock {
  const { fix } = entry;
  const text = entryText(t, entry);
  if (fix === null) return section(text);
  return section(fix.undone === 0 ? text : `${text} ${undoneText(t, fix)}`, undoButton(t, fix) ?? undefined);
}

/** One line of the log: when, who by which right, the action, what with, where, and what came of it. */
export function entryText(t: Language, entry: ActionLogEntry): string {
  const target = entry.target === null ? "" : ` ${crmText(targetText(t, entry.target), 150)}`;
  const connection = entry.connection === null ? "" : ` (${crmText(entry.connection, 100)})`;
  const detail = entry.detail === null ? "" : `: ${crmText(t.render(entry.detail), 300)}`;
  const right = entry.allowedAs === null ? "" : ` _(${crmText(t.render(entry.allowedAs), 80)})_`;
  return `${date(t, entry.at)} ${whoText(t, entry.userId)}${right} ${crmText(actionName(t, entry.action), 80)}${target}${connection} – *${outcomeText(t, entry.outcome)}*${detail}`;
}

/** Who did it: not everybody is a person in Slack. */
function whoText(t: Language, userId: string): string {
  if (userId === "configuration") return t.say("the configuration");
  return userId === "command line" ? t.say("the command line") : person(userId);
}

/** What an action was about; a suspension goes by its kind. */
export function targetText(t: Language, target: Said): string {
  const kind = SUSPENSION_KINDS.find((known) => known === target);
  return kind === undefined ? t.render(target) : suspensionLabel(t, kind);
}

export function outcomeText(t: Language, outcome: ActionLogEntry["outcome"]): string {
  return t.say("{outcome, select, done {done} requested {requested} refused {refused} other {failed}}", { outcome });
}
