import type { CheckReport, PairingConcern } from "../../monitor/check/check-report.ts";
import type { MessageBlock } from "./message.ts";
import { section } from "./parts.ts";
import { count, crmText, link } from "./text.ts";
import { recordText, salesforceRecordUrl } from "./wording.ts";

/** Further records shown of one concern. */
const RECORDS_SHOWN = 5;

/** How the record is paired. */
export function pairingLine({ pairing, links }: CheckReport): string {
  const { state, property, object, id } = pairing;
  const partner =
    id === null
      ? (object ?? "")
      : `${object ?? ""} ${link(salesforceRecordUrl(links, { salesforceId: id }), crmText(id, 40))}`.trim();
  const by = property === null ? "" : ` by \`${crmText(property, 60)}\``;
  switch (state) {
    case "linked":
      return `*Pairing* linked to Salesforce's ${partner}${by}`;
    case "partner-deleted":
      return `*Pairing* linked to Salesforce's ${partner}${by}, which was deleted in Salesforce. Restore it from the recycle bin there, or clear the property in HubSpot to have the sync make or find another one.`;
    case "partner-missing":
      return `*Pairing* linked to Salesforce's ${partner}${by}, which the integration user doesn't find: it was deleted or merged, or isn't shared with that user.`;
    case "by-email":
      return object === null
        ? `*Pairing* not linked yet: the sync links it by email to HubSpot's contact ${crmText(id ?? "", 40)}`
        : `*Pairing* not linked yet: the sync links it by email to Salesforce's ${partner}`;
    case "to-be-created-in-salesforce":
      return `*Pairing* none yet: the sync is to make a Salesforce ${object ?? "record"}`;
    case "to-be-created-in-hubspot":
      return "*Pairing* none yet: the sync is to make a HubSpot record";
    case "none":
      return "*Pairing* none";
    case "not-known":
      return id === null ? "*Pairing* not known" : `*Pairing* HubSpot names Salesforce's ${partner}; it wasn't looked at`;
  }
}

/** Whether the inclusion list lets it sync. */
export function inclusionLine({ inclusion, verdict }: CheckReport): string {
  if (inclusion === null) return verdict.state === "excluded" ? "*Included* no" : "";
  const list = `the inclusion list ${crmText(inclusion.list, 40)}`;
  return inclusion.isMember
    ? `*Included* yes, in ${list}`
    : `*Included* no, not in ${list}: what changes in HubSpot stays there; what comes from Salesforce still arrives`;
}

/** What is odd about the pairing. */
export function concernLines({ pairing, links }: CheckReport): MessageBlock[] {
  return pairing.concerns.map((concern) => section(`:warning: ${concernText(concern, links)}`));
}

function concernText(concern: PairingConcern, links: CheckReport["links"]): string {
  switch (concern.kind) {
    case "shared":
      return `Linked to the same Salesforce record: ${records(concern.records, links)}. They overwrite each other: merge them in HubSpot, or clear the link of those it isn't right for.`;
    case "same-email":
      return `The same email: ${records(concern.records, links)}. Merge what is one person.`;
    case "wrong-object":
      return `The link \`${crmText(concern.id, 40)}\` isn't the id of a ${concern.expected}: clear the property in HubSpot to have the sync link it again.`;
    case "converted-lead":
      return "The linked lead was converted, and Salesforce keeps converted leads read-only: link the contact that it became.";
    case "other-email":
      return `HubSpot's email ${crmText(concern.hubspot, 120)} isn't the linked record's (${crmText(concern.salesforce, 120)}) but that of another Salesforce record: perhaps it is linked to the wrong one.`;
  }
}

function records(all: readonly Parameters<typeof recordText>[1][], links: CheckReport["links"]): string {
  const shown = all.slice(0, RECORDS_SHOWN).map((record) => recordText(links, record));
  const more = all.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` … and ${count(more)} more` : ""}`;
}
