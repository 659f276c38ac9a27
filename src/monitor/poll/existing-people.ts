import type { SalesforceRecord } from "../../records/record.ts";
import type { Connection } from "../context.ts";
import type { Situated } from "./situation.ts";

/**
 * The Salesforce contacts and leads that have the email of a HubSpot contact that Salesforce is said not to have, by email in lower
 * case: the sync links them, but to no converted lead, rather than making another one. Two calls for each 200 emails, none without any.
 */
export async function existingPeople(
  { salesforce }: Connection,
  situated: Iterable<Situated>,
): Promise<ReadonlyMap<string, SalesforceRecord>> {
  const emails = new Set<string>();
  for (const { situation } of situated) {
    const email = situation.state === "create-in-salesforce" ? situation.hubspot.properties.email : null;
    if (email) emails.add(email.toLowerCase());
  }
  if (emails.size === 0) return new Map();
  const wanted = [...emails];
  const leads = await salesforce.recordsByEmail("Lead", wanted);
  const contacts = await salesforce.recordsByEmail("Contact", wanted);
  return new Map(
    [...leads, ...contacts]
      .filter(({ fields }) => fields.IsConverted !== true)
      .map((record) => [String(record.fields.Email ?? "").toLowerCase(), record]),
  );
}
