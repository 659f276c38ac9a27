import { findObject, type ObjectDefinition } from "../metadata/objects.ts";
import type { Fields } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import type { UserRights } from "../rights.ts";
import { setupRows } from "./setup-rows.ts";

/** The rows of one object as a query sees them: only those the user may see. */
export interface Source {
  readonly object: ObjectDefinition;
  all(): Iterable<Fields>;
  byId(id: string): Fields | undefined;
  /** Rows changed at or after a moment, where the object keeps that order. */
  since(stamp: string): Iterable<Fields> | null;
  /** Rows with a text, whatever its case, where that is indexed. */
  withValue(field: string, value: string): Iterable<Fields> | null;
}

/** What one query reads from: the org at this moment, as one user. */
export interface QueryScope {
  readonly data: OrgData;
  readonly rights: UserRights;
  /** `queryAll`: the recycle bin too. */
  readonly withDeleted: boolean;
  readonly tooling: boolean;
  /** The source of an object by its API name, or null where the user has no such object. */
  source(name: string): Source | null;
}

export function createQueryScope(
  data: OrgData,
  rights: UserRights,
  options: { readonly withDeleted: boolean; readonly tooling: boolean },
): QueryScope {
  const sources = new Map<string, Source>();
  return {
    data,
    rights,
    ...options,
    source(name) {
      const object = findObject(data.metadata, name);
      if (object === undefined || !rights.object(object).read) return null;
      if (object.toolingOnly === true && !options.tooling) return null;
      let source = sources.get(object.name);
      if (source === undefined) {
        source =
          object.kind === "stored" ? storedSource(data, object, rights, options.withDeleted) : setupSource(data, object, rights);
        sources.set(object.name, source);
      }
      return source;
    },
  };
}

function storedSource(data: OrgData, object: ObjectDefinition, rights: UserRights, withDeleted: boolean): Source {
  const table = data.table(object.name);
  function* visible(records: Iterable<{ readonly id: string; readonly fields: Fields }>): Generator<Fields> {
    for (const record of records) if (rights.record(record.id) !== "hidden") yield record.fields;
  }
  return {
    object,
    *all() {
      yield* visible(table.all());
      if (withDeleted) yield* visible(table.deleted());
    },
    byId(id) {
      const record = table.get(id) ?? (withDeleted ? table.getDeleted(id) : undefined);
      return record === undefined || rights.record(id) === "hidden" ? undefined : record.fields;
    },
    since: (stamp) => visible(table.since(stamp, withDeleted)),
    withValue(field, value) {
      const definition = object.fields.get(field);
      const indexed = definition?.type === "email" || definition?.unique === true || definition?.externalId === true;
      return indexed && !withDeleted ? visible(table.withValue(field, value)) : null;
    },
  };
}

function setupSource(data: OrgData, object: ObjectDefinition, rights: UserRights): Source {
  const rows = setupRows(data, object, rights);
  const key = object.fields.has("Id") ? "Id" : "DurableId";
  const byId = new Map(rows.map((row) => [row[key], row]));
  return { object, all: () => rows, byId: (id) => byId.get(id), since: () => null, withValue: () => null };
}
