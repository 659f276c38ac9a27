import type { AccountRecord, ObjectType } from "../hubspot/model.ts";
import type { SalesforceObjectName } from "../native-sync/mapping.ts";
import { linkOf } from "../native-sync/matching.ts";
import type { NativeSync } from "../native-sync/native-sync.ts";
import type { Caller, Fields, Merge, SaveResult } from "../salesforce/model.ts";
import type { World } from "../world/world.ts";

/** A scenario can't be made in this world, and why: the caller's request, not a bug. */
export class ImpossibleScenario extends Error {
  override readonly name = "ImpossibleScenario";
}

/** A linked record with both its ids. */
export interface LinkedRecord {
  readonly hubspot: AccountRecord;
  readonly salesforceObject: SalesforceObjectName;
  readonly salesforceId: string;
}

/** The world as scenarios act on it: as people do, by editing records and settings. */
export interface Play {
  readonly world: World;
  readonly sync: NativeSync;
  /** Records in step that no scenario uses yet. Throws `ImpossibleScenario` when there are too few; `"all"` may be none. */
  linked(
    object: SalesforceObjectName,
    count: number | "all",
    fits?: (record: LinkedRecord, fields: Fields) => boolean,
  ): readonly LinkedRecord[];
  /** Records that a scenario has done with. */
  giveBack(records: readonly LinkedRecord[]): void;
  /** Somebody edits a record in HubSpot. */
  editHubSpot(record: AccountRecord, properties: Readonly<Record<string, string | null>>): void;
  /** Somebody makes a task about a contact in HubSpot; without an owner it is nobody's there. */
  createTask(contact: AccountRecord, properties: Readonly<Record<string, string>>): AccountRecord;
  /** Somebody edits a record in Salesforce. */
  editSalesforce(object: SalesforceObjectName, id: string, fields: Fields): void;
  /** Somebody makes a record in Salesforce; returns its id. */
  createInSalesforce(object: SalesforceObjectName, fields: Fields): string;
  /** Somebody in Salesforce converts a lead into a contact that is there already. */
  convertLead(leadId: string, contactId: string): void;
  /** Somebody in Salesforce merges two records and keeps the first, giving it some values. */
  mergeInSalesforce(object: Merge["object"], keptId: string, loserId: string, fields?: Fields): void;
  /** Somebody in HubSpot merges two contacts, the first one as the primary; they become a new one. */
  mergeInHubSpot(primary: AccountRecord, secondary: AccountRecord): AccountRecord;
  /** A number that no record of this play has had. */
  nextNumber(): number;
}

const HUBSPOT_OBJECTS = {
  Contact: "contacts",
  Lead: "contacts",
  Account: "companies",
  Opportunity: "deals",
} as const satisfies Record<SalesforceObjectName, ObjectType>;

export function createPlay(world: World, sync: NativeSync): Play {
  const { org, account } = world;
  const taken = new Set<string>();
  let number = 0;

  function person(): Caller {
    const [someone] = world.salesPeople;
    if (!someone) throw new Error("The world has no sales people");
    return { userId: someone.user.id, app: "Salesforce" };
  }

  function save(object: SalesforceObjectName, id: string | null, fields: Fields): string {
    return said(org.save(person(), [{ object, id, fields }])[0]);
  }

  /** The id of what was saved. */
  function said(result: SaveResult | undefined): string {
    if (result?.success) return result.id;
    const why = result?.errors.map((error) => error.message).join("; ");
    throw new ImpossibleScenario(`Salesforce refuses what the person in this scenario does: ${why}`);
  }

  return {
    world,
    sync,
    linked(object, count, fits = () => true) {
      const found: LinkedRecord[] = [];
      const hubspotObject = HUBSPOT_OBJECTS[object];
      const members = hubspotObject === "contacts" ? account.listMembers(world.inclusionList) : null;
      for (const hubspot of account.records(hubspotObject)) {
        if (found.length === count) break;
        const link = linkOf(hubspot);
        if (link?.salesforceObject !== object || taken.has(hubspot.id) || members?.has(hubspot.id) === false) continue;
        const salesforce = org.get(object, link.salesforceId);
        // What remains of a converted lead is read-only: no use to people who edit records.
        if (!salesforce || salesforce.fields.IsConverted === true) continue;
        if (fits({ hubspot, ...link }, salesforce.fields)) found.push({ hubspot, ...link });
      }
      if (count !== "all" && found.length < count) {
        throw new ImpossibleScenario(
          `This world has only ${found.length} free ${object} records that fit this scenario, not ${count}`,
        );
      }
      for (const record of found) taken.add(record.hubspot.id);
      return found;
    },
    giveBack(records) {
      for (const record of records) taken.delete(record.hubspot.id);
    },
    editHubSpot(record, properties) {
      const written = account.update(record.object, record.id, properties, "CRM_UI");
      if (!written.ok)
        throw new ImpossibleScenario(`HubSpot refuses what the person in this scenario does: ${written.refusal.message}`);
    },
    createTask(contact, properties) {
      const due = new Date(world.clock.now().getTime() + 3 * 86_400_000).toISOString();
      const written = account.create("tasks", { hs_timestamp: due, hs_task_status: "NOT_STARTED", ...properties }, "CRM_UI");
      if (!written.ok)
        throw new ImpossibleScenario(`HubSpot refuses what the person in this scenario does: ${written.refusal.message}`);
      account.associations.associate(written.record, contact);
      return written.record;
    },
    editSalesforce: (object, id, fields) => void save(object, id, fields),
    createInSalesforce: (object, fields) => save(object, null, fields),
    convertLead: (leadId, contactId) => org.convertLead(person(), leadId, contactId),
    mergeInSalesforce(object, keptId, loserId, fields = {}) {
      said(org.merge(person(), { object, keptId, loserId, fields }));
    },
    mergeInHubSpot: (primary, secondary) => account.mergeContacts(primary.id, secondary.id),
    nextNumber() {
      number += 1;
      return number;
    },
  };
}
