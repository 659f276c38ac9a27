import type { AccountRecord, HistoryEntry, ObjectType, Source } from "./model.ts";

/** A record as it was from a moment on. */
interface Version {
  readonly record: AccountRecord;
  readonly atMs: number;
}

interface Row {
  /** Oldest first. All but the last are kept only while search may still show them. */
  versions: Version[];
  readonly history: Map<string, HistoryEntry[]>;
}

/** How long a superseded version is kept for a search that lags. */
const KEEP_VERSIONS_MS = 60_000;
/** HubSpot keeps 45 values of a contact's property, 20 of other records'. */
const HISTORY_LENGTH: Readonly<Record<ObjectType, number>> = { contacts: 45, companies: 20, deals: 20, tasks: 20 };

/** What merging itself gives a record. */
const MADE_BY_MERGING = ["hs_merged_object_ids", "hs_additional_emails"];

/** The records of one object: by id, by value, and in the order of their modification. */
export interface RecordTable {
  current(id: string): AccountRecord | null;
  archived(id: string): AccountRecord | null;
  all(): Iterable<AccountRecord>;
  page(afterId: string | null, limit: number, archived: boolean): readonly AccountRecord[];
  /** Ids of records whose property has the value; text compared without case. */
  withValue(property: string, value: string): ReadonlySet<string>;
  put(record: AccountRecord, changed: Readonly<Record<string, string | null>>, source: Source): void;
  archive(record: AccountRecord): void;
  /** Puts a record in the place of those that were merged into it: their ids lead to it from now on, and their histories are its. */
  merge(record: AccountRecord, mergedIds: readonly [primary: string, secondary: string]): void;
  history(id: string, property: string): readonly HistoryEntry[];
  /** As of `asOfMs`, modified at or after `sinceMs`, least recently modified first. */
  indexed(sinceMs: number, asOfMs: number): Iterable<AccountRecord>;
}

function modifiedMs(record: AccountRecord): number {
  return Date.parse(record.updatedAt);
}

/** `SALESFORCE` has no source id; the others name the app or the user. */
function sourceId(source: Source): string | undefined {
  return { SALESFORCE: undefined, CRM_UI: "userId:7001", INTEGRATION: "2918273", IMPORT: "1" }[source];
}

/** A property with several values, as additional emails, is found by each. */
function indexKeys(property: string, value: string | null | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  return property === "hs_additional_emails" ? value.toLowerCase().split(";") : [value.toLowerCase()];
}

function firstIndex<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function createRecordTable(object: ObjectType): RecordTable {
  const rows = new Map<string, Row>();
  const archivedRows = new Map<string, AccountRecord>();
  const ids: string[] = [];
  const archivedIds: string[] = [];
  /** By the id of a record that was merged away: the one that it has become. */
  const mergedInto = new Map<string, string>();
  const byValue = new Map<string, Map<string, Set<string>>>();
  /** Every version in the order written, which is the order of modification; superseded ones are dropped now and then. */
  let log: Version[] = [];
  let compactAt = 1_000;

  function rowOf(id: string): Row | undefined {
    return rows.get(mergedInto.get(id) ?? id);
  }

  function current(id: string): AccountRecord | null {
    return rowOf(id)?.versions.at(-1)?.record ?? null;
  }

  function visible(id: string, asOfMs: number): Version | undefined {
    return rows.get(id)?.versions.findLast((version) => version.atMs <= asOfMs);
  }

  function compact(): void {
    if (log.length < compactAt) return;
    log = log.filter((version) => rows.get(version.record.id)?.versions.includes(version));
    compactAt = 2 * log.length + 1_000;
  }

  function indexOf(property: string): Map<string, Set<string>> {
    const known = byValue.get(property);
    if (known) return known;
    const index = new Map<string, Set<string>>();
    byValue.set(property, index);
    for (const id of ids) addToIndex(index, indexKeys(property, current(id)?.properties[property]), id);
    return index;
  }

  function addToIndex(index: Map<string, Set<string>>, keys: readonly string[], id: string): void {
    for (const key of keys) {
      const holders = index.get(key);
      if (holders) holders.add(id);
      else index.set(key, new Set([id]));
    }
  }

  function reindex(before: AccountRecord | null, after: AccountRecord | null, id: string): void {
    for (const [property, index] of byValue) {
      const old = before?.properties[property];
      const value = after?.properties[property];
      if (old === value) continue;
      for (const key of indexKeys(property, old)) index.get(key)?.delete(id);
      addToIndex(index, indexKeys(property, value), id);
    }
  }

  function keepHistory(row: Row, changed: Readonly<Record<string, string | null>>, timestamp: string, source: Source): void {
    const id = sourceId(source);
    for (const [property, value] of Object.entries(changed)) {
      const entries = row.history.get(property) ?? [];
      entries.unshift({ value: value ?? "", timestamp, sourceType: source, ...(id === undefined ? {} : { sourceId: id }) });
      row.history.set(property, entries.slice(0, HISTORY_LENGTH[object]));
    }
  }

  function remove(id: string): void {
    reindex(current(id), null, id);
    rows.delete(id);
    ids.splice(ids.indexOf(id), 1);
  }

  /** Both records' values, newest first; where the newest isn't the one that was kept, that one once more. */
  function mergedHistory(record: AccountRecord, histories: readonly Row["history"][]): Row["history"] {
    const properties = new Set([...MADE_BY_MERGING, ...histories.flatMap((history) => [...history.keys()])]);
    return new Map(
      [...properties].map((property) => {
        const entries = histories.flatMap((history) => history.get(property) ?? []);
        const sorted = entries.toSorted((one, other) => Date.parse(other.timestamp) - Date.parse(one.timestamp));
        const value = record.properties[property] ?? "";
        const kept = { value, timestamp: record.updatedAt, sourceType: "MERGE_OBJECTS" };
        const whole = (sorted[0]?.value ?? "") === value ? sorted : [kept, ...sorted];
        return [property, whole.slice(0, HISTORY_LENGTH[object])];
      }),
    );
  }

  function* indexed(sinceMs: number, asOfMs: number): Generator<AccountRecord> {
    const snapshot = log;
    for (let i = firstIndex(snapshot, (version) => version.atMs >= sinceMs); i < snapshot.length; i += 1) {
      const version = snapshot[i];
      if (version === undefined || version.atMs > asOfMs) return;
      if (visible(version.record.id, asOfMs) === version) yield version.record;
    }
  }

  return {
    current,
    archived: (id) => archivedRows.get(id) ?? null,
    *all() {
      for (const id of [...ids]) {
        const record = current(id);
        if (record) yield record;
      }
    },
    page(afterId, limit, archived) {
      const order = archived ? archivedIds : ids;
      const start = afterId === null ? 0 : firstIndex(order, (id) => Number(id) > Number(afterId));
      return order.slice(start, start + limit).flatMap((id) => {
        const record = archived ? archivedRows.get(id) : current(id);
        return record ? [record] : [];
      });
    },
    withValue: (property, value) => indexOf(property).get(value.toLowerCase()) ?? new Set(),
    put(record, changed, source) {
      const atMs = modifiedMs(record);
      const before = current(record.id);
      const row = rows.get(record.id) ?? { versions: [], history: new Map() };
      if (!before) {
        rows.set(record.id, row);
        ids.push(record.id);
      }
      const version = { record, atMs };
      const lastSettled = row.versions.findLastIndex((older) => older.atMs <= atMs - KEEP_VERSIONS_MS);
      row.versions = [...row.versions.slice(Math.max(0, lastSettled)), version];
      keepHistory(row, changed, record.updatedAt, source);
      log.push(version);
      reindex(before, record, record.id);
      compact();
    },
    archive(record) {
      remove(record.id);
      archivedRows.set(record.id, record);
      archivedIds.splice(
        firstIndex(archivedIds, (id) => Number(id) > Number(record.id)),
        0,
        record.id,
      );
    },
    merge(record, mergedIds) {
      const history = mergedHistory(
        record,
        mergedIds.flatMap((id) => rowOf(id)?.history ?? []),
      );
      for (const id of mergedIds) {
        remove(id);
        for (const [old, next] of mergedInto) if (next === id) mergedInto.set(old, record.id);
        mergedInto.set(id, record.id);
      }
      const version = { record, atMs: modifiedMs(record) };
      rows.set(record.id, { versions: [version], history });
      ids.push(record.id);
      log.push(version);
      reindex(null, record, record.id);
    },
    history: (id, property) => rowOf(id)?.history.get(property) ?? [],
    indexed,
  };
}
