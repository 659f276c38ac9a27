import { type Said, type Sentence, sentence } from "../../language/sentence.ts";
import { type Details, fieldName, fieldOnObject, nameOf, RESYNC, type TypeEntry } from "../catalogue-entry.ts";
import { recordsText } from "../expected.ts";

/** What to do about a record that Salesforce doesn't let the integration user write to. */
function writtenAdvice({ record: name, whereabouts, mergedInto }: Details): readonly Sentence[] {
  const record = nameOf(name);
  switch (whereabouts) {
    case "deleted":
      return [
        sentence("Restore {record} from Salesforce's Recycle Bin, or let HubSpot have it deleted too.", { record }),
        RESYNC,
      ];
    case "merged":
      return [
        sentence("Use {kept} instead of {record}, which was merged into it.", { kept: nameOf(mergedInto), record }),
        RESYNC,
      ];
    case "there":
      return [
        sentence("Let the integration user edit {record}, or what it belongs to: sharing rules, View All or Modify All.", {
          record,
        }),
        RESYNC,
      ];
    case "not-found":
      return [
        sentence(
          "Look for {record} as a Salesforce admin: if it is there, share it with the integration user (sharing rules, record type, View All).",
          { record },
        ),
        sentence("If it is gone, let HubSpot have it deleted too."),
        RESYNC,
      ];
    default:
      return [
        sentence("See whether the record still exists: restore it from the Recycle Bin, or correct the value in HubSpot."),
        sentence("If it exists, share it with the integration user (sharing rules, record type, View All)."),
      ];
  }
}

/** What to do about a record that a field points to, where Salesforce doesn't let the integration user see it. */
function pointedAdvice(details: Details): readonly Sentence[] {
  const values = { record: nameOf(details.record), field: fieldName(details) };
  switch (details.whereabouts) {
    case "deleted":
      return [
        sentence(
          "Restore {record}, to which the field {field} points, from Salesforce's Recycle Bin, or correct the value in HubSpot.",
          values,
        ),
        RESYNC,
      ];
    case "merged":
      return [
        sentence("Use {kept} in the field {field} instead of {record}, which was merged into it.", {
          ...values,
          kept: nameOf(details.mergedInto),
        }),
        RESYNC,
      ];
    case "there":
      return [
        sentence(
          "Let the integration user edit {record}, to which the field {field} points, or what it belongs to: sharing rules, View All or Modify All.",
          values,
        ),
        RESYNC,
      ];
    case "not-found":
      return [
        sentence(
          "Look for {record}, to which the field {field} points, as a Salesforce admin: if it is there, share it with the integration user (sharing rules, record type, View All).",
          values,
        ),
        sentence("If it is gone, correct the value in HubSpot."),
        RESYNC,
      ];
    default:
      return [
        sentence(
          "See whether the record to which the field {field} points still exists: restore it from the Recycle Bin, or correct the value in HubSpot.",
          { field: values.field },
        ),
        sentence("If it exists, share it with the integration user (sharing rules, record type, View All)."),
      ];
  }
}

/** `holderIs`: what is full, one `company` or `contact` by name, or the `contacts` that the error is about. */
function associationsAdvice({ holderIs, holderLabel, limit, of, setBy }: Details): Sentence {
  const values = { holder: nameOf(holderIs), record: nameOf(holderLabel), limit: limitText(limit, of) };
  if (setBy === "admin") {
    return sentence(
      "Raise the limit that an admin has set ({limit}) in HubSpot: Settings, Objects, {holder, select, company {Companies} other {Contacts}}, Associations. Or remove associations that are no longer needed from {holder, select, company {the company {record}} contact {the contact {record}} contacts {the contacts} other {the HubSpot record}}.",
      values,
    );
  }
  return sentence(
    "Remove associations that are no longer needed from {holder, select, company {the company {record}} contact {the contact {record}} contacts {the contacts} other {the HubSpot record}}{limit, select, unnamed {} other { (it has the most that HubSpot allows: {limit})}}, or relate the Salesforce records to another one.",
    values,
  );
}

function limitText(limit: string | undefined, of: string | undefined): Said {
  const isCounted = limit !== undefined && (of === "contacts" || of === "companies" || of === "deals");
  return isCounted ? recordsText(Number(limit), of) : nameOf(limit);
}

/** Who has an email now: `holder` is the id of a HubSpot contact. */
function holderAdvice({ email, holder, holderLabel, kind, linkedTo }: Details): Sentence {
  const id = holder ?? "";
  const contact = holderLabel && holderLabel !== id ? `${id} (${holderLabel})`.trim() : id;
  const values = { email: nameOf(email), contact: nameOf(contact), record: nameOf(linkedTo) };
  return kind === "additional"
    ? sentence(
        "Decide whom {email, select, unnamed {the email} other {{email}}} belongs to: {contact, select, unnamed {a HubSpot contact} other {HubSpot contact {contact}}}{record, select, unnamed {} other {, linked to {record},}} has it now as an additional email.",
        values,
      )
    : sentence(
        "Decide whom {email, select, unnamed {the email} other {{email}}} belongs to: {contact, select, unnamed {a HubSpot contact} other {HubSpot contact {contact}}}{record, select, unnamed {} other {, linked to {record},}} has it now.",
        values,
      );
}

function lookalikeAdvice({ matches, matchCount }: Details): Sentence {
  if (!matches) return sentence("Find the record that Salesforce takes for the same and merge them.");
  const records = Number(matchCount ?? "1");
  return sentence(
    "Compare the record with {records, plural, one {the one that Salesforce found} other {the # that Salesforce found}} ({matches}) and merge them, or link the HubSpot record to that one.",
    { records: Number.isFinite(records) ? records : 1, matches },
  );
}

function answerAdvice({ code, message }: Details): Sentence {
  if (!code && !message) return sentence("Compare the record on both sides and correct the values that differ.");
  const answer = [code, message?.replace(/\.+$/, "")].filter(Boolean).join(": ");
  return sentence("Read the answer, {answer}, and put right what it names.", { answer });
}

/** Associations, duplicates, permissions, and whatever has no type of its own. */
export const RECORD_ENTRIES = {
  "association-limit-reached": {
    label: "Association limit reached",
    meaning: sentence("A HubSpot record has as many associations as HubSpot allows, so the Salesforce relation cannot be added."),
    advice: (details) => [associationsAdvice(details), RESYNC],
    who: "HubSpot admin",
    link: "hubspot-record",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "waiting-for-account": {
    label: "Waiting for account to sync",
    meaning: sentence("The records belong to a Salesforce account that is no company in HubSpot yet."),
    advice: ({ account, accountId }) => [
      sentence(
        "Import {account, select, unnamed {the account} other {the account “{account}”}}{id, select, unnamed {} other { ({id})}} into HubSpot: Salesforce settings, Import, Accounts.",
        { account: nameOf(account), id: nameOf(accountId === account ? undefined : accountId) },
      ),
      sentence("If it is a company already, make sure that the company sync is on and that no duplicate holds its domain."),
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    direction: "salesforce-to-hubspot",
    clearsItself: "often",
  },
  "email-already-in-use": {
    label: "Email already in use",
    meaning: sentence(
      "The email of a Salesforce lead or contact belongs to a HubSpot contact that is linked to another Salesforce record.",
    ),
    advice: (details) => [
      holderAdvice(details),
      sentence("Merge the two records in Salesforce if they are the same person, or correct the email on one of them."),
      sentence("Then resync the record here."),
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "salesforce-duplicate-rule": {
    label: "Salesforce duplicate rule",
    meaning: sentence("A duplicate rule in Salesforce refuses the record because it looks like another one."),
    advice: (details) => [
      lookalikeAdvice(details),
      sentence(
        "If they are different, let {rule, select, unnamed {the duplicate rule} other {the duplicate rule “{rule}”}}{object, select, unnamed {} other { on {object}}} allow and report instead of block, or bypass it for the integration user.",
        { rule: nameOf(details.rule), object: nameOf(details.object) },
      ),
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:DuplicateRules/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "insufficient-access-or-missing-record": {
    label: "Insufficient access or missing Salesforce record",
    meaning: sentence("The write concerns a Salesforce record that is gone, or that the integration user may not see."),
    advice: (details) => (details.field ? pointedAdvice(details) : writtenAdvice(details)),
    who: "Salesforce admin",
    link: "salesforce-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "field-permission": {
    label: "Salesforce field permission",
    meaning: sentence("The integration user may not edit the field in Salesforce."),
    advice: (details) => [
      details.fields
        ? sentence(
            "Give the integration user read and edit access to the fields {fields}{object, select, unnamed {} other { on {object}}} by field-level security, and look for a page layout or record type that makes them read-only.",
            { fields: details.fields, object: nameOf(details.object) },
          )
        : sentence(
            "Give the integration user read and edit access to {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} by field-level security, and look for a page layout or record type that makes it read-only.",
            fieldOnObject(details),
          ),
      sentence("If it is a formula or should not be written, set its mapping in HubSpot to Always use Salesforce."),
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "insufficient-access": {
    label: "Insufficient Salesforce access",
    meaning: sentence("The integration user may see the record but not change it."),
    advice: (details) => [
      sentence(
        "Give the integration user edit access{object, select, unnamed {} other { to {object} records}}: object rights, sharing, or Modify All.",
        { object: nameOf(details.object) },
      ),
      sentence("If the record is locked by an approval process, wait for it or let the integration user edit locked records."),
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:PermSets/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  other: {
    label: "Other",
    meaning: sentence("The record does not sync for a reason that has no type of its own; the full answer is below."),
    advice: (details) => [
      answerAdvice(details),
      sentence("Then resync the record here; if it fails again, ask HubSpot support with this answer."),
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    direction: "both",
    clearsItself: "often",
  },
} as const satisfies Record<string, TypeEntry>;
