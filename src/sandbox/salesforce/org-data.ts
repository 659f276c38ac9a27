import { makeId } from "./ids.ts";
import type { Metadata } from "./metadata/objects.ts";
import type { Fields, OrgRecord, OrgState, OrgUser } from "./model.ts";
import { createRecordTable, type RecordTable } from "./record-table.ts";
import { createIntegrationRights, type IntegrationRights } from "./rights.ts";
import type { OrgRule } from "./save/rules.ts";
import { toDateTime } from "./timestamps.ts";
import { type CallLog, createCallLog } from "./usage.ts";

export interface WriteNote {
  readonly at: string;
  readonly app: string;
  readonly object: string;
  readonly id: string;
  readonly fields: Fields;
}

/** Everything an org holds, with what every part needs to read or change it. */
export interface OrgData {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly createdAt: Date;
  readonly state: OrgState;
  readonly metadata: Metadata;
  readonly users: OrgUser[];
  readonly integrationUser: OrgUser;
  readonly rights: IntegrationRights;
  readonly rules: OrgRule[];
  /** By record type and field: the values that records of it can have. All, where a field isn't there. */
  readonly recordTypePicklists: Map<string, Map<string, ReadonlySet<string>>>;
  readonly calls: CallLog;
  readonly writes: WriteNote[];
  /** Sessions begun before a revocation carry an older number. */
  readonly access: { generation: number; loginsRefused: boolean };
  now(): Date;
  table(object: string): RecordTable;
  nextId(keyPrefix: string): string;
  /** A SystemModstamp later than any before. */
  nextStamp(): string;
  /** Now, or the latest stamp where that is ahead: for records that are put there, not saved. */
  currentStamp(): string;
  put(record: OrgRecord): void;
  note(write: WriteNote): void;
  /** Runs something that can be undone: nothing of it stays (records, ids, stamps, writes) where it says so. May be nested. */
  transaction<T>(run: () => { readonly keep: boolean; readonly value: T }): T;
}

const FIRST_NUMBER = 62 ** 4;

export function createOrgData(
  metadata: Metadata,
  random: () => number,
  now: () => Date,
  facts: { readonly organizationName: string; readonly state: OrgState },
): OrgData {
  const tables = new Map<string, RecordTable>();
  const numbers = new Map<string, number>();
  let lastStamp = 0;
  let undo: (() => void)[] | null = null;
  const start = FIRST_NUMBER + Math.floor(random() * FIRST_NUMBER);

  const nextId = (keyPrefix: string): string => {
    const number = (numbers.get(keyPrefix) ?? start) + 1;
    numbers.set(keyPrefix, number);
    return makeId(keyPrefix, number);
  };
  const table = (object: string): RecordTable => {
    let found = tables.get(object);
    if (found === undefined) {
      found = createRecordTable();
      tables.set(object, found);
    }
    return found;
  };
  const integrationUser: OrgUser = {
    id: nextId("005"),
    username: "hubspot.integration@sandbox.example",
    name: "HubSpot Integration",
    email: "hubspot.integration@sandbox.example",
    isActive: true,
    userType: "Standard",
  };
  const writes: WriteNote[] = [];

  return {
    organizationId: nextId("00D"),
    organizationName: facts.organizationName,
    createdAt: now(),
    state: facts.state,
    metadata,
    users: [integrationUser],
    integrationUser,
    rights: createIntegrationRights(metadata),
    rules: [],
    recordTypePicklists: new Map(),
    calls: createCallLog(),
    writes,
    access: { generation: 1, loginsRefused: false },
    now,
    table,
    nextId,
    nextStamp() {
      lastStamp = Math.max(now().getTime(), lastStamp + 1);
      return toDateTime(lastStamp);
    },
    currentStamp() {
      lastStamp = Math.max(now().getTime(), lastStamp);
      return toDateTime(lastStamp);
    },
    put(record) {
      const records = table(record.object);
      const former = records.get(record.id) ?? records.getDeleted(record.id);
      records.put(record);
      undo?.push(() => records.restore(record, former));
    },
    note(write) {
      writes.push(write);
    },
    transaction(run) {
      const outer = undo;
      const before = { numbers: new Map(numbers), lastStamp, writes: writes.length };
      const own: (() => void)[] = [];
      undo = own;
      let keep = false;
      try {
        const result = run();
        keep = result.keep;
        return result.value;
      } finally {
        undo = outer;
        if (keep) {
          outer?.push(...own);
        } else {
          for (const step of own.reverse()) step();
          numbers.clear();
          for (const [prefix, number] of before.numbers) numbers.set(prefix, number);
          lastStamp = before.lastStamp;
          writes.length = before.writes;
        }
      }
    },
  };
}
