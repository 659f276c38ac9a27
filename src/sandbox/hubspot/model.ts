/** The HubSpot account of the sandbox, as the rest of the sandbox uses it. Knows nothing of Salesforce's rules. */

import type { Associations } from "./associations.ts";
import type { PropertyRule } from "./property-rules.ts";

export type ObjectType = "contacts" | "companies" | "deals" | "tasks";
export const OBJECT_TYPES: readonly ObjectType[] = ["contacts", "companies", "deals", "tasks"];

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: "string" | "number" | "date" | "datetime" | "enumeration" | "bool" | "phone_number";
  readonly fieldType: string;
  options: { value: string; label: string; hidden: boolean }[];
  hasUniqueValue?: boolean;
  /** What an admin demands of its values beyond their type. */
  rules?: readonly PropertyRule[];
  readonly calculated?: boolean;
  readonly readOnlyValue?: boolean;
  readonly hubspotDefined?: boolean;
}

export interface HistoryEntry {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: string;
  readonly sourceId?: string;
}

export interface AccountRecord {
  readonly id: string;
  readonly object: ObjectType;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  /** Set on archived records alone. */
  readonly archivedAt?: string;
}

/** Who writes: decides the `sourceType` in the history. */
export type Source = "SALESFORCE" | "CRM_UI" | "INTEGRATION" | "IMPORT";

/** A refusal of one record, as HubSpot's error body. */
export interface AccountRefusal {
  readonly status: number;
  readonly category: string;
  readonly message: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly {
    readonly message: string;
    readonly code?: string;
    readonly context?: Readonly<Record<string, readonly string[]>>;
  }[];
}

export type Written =
  | { readonly ok: true; readonly record: AccountRecord }
  | { readonly ok: false; readonly refusal: AccountRefusal };

export interface Pipeline {
  readonly id: string;
  label: string;
  stages: { id: string; label: string; closed: boolean }[];
}

export interface Owner {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  archived: boolean;
}

export interface AccountState {
  tokenRevoked: boolean;
  /** Scopes the token has. */
  scopes: Set<string>;
  dailyLimit: number;
  dailyUsed: number;
  /** How late a change shows up in search, in milliseconds. */
  searchLagMs: number;
  /** Properties that an admin requires of new records, beside HubSpot's own. */
  readonly required: Readonly<Record<ObjectType, Set<string>>>;
}

/** A manual list of one object's records with the moment each was added. */
export interface RecordList {
  readonly id: string;
  readonly name: string;
  readonly object: ObjectType;
  readonly createdAt: string;
  updatedAt: string;
  readonly addedAt: Map<string, string>;
}

/** Told of every committed change, right after it. */
export type ChangeListener = (change: {
  readonly object: ObjectType;
  readonly record: AccountRecord;
  readonly changed: Readonly<Record<string, string | null>>;
  readonly source: Source;
  readonly created: boolean;
  /** Ids of the records that were merged into it. */
  readonly replaced: readonly string[];
}) => void;

export interface HubSpotAccount {
  readonly portalId: number;
  /** What a caller of the API must bring as bearer token. */
  readonly token: string;
  readonly now: () => Date;
  readonly state: AccountState;
  readonly associations: Associations;
  properties(object: ObjectType): ReadonlyMap<string, PropertyDefinition>;
  addProperty(object: ObjectType, property: PropertyDefinition): void;
  removeProperty(object: ObjectType, name: string): void;
  pipelines(): Pipeline[];
  owners(): Owner[];
  addOwner(owner: Omit<Owner, "id">): Owner;
  get(object: ObjectType, id: string): AccountRecord | null;
  find(object: ObjectType, property: string, value: string): AccountRecord | null;
  records(object: ObjectType): Iterable<AccountRecord>;
  /** Records not archived in the order of their ids, from the first id after the given one (null: from the start). */
  page(object: ObjectType, afterId: string | null, limit: number, archived: boolean): readonly AccountRecord[];
  /** Records by any id, archived ones too. */
  getArchived(object: ObjectType, id: string): AccountRecord | null;
  /**
   * Records as search sees them, `searchLagMs` late, least recently modified first; only those modified at or after
   * `sinceMs` (epoch milliseconds).
   */
  indexed(object: ObjectType, sinceMs: number): Iterable<AccountRecord>;
  /** What a write would be refused for, without writing. Null `id`: a create. */
  check(
    object: ObjectType,
    id: string | null,
    properties: Readonly<Record<string, string | null>>,
    source: Source,
  ): AccountRefusal | null;
  create(object: ObjectType, properties: Readonly<Record<string, string | null>>, source: Source): Written;
  update(object: ObjectType, id: string, properties: Readonly<Record<string, string | null>>, source: Source): Written;
  archive(object: ObjectType, id: string): void;
  /**
   * Somebody merges two contacts: they become a new one, to which both ids lead from now on. HubSpot doesn't merge companies while
   * the Salesforce integration is on.
   */
  mergeContacts(primaryId: string, secondaryId: string): AccountRecord;
  history(object: ObjectType, id: string, property: string): readonly HistoryEntry[];
  /** Makes a list, of contacts unless told; answers its id. */
  createList(name: string, object?: ObjectType): string;
  addToList(listId: string, recordIds: readonly string[]): void;
  removeFromList(listId: string, recordIds: readonly string[]): void;
  deleteList(listId: string): void;
  /** Ids of the records in a list. */
  listMembers(listId: string): ReadonlySet<string>;
  lists(): Iterable<RecordList>;
  getList(listId: string): RecordList | null;
  onChange(listener: ChangeListener): void;
  /** Every write by source, for tests of "written once". */
  writes(): readonly {
    readonly at: string;
    readonly source: Source;
    readonly object: ObjectType;
    readonly id: string;
    readonly properties: Readonly<Record<string, string | null>>;
  }[];
}
