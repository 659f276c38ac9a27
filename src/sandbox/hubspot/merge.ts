import type { AccountRecord } from "./model.ts";

type Values = Readonly<Record<string, string | null>>;

/**
 * What HubSpot knows of a contact's partner in Salesforce. They belong together: a contact goes on syncing as the primary one did,
 * or as the secondary where the primary didn't sync.
 */
const SALESFORCE_LINK: ReadonlySet<string> = new Set([
  "salesforcecontactid",
  "salesforceleadid",
  "salesforceaccountid",
  "salesforceownerid",
  "salesforcecampaignids",
  "salesforcedeleted",
  "salesforcelastsynctime",
]);

/**
 * The values of two merged contacts: the primary one's, and the secondary one's where the primary has none. The secondary's email
 * becomes an additional one. Sources: HubSpot's changelog, *Updated merge functionality for contacts and companies*; its knowledge
 * base, *Merge records*.
 */
export function mergedValues(primary: AccountRecord, secondary: AccountRecord): Values {
  const isLinked = Boolean(primary.properties.salesforcecontactid || primary.properties.salesforceleadid);
  const values: Record<string, string | null> = {};
  for (const name of new Set([...Object.keys(primary.properties), ...Object.keys(secondary.properties)])) {
    const own = primary.properties[name] ?? null;
    values[name] = own !== null || (isLinked && SALESFORCE_LINK.has(name)) ? own : (secondary.properties[name] ?? null);
  }
  const emails = [primary, secondary].flatMap(({ properties }) => [
    properties.email ?? "",
    ...several(properties.hs_additional_emails),
  ]);
  const additional = new Set(emails.filter((email) => email !== "" && email !== values.email));
  const ids = [primary, secondary].flatMap(({ id, properties }) => [...several(properties.hs_merged_object_ids), id]);
  return { ...values, hs_additional_emails: [...additional].join(";") || null, hs_merged_object_ids: ids.join(";") };
}

function several(value: string | null | undefined): readonly string[] {
  return value ? value.split(";") : [];
}
