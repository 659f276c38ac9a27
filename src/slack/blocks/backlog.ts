import type { BacklogReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { about } from "./backlog-wording.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { count, crmText, date, plural } from "./text.ts";
import { recordText, waitingText } from "./wording.ts";

/** How many waiting records stand on one page. */
export const WAITING_PER_PAGE = 10;

const SIDES = { hubspot: "HubSpot", salesforce: "Salesforce" } as const;

/** What waits for the native sync: how many on each side, since when, until when, and the records, oldest change first. */
export function backlogMessage(backlog: BacklogReport): Message {
  const name = crmText(backlog.connection, 100);
  if (backlog.asOf === null) {
    const text = `${name}: not looked at yet, so it is not known what waits.`;
    return composeMessage({ text, head: [section(text)] });
  }
  const asOf = `As of ${date(ENGLISH, backlog.asOf)}`;
  if (backlog.total === 0) {
    const text = `${name}: no change is known to wait for the sync.`;
    return composeMessage({ text, head: [section(text)], tail: [context(asOf)] });
  }
  const { connection, records, offset, total, figures } = backlog;
  const oldest = figures.oldestAt === null ? "" : `, the oldest since ${date(ENGLISH, figures.oldestAt)}`;
  const last = offset + records.length;
  const shown = total === records.length ? "" : `, ${count(offset + 1)} to ${count(last)}`;
  return composeMessage({
    text: `${name}: ${waitingText(ENGLISH, backlog.waiting)}${oldest}. ${howLong(backlog)}`,
    head: [
      header(`${connection}: ${plural(total, "change")} ${total === 1 ? "waits" : "wait"}${shown}`),
      section(`*${waitingText(ENGLISH, backlog.waiting)}*${oldest}\n${howLong(backlog)}`),
    ],
    items: records.map(({ record, changedIn, changedAt }) => [
      section(`• ${recordText(backlog.links, record)}: changed in ${SIDES[changedIn]} ${date(ENGLISH, changedAt)}`),
    ]),
    more: (hidden) => [context(`… and ${hidden} more on this page that don't fit.`)],
    tail: [
      context(`${asOf}. Records held back by a known sync error are not among them: \`/sync errors\` shows those.`),
      ...actions(
        offset === 0
          ? null
          : button(
              "backlog",
              "Previous",
              { connection, offset: Math.max(0, offset - WAITING_PER_PAGE) },
              { variant: "previous" },
            ),
        last >= total || records.length === 0
          ? null
          : button("backlog", `… and ${count(total - last)} more`, { connection, offset: last }),
      ),
    ],
  });
}

function howLong({ suspended, total, figures: { perHour, endsAt } }: BacklogReport): string {
  if (suspended) return "The sync is suspended: how long it will take to work them off is not known before it moves again.";
  if (perHour === null || endsAt === null) {
    return "How long it takes to work them off is not known: they have not been seen to become fewer in the last hour.";
  }
  return `Worked off ${date(ENGLISH, endsAt)}, in ${about(total, perHour)} (${plural(perHour, "change")} an hour).`;
}
