import type { BacklogReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { SYSTEM_NAMES } from "../../records/record.ts";
import { isKnown, oldestText, timeFor } from "./backlog-wording.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { crmText, date } from "./text.ts";
import { recordText, waitingText } from "./wording.ts";

/** How many waiting records stand on one page. */
export const WAITING_PER_PAGE = 10;

/** What waits for the native sync: how many on each side, since when, until when, and the records, oldest change first. */
export function backlogMessage(t: Language, backlog: BacklogReport): Message {
  const name = crmText(backlog.connection, 100);
  if (backlog.asOf === null) {
    const text = t.say("{connection}: not looked at yet, so it is not known what waits.", { connection: name });
    return composeMessage({ text, head: [section(text)] });
  }
  const asOf = t.say("As of {date}.", { date: date(t, backlog.asOf) });
  if (backlog.total === 0) {
    const text = t.say("{connection}: no change is known to wait for the sync.", { connection: name });
    return composeMessage({ text, head: [section(text)], tail: [context(asOf)] });
  }
  const figures = t.list([waitingText(t, backlog.waiting), ...oldestText(t, backlog.figures)], "figures");
  return composeMessage({
    text: [t.say("{connection}: {figures}.", { connection: name, figures }), howLong(t, backlog)].join(" "),
    head: [header(headline(t, backlog)), section(`*${figures}*\n${howLong(t, backlog)}`)],
    items: backlog.records.map(({ record, changedIn, changedAt }) => [
      section(
        t.say("• {record}: changed in {system} {date}", {
          record: recordText(backlog.links, record),
          system: SYSTEM_NAMES[changedIn],
          date: date(t, changedAt),
        }),
      ),
    ]),
    more: (hidden) => [context(t.say("… and {hidden, number} more on this page that don't fit in one message.", { hidden }))],
    tail: [
      context([asOf, t.say("Records held back by a known sync error are not among them: `/sync errors` shows those.")].join(" ")),
      ...pageButtons(t, backlog),
    ],
  });
}

function headline(t: Language, { connection, records, offset, total }: BacklogReport): string {
  const values = { connection, changes: total };
  if (total === records.length) {
    return t.say("{connection}: {changes, plural, one {# change waits} other {# changes wait}}", values);
  }
  return t.say(
    "{connection}: {changes, plural, one {# change waits} other {# changes wait}}, {first, number} to {last, number}",
    { ...values, first: offset + 1, last: offset + records.length },
  );
}

function pageButtons(t: Language, { connection, records, offset, total }: BacklogReport): readonly MessageBlock[] {
  const last = offset + records.length;
  const more = total - last;
  return actions(
    offset === 0
      ? null
      : button(
          "backlog",
          t.say("Previous"),
          { connection, offset: Math.max(0, offset - WAITING_PER_PAGE) },
          { variant: "previous", accessibilityLabel: t.say("Previous waiting records") },
        ),
    more <= 0 || records.length === 0
      ? null
      : button(
          "backlog",
          t.say("… and {more, number} more", { more }),
          { connection, offset: last },
          {
            accessibilityLabel: t.say("{more, plural, one {# more waiting record} other {# more waiting records}}", { more }),
          },
        ),
  );
}

function howLong(t: Language, { suspended, total, figures: { perHour, endsAt } }: BacklogReport): string {
  if (suspended) {
    return t.say("The sync is suspended: how long it will take to work them off is not known before it moves again.");
  }
  if (!isKnown(perHour) || endsAt === null) {
    return t.say("How long it takes to work them off is not known: they have not been seen to become fewer in the last hour.");
  }
  return t.say(
    "Worked off {date}, in about {duration} at the present rate ({perHour, plural, one {# change an hour} other {# changes an hour}}).",
    { date: date(t, endsAt), duration: t.duration(timeFor(total, perHour)), perHour },
  );
}
