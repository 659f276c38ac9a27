import type { SalesforceSettings } from "../config/config.ts";
import { createCalls, type SalesforceOptions } from "./calls.ts";
import { moreChanges } from "./changes.ts";
import { writeIfUnmodified } from "./conditional-write.ts";
import { schemas } from "./describe.ts";
import { hubspotShare, type LogCounts } from "./event-logs.ts";
import { existingFields } from "./existing-fields.ts";
import { readIdentity } from "./identity.ts";
import { deletedRecords, newestRecords, recordsByEmail, recordsByIds, tasksAbout, users } from "./lookups.ts";
import { picklistValues } from "./picklist-values.ts";
import { probe } from "./probe.ts";
import type { Salesforce, SalesforceIdentity } from "./salesforce.ts";
import { traces } from "./traces.ts";
import { tryWrites } from "./trial.ts";
import { rulesChangedSince, validationRules } from "./validation-rules.ts";
import { recordCounts, recordsAfter } from "./whole-reads.ts";
import { write } from "./write.ts";

export type { SalesforceOptions, SalesforceTimeouts } from "./calls.ts";
export { TrialKeptError } from "./trial.ts";

/** One org seen as the integration user. Connects at the first call. */
export function createSalesforce(settings: SalesforceSettings, options: SalesforceOptions): Salesforce {
  const calls = createCalls(settings, options);
  const logCounts: LogCounts = new Map();
  let identity: SalesforceIdentity | null = null;
  return {
    async identity() {
      identity ??= await readIdentity(calls);
      return identity;
    },
    probe: (request) => probe(calls, request),
    moreChanges: (object, next) => moreChanges(calls, object, next),
    recordsByIds: (object, ids, fields) => recordsByIds(calls, object, ids, fields),
    deletedRecords: (object, ids, fields) => deletedRecords(calls, object, ids, fields),
    recordsByEmail: (object, emails) => recordsByEmail(calls, object, emails),
    recordsAfter: (object, afterId, fields) => recordsAfter(calls, object, afterId, fields),
    recordCounts: (objects) => recordCounts(calls, objects),
    tasksAbout: (people, since) => tasksAbout(calls, people, since),
    traces: (ids) => traces(calls, ids),
    schemas: (objects) => schemas(calls, objects),
    existingFields: (fields) => existingFields(calls, fields),
    users: (ids) => users(calls, "Id", ids),
    usersByEmail: (emails) => users(calls, "Email", emails),
    validationRules: (object) => validationRules(calls, object),
    picklistValues: (object, recordTypeId) => picklistValues(calls, object, recordTypeId),
    rulesChangedSince: (since, names) => rulesChangedSince(calls, since, names),
    newestRecords: (object, fields, count) => newestRecords(calls, object, fields, count),
    hubspotShare: (since) => hubspotShare(calls, since, options.clock.now(), logCounts),
    tryWrites: (writes, tryOptions) => tryWrites(calls, writes, tryOptions),
    write: (writes) => write(calls, writes),
    writeIfUnmodified: (one, unmodifiedSince) => writeIfUnmodified(calls, one, unmodifiedSince),
    apiUse: () => calls.apiUse(),
    callsMade: () => calls.made(),
  };
}
