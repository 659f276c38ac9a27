import type { ObjectType, RecordList } from "./model.ts";

const FIRST_LIST_ID = 101;

/** The account's manual lists, each of one object. */
export interface RecordLists {
  create(name: string, object?: ObjectType): string;
  add(listId: string, recordIds: readonly string[]): void;
  remove(listId: string, recordIds: readonly string[]): void;
  members(listId: string): ReadonlySet<string>;
  get(listId: string): RecordList | null;
  all(): Iterable<RecordList>;
  delete(listId: string): void;
  /** Takes a deleted record out of every list. */
  forget(object: ObjectType, recordId: string): void;
}

export function createRecordLists(now: () => Date): RecordLists {
  const lists = new Map<string, RecordList>();
  let created = 0;

  function existing(listId: string): RecordList {
    const list = lists.get(listId);
    if (!list) throw new Error(`There is no list ${listId} in the HubSpot account.`);
    return list;
  }

  return {
    create(name, object = "contacts") {
      const id = String(FIRST_LIST_ID + created);
      created += 1;
      const at = now().toISOString();
      lists.set(id, { id, name, object, createdAt: at, updatedAt: at, addedAt: new Map() });
      return id;
    },
    add(listId, recordIds) {
      const list = existing(listId);
      list.updatedAt = now().toISOString();
      for (const id of recordIds) if (!list.addedAt.has(id)) list.addedAt.set(id, list.updatedAt);
    },
    remove(listId, recordIds) {
      const list = existing(listId);
      list.updatedAt = now().toISOString();
      for (const id of recordIds) list.addedAt.delete(id);
    },
    members: (listId) => new Set(existing(listId).addedAt.keys()),
    get: (listId) => lists.get(listId) ?? null,
    all: () => lists.values(),
    delete: (listId) => void lists.delete(listId),
    forget(object, recordId) {
      for (const list of lists.values()) if (list.object === object) list.addedAt.delete(recordId);
    },
  };
}
