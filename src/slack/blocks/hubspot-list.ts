import type { Language } from "../../language/language.ts";
import type { ListOutcome } from "../../monitor/monitor.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, linkButton, section } from "./parts.ts";
import { crmText, link } from "./text.ts";
import { objects } from "./wording.ts";

type Made = Extract<ListOutcome, { readonly outcome: "made" }>;

/** The list that was made, linked, with who is in it and who isn't. */
export function hubspotListMessage(t: Language, list: Made): Message {
  const values = { list: link(list.url, crmText(list.name, 150)), records: objects(t, list.members, list.object) };
  const text = [
    list.isNew
      ? t.say("The static list {list} is in HubSpot, with {records} in it.", values)
      : t.say("The list of today is in HubSpot already: {list}. It has {records} of this error in it by now.", values),
    ...(list.onlyInSalesforce === 0
      ? []
      : [
          t.say(
            "{records, plural, one {# record is only in Salesforce and is left out} other {# records are only in Salesforce and are left out}}.",
            { records: list.onlyInSalesforce },
          ),
        ]),
    ...(list.missing === 0
      ? []
      : [
          t.say("{records, plural, one {# record is no longer in HubSpot} other {# records are no longer in HubSpot}}.", {
            records: list.missing,
          }),
        ]),
  ].join(" ");
  return composeMessage({
    text,
    head: [section(text)],
    tail: actions(linkButton("hubspot-list", t.say("Open the list in HubSpot"), list.url)),
  });
}
