import { createAssociations } from "./associations.ts";
import { calculatedValues } from "./calculated-properties.ts";
import { mergedValues } from "./merge.ts";
import type {
  AccountRecord,
  AccountState,
  ChangeListener,
  HubSpotAccount,
  ObjectType,
  Owner,
  Pipeline,
  Source,
  Written,
} from "./model.ts";
import { createRecordLists } from "./record-lists.ts";
import { createRecordTable } from "./record-table.ts";
import { ALL_SCOPES } from "./scopes.ts";
import { CREATED_PROPERTY, MODIFIED_PROPERTY, standardProperties } from "./standard-properties.ts";
import { checkWrite } from "./write-checks.ts";

type Values = Readonly<Record<string, string | null>>;
type Write = ReturnType<HubSpotAccount["writes"]>[number];

export interface HubSpotAccountOptions {
  readonly now?: () => Date;
  readonly token: string;
}

const PORTAL_ID = 24_680_135;
const FIRST_IDS: Readonly<Record<ObjectType, number>> = {
  contacts: 51_001,
  companies: 7_400_100_001,
  deals: 9_100_200_001,
  tasks: 28_300_400_001,
};
const FIRST_OWNER_ID = 41_280_001;
/** Search sees a change some seconds late; here one, so that a demonstration need not wait. */
const DEFAULT_SEARCH_LAG_MS = 1_000;

function defaultPipeline(): Pipeline {
  return {
    id: "default",
    label: "Sales Pipeline",
    stages: [
      { id: "appointmentscheduled", label: "Appointment Scheduled", closed: false },
      { id: "qualifiedtobuy", label: "Qualified To Buy", closed: false },
      { id: "presentationscheduled", label: "Presentation Scheduled", closed: false },
      { id: "decisionmakerboughtin", label: "Decision Maker Bought-In", closed: false },
      { id: "contractsent", label: "Contract Sent", closed: false },
      { id: "closedwon", label: "Closed Won", closed: true },
      { id: "closedlost", label: "Closed Lost", closed: true },
    ],
  };
}

/** A HubSpot account with its standard properties, one deal pipeline and no records. */
export function createHubSpotAccount(options: HubSpotAccountOptions): HubSpotAccount {
  const now = options.now ?? (() => new Date());
  const definitions = {
    contacts: standardProperties("contacts"),
    companies: standardProperties("companies"),
    deals: standardProperties("deals"),
    tasks: standardProperties("tasks"),
  };
  const tables = {
    contacts: createRecordTable("contacts"),
    companies: createRecordTable("companies"),
    deals: createRecordTable("deals"),
    tasks: createRecordTable("tasks"),
  };
  const nextIds = { ...FIRST_IDS };
  const pipelines: Pipeline[] = [defaultPipeline()];
  const owners: Owner[] = [];
  const listeners: ChangeListener[] = [];
  const written: Write[] = [];
  const lists = createRecordLists(now);
  const associations = createAssociations();
  const state: AccountState = {
    tokenRevoked: false,
    scopes: new Set(ALL_SCOPES),
    dailyLimit: 650_000,
    dailyUsed: 0,
    searchLagMs: DEFAULT_SEARCH_LAG_MS,
    required: { contacts: new Set(), companies: new Set(), deals: new Set(), tasks: new Set() },
  };
  let lastMs = 0;

  /** Never earlier than the moment before, so that the order of modification is the order of writing. */
  function moment(): string {
    lastMs = Math.max(lastMs, now().getTime());
    return new Date(lastMs).toISOString();
  }

  function holder(object: ObjectType, property: string, value: string, ownId: string | null): string | null {
    const names = property === "email" ? ["email", "hs_additional_emails"] : [property];
    for (const name of names) {
      for (const id of tables[object].withValue(name, value)) if (id !== ownId) return id;
    }
    return null;
  }

  function checked(object: ObjectType, id: string | null, properties: Values, source: Source) {
    const before = id === null ? null : tables[object].current(id);
    if (id !== null && before === null) {
      return { ok: false, refusal: { status: 404, category: "OBJECT_NOT_FOUND", message: "resource not found" } } as const;
    }
    return checkWrite(properties, source, {
      object,
      portalId: PORTAL_ID,
      definitions: definitions[object],
      pipelines,
      owners,
      required: state.required[object],
      before: before?.properties ?? null,
      holder: (property, value) => holder(object, property, value, id),
    });
  }

  function commit(object: ObjectType, before: AccountRecord | null, id: string, values: Values, source: Source): AccountRecord {
    const changed = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => value !== (before?.properties[name] ?? null)),
    );
    written.push({ at: now().toISOString(), source, object, id, properties: values });
    if (before && Object.keys(changed).length === 0) return before;
    const at = moment();
    const created = CREATED_PROPERTY[object];
    const createdAt = before?.createdAt ?? changed[created] ?? at;
    const merged: Values = { [created]: createdAt, ...before?.properties, ...changed };
    const system: Values = {
      hs_object_id: id,
      [MODIFIED_PROPERTY[object]]: at,
      ...calculatedValues(object, merged, pipelines),
    };
    const record: AccountRecord = { id, object, properties: { ...merged, ...system }, createdAt, updatedAt: at, archived: false };
    tables[object].put(record, before ? changed : { [created]: createdAt, ...changed }, source);
    for (const listener of listeners) listener({ object, record, changed, source, created: before === null, replaced: [] });
    return record;
  }

  function create(object: ObjectType, properties: Values, source: Source): Written {
    const outcome = checked(object, null, properties, source);
    if (!outcome.ok) return outcome;
    const id = String(nextIds[object]);
    nextIds[object] += 1;
    return { ok: true, record: commit(object, null, id, outcome.values, source) };
  }

  function update(object: ObjectType, id: string, properties: Values, source: Source): Written {
    const outcome = checked(object, id, properties, source);
    if (!outcome.ok) return outcome;
    return { ok: true, record: commit(object, tables[object].current(id), id, outcome.values, source) };
  }

  function mergeContacts(primaryId: string, secondaryId: string): AccountRecord {
    const [primary, secondary] = [primaryId, secondaryId].map((id) => tables.contacts.current(id));
    if (!primary || !secondary || primary.id === secondary.id)
      throw new Error(`Contacts ${primaryId} and ${secondaryId} aren't two.`);
    const replaced = [primary.id, secondary.id] as const;
    const id = String(nextIds.contacts);
    nextIds.contacts += 1;
    const at = moment();
    const merged = mergedValues(primary, secondary);
    const system: Values = { hs_object_id: id, lastmodifieddate: at, ...calculatedValues("contacts", merged, pipelines) };
    const createdAt = [primary.createdAt, secondary.createdAt].toSorted()[0] ?? at;
    const record: AccountRecord = {
      id,
      object: "contacts",
      properties: { ...merged, createdate: createdAt, ...system },
      createdAt,
      updatedAt: at,
      archived: false,
    };
    tables.contacts.merge(record, replaced);
    for (const old of replaced) {
      lists.forget("contacts", old);
      associations.replace({ object: "contacts", id: old }, record);
    }
    for (const listener of listeners) {
      listener({ object: "contacts", record, changed: record.properties, source: "CRM_UI", created: true, replaced });
    }
    return record;
  }

  function find(object: ObjectType, property: string, value: string): AccountRecord | null {
    if (property === "hs_object_id") return tables[object].current(value);
    for (const id of tables[object].withValue(property, value)) return tables[object].current(id);
    return null;
  }

  return {
    portalId: PORTAL_ID,
    token: options.token,
    now,
    state,
    associations,
    properties: (object) => definitions[object],
    addProperty: (object, property) => void definitions[object].set(property.name, property),
    removeProperty: (object, name) => void definitions[object].delete(name),
    pipelines: () => pipelines,
    owners: () => owners,
    addOwner(owner) {
      const added = { ...owner, id: String(FIRST_OWNER_ID + owners.length) };
      owners.push(added);
      return added;
    },
    get: (object, id) => tables[object].current(id),
    getArchived: (object, id) => tables[object].archived(id),
    find,
    records: (object) => tables[object].all(),
    page: (object, afterId, limit, archived) => tables[object].page(afterId, limit, archived),
    indexed: (object, sinceMs) => tables[object].indexed(sinceMs, now().getTime() - state.searchLagMs),
    check(object, id, properties, source) {
      const outcome = checked(object, id, properties, source);
      return outcome.ok ? null : outcome.refusal;
    },
    create,
    update,
    mergeContacts,
    archive(object, id) {
      const record = tables[object].current(id);
      if (!record) return;
      tables[object].archive({ ...record, archived: true, archivedAt: moment() });
      lists.forget(object, id);
      associations.forget({ object, id });
    },
    history: (object, id, property) => tables[object].history(id, property),
    createList: lists.create,
    addToList: lists.add,
    removeFromList: lists.remove,
    deleteList: lists.delete,
    listMembers: lists.members,
    lists: lists.all,
    getList: lists.get,
    onChange: (listener) => void listeners.push(listener),
    writes: () => written,
  };
}
