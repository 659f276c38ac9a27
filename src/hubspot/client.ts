import type { HubSpotSettings } from "../config/config.ts";
import { readAccount, readApiUse } from "./account.ts";
import { createApis } from "./apis.ts";
import { associatedIds } from "./associations.ts";
import { createCalls, type HubSpotOptions } from "./calls.ts";
import { changedRecords } from "./changes.ts";
import { create } from "./create.ts";
import type { HubSpot } from "./hubspot.ts";
import { associationLimits, associationMaximum } from "./limits.ts";
import { archivedAfter, recordCount, recordsAfter } from "./listing.ts";
import { addToList, createList, members, membersAfter } from "./lists.ts";
import { readPropertyRules, readRequiredProperties } from "./property-rules.ts";
import { histories, recordsByIds } from "./records.ts";
import { readOwners, readPipelines, readProperties } from "./schema.ts";
import { recordsByProperty } from "./search.ts";
import { update } from "./update.ts";

export type { HubSpotOptions } from "./calls.ts";

/** One HubSpot account. Connects at the first call. */
export function createHubSpot(settings: HubSpotSettings, options: HubSpotOptions): HubSpot {
  const calls = createCalls(settings, options);
  const apis = createApis(settings, calls);
  return {
    account: () => readAccount(calls),
    apiUse: () => readApiUse(calls),
    changedRecords: (object, since, properties) => changedRecords(apis, object, since, properties),
    recordsByProperty: (object, property, values, properties) => recordsByProperty(apis, object, property, values, properties),
    recordsByIds: (object, ids, properties) => recordsByIds(apis, object, ids, properties),
    recordsAfter: (object, after, properties) => recordsAfter(apis, object, after, properties),
    archivedAfter: (object, after, properties) => archivedAfter(apis, object, after, properties),
    recordCount: (object) => recordCount(apis, object),
    associatedIds: (from, to, ids) => associatedIds(apis, from, to, ids),
    histories: (object, ids, properties) => histories(apis, object, ids, properties),
    properties: (object) => readProperties(apis, object),
    propertyRules: (object) => readPropertyRules(calls, object),
    requiredProperties: (object) => readRequiredProperties(calls, object),
    associationLimits: (from, to) => associationLimits(calls, from, to),
    associationMaximum: (from, to) => associationMaximum(calls, from, to),
    pipelines: () => readPipelines(apis),
    owners: () => readOwners(apis),
    members: (listId, contactIds) => members(calls, listId, contactIds),
    membersAfter: (listId, after) => membersAfter(calls, listId, after),
    createList: (object, name) => createList(apis, object, name),
    addToList: (listId, ids) => addToList(apis, listId, ids),
    update: (object, updates) => update(apis, object, updates),
    create: (object, properties) => create(apis, object, properties),
    callsPerSecond: () => calls.perSecond(),
    callsMade: () => calls.made(),
  };
}
