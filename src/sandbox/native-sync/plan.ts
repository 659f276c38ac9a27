import type { AccountRecord } from "../hubspot/model.ts";
import type { OrgRecord } from "../salesforce/model.ts";
import type { SyncMapping } from "./mapping.ts";
import { hubspotForm, salesforceForm, sameForms, type Translation } from "./values.ts";

/** A mapped value that should travel, in canonical form. */
export interface Transfer {
  readonly mapping: SyncMapping;
  readonly form: string | null;
}

/** What has to travel for a pair to be in step. Empty both ways: it is. */
export interface Plan {
  readonly toSalesforce: readonly Transfer[];
  readonly toHubSpot: readonly Transfer[];
}

/** The canonical values that both sides had when they were last in step, by mapping. */
export type Base = ReadonlyMap<SyncMapping, string | null>;

/** Decides by the sync rules what travels where between two linked records. */
export function planPair(
  hubspot: AccountRecord,
  salesforce: OrgRecord,
  mappings: readonly SyncMapping[],
  base: Base | undefined,
  translation: Translation,
): Plan {
  const toSalesforce: Transfer[] = [];
  const toHubSpot: Transfer[] = [];
  const pipeline = hubspot.properties.pipeline ?? null;
  for (const mapping of mappings) {
    const theirs = salesforceForm(mapping, salesforce.fields[mapping.field], translation);
    const ours = hubspotForm(mapping, hubspot.properties[mapping.property], pipeline, translation);
    if (ours === theirs || (ours !== undefined && sameForms(mapping, ours, theirs, translation))) continue;
    // The integration user owns what the sync itself has made of a record without an owner: nobody has taken it over.
    if (mapping.field === "OwnerId" && ours === undefined && theirs === translation.org.integrationUser.id) continue;
    const winner = winnerOf(mapping, ours, theirs, base?.get(mapping), () =>
      isHubSpotNewer(mapping, hubspot, salesforce, translation),
    );
    if (winner === "hubspot" && ours !== undefined) toSalesforce.push({ mapping, form: ours });
    // A queue in Salesforce is nobody in HubSpot: the owner there stays.
    if (winner === "salesforce" && !isQueue(theirs)) toHubSpot.push({ mapping, form: theirs });
  }
  return { toSalesforce, toHubSpot };
}

function isQueue(form: string | null): boolean {
  return form?.startsWith("00G") ?? false;
}

function winnerOf(
  mapping: SyncMapping,
  ours: string | null | undefined,
  theirs: string | null,
  base: string | null | undefined,
  hubspotIsNewer: () => boolean,
): "hubspot" | "salesforce" | "nobody" {
  switch (mapping.rule) {
    case "none":
      return "nobody";
    case "always-salesforce":
      return "salesforce";
    case "prefer-salesforce":
      return theirs === null ? "hubspot" : "salesforce";
    case "two-way":
      // An owner or stage that Salesforce has no counterpart for stays where it is, unless Salesforce has moved on.
      if (ours === undefined) return base !== undefined && base !== theirs ? "salesforce" : "nobody";
      if (base === undefined && (ours === null || theirs === null)) return ours === null ? "salesforce" : "hubspot";
      if (base !== undefined && base === theirs) return "hubspot";
      if (base !== undefined && base === ours) return "salesforce";
      return hubspotIsNewer() ? "hubspot" : "salesforce";
  }
}

function isHubSpotNewer(mapping: SyncMapping, hubspot: AccountRecord, salesforce: OrgRecord, { account }: Translation): boolean {
  const changed = account.history(hubspot.object, hubspot.id, mapping.property)[0]?.timestamp;
  if (changed === undefined) return false;
  return Date.parse(changed) > Date.parse(String(salesforce.fields.SystemModstamp));
}

/** What a new Salesforce record is given. */
export function planNewInSalesforce(
  hubspot: AccountRecord,
  mappings: readonly SyncMapping[],
  translation: Translation,
): readonly Transfer[] {
  const pipeline = hubspot.properties.pipeline ?? null;
  return mappings
    .filter((mapping) => mapping.rule !== "none" && mapping.rule !== "always-salesforce")
    .flatMap((mapping) => {
      const form = hubspotForm(mapping, hubspot.properties[mapping.property], pipeline, translation);
      return form ? [{ mapping, form }] : [];
    });
}

/** What a new HubSpot record is given. */
export function planNewInHubSpot(
  salesforce: OrgRecord,
  mappings: readonly SyncMapping[],
  translation: Translation,
): readonly Transfer[] {
  return mappings
    .filter((mapping) => mapping.rule !== "none")
    .flatMap((mapping) => {
      const form = salesforceForm(mapping, salesforce.fields[mapping.field], translation);
      return form === null || isQueue(form) ? [] : [{ mapping, form }];
    });
}
