import { type AccountRecord, OBJECT_TYPES, type ObjectType } from "./model.ts";

/** Most associated records of one object that a record may have. Source: HubSpot's products and services catalog, *Associations*. */
export const ASSOCIATION_LIMIT = 50_000;
/** From this part of the limit on a record counts as near it. Source: HubSpot's guide *Limits tracking*. */
const NEAR = 0.8;

/** Which records of the account belong together, within the account's limits. */
export interface Associations {
  /** How many `to` records one `from` record may have. */
  limit(from: ObjectType, to: ObjectType): number;
  /** Null: HubSpot's own limit again. */
  setLimit(from: ObjectType, to: ObjectType, limit: number | null): void;
  /** The lower limit that the account's admins have set; null where they haven't. */
  maximum(from: ObjectType, to: ObjectType): number | null;
  setMaximum(from: ObjectType, to: ObjectType, maximum: number | null): void;
  /** Whether a record can have no more `to` records, by either limit. */
  isFull(record: Reference, to: ObjectType): boolean;
  /** False, and nothing done, where either record is at its limit. What is there already stays. */
  associate(one: Reference, other: Reference): boolean;
  remove(one: Reference, other: Reference): void;
  of(record: Reference, to: ObjectType): ReadonlySet<string>;
  /** Records near or at the limit, most associations first. */
  crowded(from: ObjectType, to: ObjectType): readonly { readonly id: string; readonly usage: number }[];
  /** Hands all that a merged record is associated with to the one that it has become. */
  replace(record: Reference, by: Reference): void;
  /** Takes a deleted record out of every association. */
  forget(record: Reference): void;
}

type Reference = Pick<AccountRecord, "object" | "id">;

export function createAssociations(): Associations {
  /** By `from:to`, then by the id of the `from` record. */
  const sides = new Map<string, Map<string, Set<string>>>();
  const limits = new Map<string, number>();
  const maxima = new Map<string, number>();
  const nameOf = (from: ObjectType, to: ObjectType) => `${from}:${to}`;

  function side(from: ObjectType, to: ObjectType): Map<string, Set<string>> {
    const name = nameOf(from, to);
    const found = sides.get(name) ?? new Map<string, Set<string>>();
    sides.set(name, found);
    return found;
  }

  function of({ object, id }: Reference, to: ObjectType): ReadonlySet<string> {
    return side(object, to).get(id) ?? new Set();
  }

  function limit(from: ObjectType, to: ObjectType): number {
    return limits.get(nameOf(from, to)) ?? ASSOCIATION_LIMIT;
  }

  function maximum(from: ObjectType, to: ObjectType): number | null {
    return maxima.get(nameOf(from, to)) ?? null;
  }

  function isFull(record: Reference, to: ObjectType): boolean {
    return of(record, to).size >= Math.min(limit(record.object, to), maximum(record.object, to) ?? Number.POSITIVE_INFINITY);
  }

  function put(from: Reference, to: Reference): void {
    const records = side(from.object, to.object);
    records.set(from.id, (records.get(from.id) ?? new Set()).add(to.id));
  }

  function forget({ object, id }: Reference): void {
    for (const [name, records] of sides) {
      if (name.startsWith(`${object}:`)) records.delete(id);
      else if (name.endsWith(`:${object}`)) for (const associated of records.values()) associated.delete(id);
    }
  }

  return {
    limit,
    setLimit(from, to, most) {
      if (most === null) limits.delete(nameOf(from, to));
      else limits.set(nameOf(from, to), most);
    },
    maximum,
    setMaximum(from, to, most) {
      if (most === null) maxima.delete(nameOf(from, to));
      else maxima.set(nameOf(from, to), most);
    },
    isFull,
    associate(one, other) {
      if (of(one, other.object).has(other.id)) return true;
      if (isFull(one, other.object) || isFull(other, one.object)) return false;
      put(one, other);
      put(other, one);
      return true;
    },
    remove(one, other) {
      side(one.object, other.object).get(one.id)?.delete(other.id);
      side(other.object, one.object).get(other.id)?.delete(one.id);
    },
    of,
    crowded(from, to) {
      return [...side(from, to)]
        .map(([id, associated]) => ({ id, usage: associated.size }))
        .filter(({ usage }) => usage > 0 && usage >= limit(from, to) * NEAR)
        .toSorted((one, other) => other.usage - one.usage);
    },
    replace(record, by) {
      for (const to of OBJECT_TYPES) {
        for (const id of of(record, to)) {
          put(by, { object: to, id });
          put({ object: to, id }, by);
        }
      }
      forget(record);
    },
    forget,
  };
}
