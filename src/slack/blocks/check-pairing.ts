import type { Language } from "../../language/language.ts";
import type { CheckReport, PairingConcern } from "../../monitor/check/check-report.ts";
import type { MessageBlock } from "./message.ts";
import { section } from "./parts.ts";
import { crmText, link, listSome } from "./text.ts";
import { recordText, salesforceRecordUrl } from "./wording.ts";

/** Further records shown of one concern. */
const RECORDS_SHOWN = 5;

/** How the record is paired. */
export function pairingLine(t: Language, report: CheckReport): string {
  const { state, object, id } = report.pairing;
  const partner = partnerText(report);
  switch (state) {
    case "linked":
      return linkedText(t, report);
    case "partner-deleted":
      return [
        `${linkedText(t, report)}.`,
        t.say(
          "That record was deleted in Salesforce: restore it from the recycle bin there, or clear the property in HubSpot to have the sync make or find another one.",
        ),
      ].join(" ");
    case "partner-missing":
      return [
        `${linkedText(t, report)}.`,
        t.say("The integration user doesn't find that record: it was deleted or merged, or isn't shared with that user."),
      ].join(" ");
    case "by-email":
      return object === null
        ? t.say("*Pairing* not linked yet: the sync links it by email to HubSpot's contact {id}", { id: crmText(id ?? "", 40) })
        : t.say("*Pairing* not linked yet: the sync links it by email to Salesforce's {record}", { record: partner });
    case "to-be-created-in-salesforce":
      return object === null
        ? t.say("*Pairing* none yet: the sync is to make a Salesforce record")
        : t.say("*Pairing* none yet: the sync is to make a Salesforce {object}", { object });
    case "to-be-created-in-hubspot":
      return t.say("*Pairing* none yet: the sync is to make a HubSpot record");
    case "none":
      return t.say("*Pairing* none");
    case "not-known":
      return id === null
        ? t.say("*Pairing* not known")
        : t.say("*Pairing* HubSpot names Salesforce's {record}; it wasn't looked at", { record: partner });
  }
}

function linkedText(t: Language, report: CheckReport): string {
  const { property } = report.pairing;
  const record = partnerText(report);
  return property === null
    ? t.say("*Pairing* linked to Salesforce's {record}", { record })
    : t.say("*Pairing* linked to Salesforce's {record} by `{property}`", { record, property: crmText(property, 60) });
}

/** "Contact 003…", linked. */
function partnerText({ pairing: { object, id }, links }: CheckReport): string {
  const named = id === null ? null : link(salesforceRecordUrl(links, { salesforceId: id }), crmText(id, 40));
  return [object, named].filter((part) => part !== null).join(" ");
}

/** Whether the inclusion list lets it sync. */
export function inclusionLine(t: Language, { inclusion, verdict }: CheckReport): string {
  if (inclusion === null) return verdict.state === "excluded" ? t.say("*Included* no") : "";
  const list = crmText(inclusion.list, 40);
  return inclusion.isMember
    ? t.say("*Included* yes, in the inclusion list {list}", { list })
    : t.say(
        "*Included* no, not in the inclusion list {list}: what changes in HubSpot stays there; what comes from Salesforce still arrives",
        { list },
      );
}

/** What is odd about the pairing. */
export function concernLines(t: Language, { pairing, links }: CheckReport): MessageBlock[] {
  return pairing.concerns.map((concern) => section(`:warning: ${concernText(t, concern, links)}`));
}

function concernText(t: Language, concern: PairingConcern, links: CheckReport["links"]): string {
  switch (concern.kind) {
    case "shared":
      return t.say(
        "Linked to the same Salesforce record: {records}. They overwrite each other: merge them in HubSpot, or clear the link of those it isn't right for.",
        { records: recordsText(t, concern.records, links) },
      );
    case "same-email":
      return t.say("The same email: {records}. Merge what is one person.", {
        records: recordsText(t, concern.records, links),
      });
    case "wrong-object":
      return t.say("The link `{id}` isn't the id of a {object}: clear the property in HubSpot to have the sync link it again.", {
        id: crmText(concern.id, 40),
        object: concern.expected,
      });
    case "converted-lead":
      return t.say(
        "The linked lead was converted, and Salesforce keeps converted leads read-only: link the contact that it became.",
      );
    case "other-email":
      return t.say(
        "HubSpot's email {hubspot} isn't the linked record's ({salesforce}) but that of another Salesforce record: perhaps it is linked to the wrong one.",
        { hubspot: crmText(concern.hubspot, 120), salesforce: crmText(concern.salesforce, 120) },
      );
  }
}

function recordsText(t: Language, all: readonly Parameters<typeof recordText>[1][], links: CheckReport["links"]): string {
  return listSome(
    t,
    all.slice(0, RECORDS_SHOWN).map((record) => recordText(links, record)),
    all.length,
  );
}
