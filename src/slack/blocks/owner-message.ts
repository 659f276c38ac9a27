import type { OwnerReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { errorLabel } from "./catalogue.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, section } from "./parts.ts";
import { crmText } from "./text.ts";
import { recordText } from "./wording.ts";

/** Tells one person of their own records that don't sync. */
export function ownerMessage(t: Language, { connection, total, records, links }: OwnerReport): Message {
  const text = t.say(
    "{records, plural, one {# record of yours does} other {# records of yours do}} not sync between HubSpot and Salesforce ({connection}).",
    { records: total, connection: crmText(connection, 100) },
  );
  const hidden = total - records.length;
  return composeMessage({
    text,
    head: [section(text)],
    items: records.map(({ record, type, errorId }) => [
      section(`• ${recordText(links, record)}: ${errorLabel(t, type)} (${crmText(errorId, 20)})`),
    ]),
    more: (cut) => [moreRecords(t, hidden + cut)],
    tail: [
      ...(hidden > 0 ? [moreRecords(t, hidden)] : []),
      context(
        t.say(
          "`/sync check` with a record's email or link tells why. You hear of this once a day at most, and nobody else sees it.",
        ),
      ),
      ...actions(button("owner-messages", t.say("Stop these messages"), { wants: false })),
    ],
  });
}

function moreRecords(t: Language, hidden: number) {
  return context(
    t.say(
      "… and {hidden, plural, one {# more of your records} other {# more of your records}}: `/sync errors` lists what holds them back.",
      {
        hidden,
      },
    ),
  );
}

/** What a person hears of their own records, with the button for the other choice. */
export function ownerChoice(t: Language, wants: boolean): Message {
  const text = wants
    ? t.say("You hear of your own records that don't sync in a direct message, once a day at most.")
    : t.say("You hear no more of your own records in direct messages. `/sync mine on` starts them again.");
  const label = wants ? t.say("Stop these messages") : t.say("Start again");
  return composeMessage({ text, head: [section(text)], tail: actions(button("owner-messages", label, { wants: !wants })) });
}
