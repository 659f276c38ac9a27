import type { Fields, FieldValue, OrgRecord } from "./model.ts";

interface Place {
  readonly stamp: string;
  readonly id: string;
}

/** The records of one object, found by id, by the moment of their last change and by the value of a field. */
export interface RecordTable {
  readonly size: number;
  get(id: string): OrgRecord | undefined;
  getDeleted(id: string): OrgRecord | undefined;
  /** Puts a record there or in the place of its former state; `IsDeleted` decides where it stands. */
  put(record: OrgRecord): void;
  /** Undoes a `put`: the former state returns, or none. */
  restore(undone: OrgRecord, former: OrgRecord | undefined): void;
  all(): Iterable<OrgRecord>;
  deleted(): Iterable<OrgRecord>;
  /** Records (with the deleted where asked) whose SystemModstamp is at or after a moment, in its order. */
  since(stamp: string, withDeleted?: boolean): Iterable<OrgRecord>;
  /** Records with this value, whatever its case, in one field. */
  withValue(field: string, value: string): Iterable<OrgRecord>;
  /** Gives every record a field that the object has just got, or takes one away. */
  addColumn(field: string): void;
  removeColumn(field: string): void;
}

/** Stale places that are tolerated before the order is swept. */
const SWEEP_AFTER = 10_000;

function stampOf(record: OrgRecord): string {
  return String(record.fields.SystemModstamp);
}

function indexKey(value: FieldValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value).toLowerCase();
}

export function createRecordTable(): RecordTable {
  const live = new Map<string, OrgRecord>();
  const bin = new Map<string, OrgRecord>();
  /** By SystemModstamp. A place whose record has moved on is stale and skipped. */
  let order: Place[] = [];
  const indexes = new Map<string, Map<string, Set<string>>>();

  const find = (id: string): OrgRecord | undefined => live.get(id) ?? bin.get(id);

  function firstAtOrAfter(stamp: string): number {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((order[middle]?.stamp ?? "") < stamp) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function enterOrder(record: OrgRecord): void {
    const place = { stamp: stampOf(record), id: record.id };
    const last = order.at(-1);
    if (last === undefined || last.stamp <= place.stamp) order.push(place);
    else order.splice(firstAtOrAfter(`${place.stamp}~`), 0, place);
    if (order.length > live.size + bin.size + SWEEP_AFTER) order = order.filter(isCurrent);
  }

  function placeOf(record: OrgRecord): number {
    const stamp = stampOf(record);
    for (let at = firstAtOrAfter(stamp); order[at]?.stamp === stamp; at++) {
      if (order[at]?.id === record.id) return at;
    }
    return -1;
  }

  function isCurrent(place: Place): boolean {
    const record = find(place.id);
    return record !== undefined && stampOf(record) === place.stamp;
  }

  function index(record: OrgRecord, change: "add" | "delete"): void {
    for (const [field, byValue] of indexes) {
      const key = indexKey(record.fields[field]);
      if (key === null) continue;
      const ids = byValue.get(key);
      if (change === "delete") ids?.delete(record.id);
      else if (ids === undefined) byValue.set(key, new Set([record.id]));
      else ids.add(record.id);
    }
  }

  function take(id: string): void {
    const former = live.get(id);
    if (former !== undefined) index(former, "delete");
    live.delete(id);
    bin.delete(id);
  }

  function place(record: OrgRecord): void {
    const deleted = record.fields.IsDeleted === true;
    if (live.has(record.id) && !deleted) {
      // Updates keep their place in the map, so that records list in the order they were made.
      index(live.get(record.id) ?? record, "delete");
      live.set(record.id, record);
      index(record, "add");
      return;
    }
    take(record.id);
    (deleted ? bin : live).set(record.id, record);
    if (!deleted) index(record, "add");
  }

  function indexOf(field: string): Map<string, Set<string>> {
    let byValue = indexes.get(field);
    if (byValue === undefined) {
      byValue = new Map();
      for (const record of live.values()) {
        const key = indexKey(record.fields[field]);
        if (key === null) continue;
        const ids = byValue.get(key);
        if (ids === undefined) byValue.set(key, new Set([record.id]));
        else ids.add(record.id);
      }
      indexes.set(field, byValue);
    }
    return byValue;
  }

  function rewrite(change: (fields: Fields) => Fields): void {
    for (const map of [live, bin]) {
      for (const [id, record] of map) map.set(id, { ...record, fields: change(record.fields) });
    }
  }

  return {
    get size() {
      return live.size;
    },
    get: (id) => live.get(id),
    getDeleted: (id) => bin.get(id),
    put(record) {
      place(record);
      enterOrder(record);
    },
    restore(undone, former) {
      const at = placeOf(undone);
      if (at !== -1) order.splice(at, 1);
      if (former === undefined) {
        take(undone.id);
        return;
      }
      place(former);
      // Its place may have been swept away as stale.
      if (placeOf(former) === -1) enterOrder(former);
    },
    all: () => live.values(),
    deleted: () => bin.values(),
    *since(stamp, withDeleted = false) {
      const places = order;
      for (let at = firstAtOrAfter(stamp); at < places.length; at++) {
        const entry = places[at];
        if (entry === undefined || !isCurrent(entry)) continue;
        const record = live.get(entry.id) ?? (withDeleted ? bin.get(entry.id) : undefined);
        if (record !== undefined) yield record;
      }
    },
    *withValue(field, value) {
      for (const id of indexOf(field).get(value.toLowerCase()) ?? []) {
        const record = live.get(id);
        if (record !== undefined) yield record;
      }
    },
    addColumn(field) {
      rewrite((fields) => ({ ...fields, [field]: fields[field] ?? null }));
    },
    removeColumn(field) {
      indexes.delete(field);
      rewrite(({ [field]: _gone, ...rest }) => rest);
    },
  };
}
