import type { ContactList } from "./model.ts";

const FIRST_LIST_ID = 101;

/** The account's manual lists of contacts. */
export interface ContactLists {
  create(name: string): string;
  add(listId: string, contactIds: readonly string[]): void;
  remove(listId: string, contactIds: readonly string[]): void;
  members(listId: string): ReadonlySet<string>;
  get(listId: string): ContactList | null;
  all(): Iterable<ContactList>;
  /** Takes a deleted contact out of every list. */
  forget(contactId: string): void;
}

export function createContactLists(now: () => Date): ContactLists {
  const lists = new Map<string, ContactList>();

  function existing(listId: string): ContactList {
    const list = lists.get(listId);
    if (!list) throw new Error(`There is no list ${listId} in the HubSpot account.`);
    return list;
  }

  return {
    create(name) {
      const id = String(FIRST_LIST_ID + lists.size);
      const at = now().toISOString();
      lists.set(id, { id, name, createdAt: at, updatedAt: at, addedAt: new Map() });
      return id;
    },
    add(listId, contactIds) {
      const list = existing(listId);
      list.updatedAt = now().toISOString();
      for (const id of contactIds) if (!list.addedAt.has(id)) list.addedAt.set(id, list.updatedAt);
    },
    remove(listId, contactIds) {
      const list = existing(listId);
      list.updatedAt = now().toISOString();
      for (const id of contactIds) list.addedAt.delete(id);
    },
    members: (listId) => new Set(existing(listId).addedAt.keys()),
    get: (listId) => lists.get(listId) ?? null,
    all: () => lists.values(),
    forget(contactId) {
      for (const list of lists.values()) list.addedAt.delete(contactId);
    },
  };
}
