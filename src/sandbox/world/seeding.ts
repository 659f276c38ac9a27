import type { AccountRecord, ObjectType } from "../hubspot/model.ts";
import type { Fields, OrgRecord } from "../salesforce/model.ts";
import type { World } from "./world.ts";

/** Puts a record into HubSpot as the native sync would have: the history then says so. Throws when HubSpot refuses it. */
export function seedHubSpot(
  world: World,
  object: ObjectType,
  properties: Readonly<Record<string, string | null>>,
): AccountRecord {
  const written = world.account.create(
    object,
    { ...properties, salesforcelastsynctime: world.clock.now().toISOString() },
    "SALESFORCE",
  );
  if (!written.ok) throw new Error(`The world's ${object} can't be made: ${written.refusal.message}`);
  return written.record;
}

/** Puts a record into Salesforce, with its times as the world's. */
export function seedSalesforce(world: World, object: string, fields: Fields): OrgRecord {
  return world.org.seed(object, fields);
}

/** Text for a name in an email or a domain: lower case ASCII. */
export function slug(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ø", "o")
    .replaceAll("å", "a")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
