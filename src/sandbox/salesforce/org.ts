import { callRefusal, INVALID_SESSION, outage } from "./connection.ts";
import { findObject, type Metadata, type ObjectDefinition, standardMetadata } from "./metadata/objects.ts";
import { OPPORTUNITY_STAGES } from "./metadata/picklists.ts";
import type { Fields, FieldValue, OrgRecord, OrgState, SalesforceOrg } from "./model.ts";
import { createOrgData, type OrgData } from "./org-data.ts";
import { addressCodeFields, deriveAddresses } from "./save/address.ts";
import { convertLead } from "./save/convert.ts";
import { derive } from "./save/derived.ts";
import { withDefaults } from "./save/fields.ts";
import { mergeRecords } from "./save/merge.ts";
import { deleteRecord, saveRecord } from "./save/save.ts";
import { toDateTime } from "./timestamps.ts";

export interface SalesforceOrgOptions {
  readonly random?: () => number;
  readonly now?: () => Date;
  readonly organizationName?: string;
}

/** The org with what its own API needs beside the interface. */
export interface LocalOrg extends SalesforceOrg {
  readonly data: OrgData;
}

function newState(): OrgState {
  return {
    apiRequests: { max: 100_000, used: 0 },
    dataStorageMb: { max: 10_240, remaining: 9_216 },
    fileStorageMb: { max: 102_400, remaining: 98_304 },
    unavailable: false,
    serverError: false,
    apiDisabled: false,
    locked: false,
    rolledBackShows: "every-failure",
    eventLogs: false,
  };
}

function known(metadata: Metadata, name: string): ObjectDefinition {
  const object = findObject(metadata, name);
  if (object === undefined) throw new Error(`The sandbox's org has no object ${name}.`);
  return object;
}

/** A new org with the standard objects, its integration user and nothing else in it. */
export function createSalesforceOrg(options: SalesforceOrgOptions = {}): LocalOrg {
  const metadata = standardMetadata();
  const data = createOrgData(metadata, options.random ?? Math.random, options.now ?? (() => new Date()), {
    organizationName: options.organizationName ?? "Northwind Sandbox",
    state: newState(),
  });

  /** System fields that are given are taken, so that data can be older than the org. */
  function seed(objectName: string, fields: Fields): OrgRecord {
    const object = known(metadata, objectName);
    const id = typeof fields.Id === "string" ? fields.Id : data.nextId(object.keyPrefix);
    const stamp = moment(fields.SystemModstamp) ?? data.currentStamp();
    const by = data.users.find((user) => user !== data.integrationUser)?.id ?? data.integrationUser.id;
    const values = derive(data, object, withDefaults(object, fields, by), null);
    deriveAddresses(object, values, fields);
    const record: OrgRecord = {
      id,
      object: object.name,
      fields: {
        ...values,
        Id: id,
        IsDeleted: fields.IsDeleted ?? false,
        CreatedDate: moment(fields.CreatedDate) ?? stamp,
        CreatedById: fields.CreatedById ?? by,
        LastModifiedDate: moment(fields.LastModifiedDate) ?? stamp,
        LastModifiedById: fields.LastModifiedById ?? by,
        SystemModstamp: stamp,
      },
    };
    data.put(record);
    return record;
  }

  const org: LocalOrg = {
    data,
    organizationId: data.organizationId,
    organizationName: data.organizationName,
    state: data.state,
    integrationUser: data.integrationUser,
    users: () => data.users,
    addUser(user) {
      const added = { ...user, id: data.nextId("005") };
      data.users.push(added);
      return added;
    },
    fieldsOf: (object) => known(metadata, object).fields,
    addField(objectName, field) {
      const object = known(metadata, objectName);
      object.fields.set(field.name, field);
      data.table(object.name).addColumn(field.name);
    },
    removeField(objectName, field) {
      const object = known(metadata, objectName);
      object.fields.delete(field);
      data.table(object.name).removeColumn(field);
    },
    switchOnStateCountryPicklists() {
      for (const object of metadata.values()) {
        if (object.kind === "stored") for (const field of addressCodeFields(object)) org.addField(object.name, field);
      }
    },
    setRecordTypePicklist(recordTypeId, field, values) {
      const picklists = data.recordTypePicklists.get(recordTypeId) ?? new Map<string, ReadonlySet<string>>();
      data.recordTypePicklists.set(recordTypeId, picklists);
      if (values === null) picklists.delete(field);
      else picklists.set(field, new Set(values));
    },
    setObjectRights: (object, rights) => data.rights.setObject(known(metadata, object).name, rights),
    setFieldRights: (object, field, rights) => data.rights.setField(known(metadata, object).name, field, rights),
    setApiEnabled(enabled) {
      data.rights.apiEnabled = enabled;
    },
    setHubSpotPermissionSet(assigned) {
      data.rights.hubspotPermissionSet = assigned;
    },
    setRecordAccess: (id, access) => data.rights.setRecord(id, access),
    setEditConvertedLeads(granted) {
      data.rights.editConvertedLeads = granted;
    },
    convertLead: (caller, leadId, contactId) => convertLead(data, caller, leadId, contactId),
    revokeAccess(refuseLogins) {
      data.access.generation += 1;
      data.access.loginsRefused = refuseLogins;
    },
    restoreAccess() {
      data.access.loginsRefused = false;
    },
    addRule(rule) {
      data.rules.push({ ...rule, madeAt: data.now() });
    },
    removeRule(name) {
      const kept = data.rules.filter(({ rule }) => rule.name !== name);
      data.rules.splice(0, data.rules.length, ...kept);
    },
    call(caller) {
      const user = data.users.find((candidate) => candidate.id === caller.userId);
      const integration = user === data.integrationUser;
      const refusal =
        outage(data.state) ??
        (integration && data.access.loginsRefused ? INVALID_SESSION : null) ??
        callRefusal(data.state, { active: user?.isActive === true, apiEnabled: !integration || data.rights.apiEnabled });
      if (refusal !== null) return refusal;
      data.state.apiRequests.used += 1;
      data.calls.add({ app: caller.app, client: caller.client ?? "", userId: caller.userId }, data.now(), 1);
      return null;
    },
    addCalls(app, count, at) {
      const { apiRequests } = data.state;
      const granted = Math.max(0, Math.min(count, apiRequests.max - apiRequests.used));
      apiRequests.used += granted;
      data.calls.add({ app, client: "", userId: data.integrationUser.id }, at ?? data.now(), granted);
    },
    get: (object, id) => data.table(known(metadata, object).name).get(id) ?? null,
    records: (object) => data.table(known(metadata, object).name).all(),
    changedSince: (object, since) => [...data.table(known(metadata, object).name).since(after(since))],
    deletedSince: (object, since) =>
      [...data.table(known(metadata, object).name).since(after(since), true)].filter(
        (record) => record.fields.IsDeleted === true,
      ),
    save: (caller, saves) => saves.map((save) => saveRecord(data, caller, save)),
    rehearse: (caller, saves) =>
      data.transaction(() => ({ keep: false, value: saves.map((save) => saveRecord(data, caller, save)) })),
    seed,
    remove: (caller, object, id) => deleteRecord(data, caller, object, id),
    merge: (caller, merge) => mergeRecords(data, caller, merge),
    writes: () => data.writes,
  };

  for (const [index, stage] of OPPORTUNITY_STAGES.entries()) {
    seed("OpportunityStage", {
      MasterLabel: stage.name,
      ApiName: stage.name,
      IsActive: true,
      IsClosed: stage.closed,
      IsWon: stage.won,
      SortOrder: index + 1,
      DefaultProbability: stage.probability,
      ForecastCategoryName: stage.won ? "Closed" : stage.closed ? "Omitted" : "Pipeline",
    });
  }
  return org;
}

function moment(value: FieldValue | undefined): string | null {
  return typeof value === "string" ? toDateTime(Date.parse(value)) : null;
}

/** The first stamp later than a moment. */
function after(since: Date): string {
  return toDateTime(since.getTime() + 1);
}
