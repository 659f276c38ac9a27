/** The Salesforce org of the sandbox, as the rest of the sandbox uses it. Knows nothing of HubSpot. */

export type FieldValue = string | number | boolean | null;
export type Fields = Readonly<Record<string, FieldValue>>;

/** A stored record: its fields with the system fields Id, CreatedDate, SystemModstamp, LastModifiedById, IsDeleted … */
export interface OrgRecord {
  readonly id: string;
  readonly object: string;
  readonly fields: Fields;
}

/** As in Salesforce's answers to a save. */
export interface SaveError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** Further keys of the error entry, such as `duplicateResult`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export type SaveResult =
  | { readonly success: true; readonly id: string; readonly created: boolean; readonly errors: readonly [] }
  | { readonly success: false; readonly id?: string; readonly errors: readonly SaveError[] };

export interface Save {
  readonly object: string;
  /** Null: insert. */
  readonly id: string | null;
  readonly fields: Fields;
}

export interface OrgUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  isActive: boolean;
  readonly userType: string;
  /** Objects that the user's profile gives no Read on: records of them can't be given to this user. */
  unreadable?: readonly string[];
  /** Objects that the user's profile has no default record type for: what the user makes of them has none. */
  withoutRecordType?: readonly string[];
}

export interface PicklistValue {
  value: string;
  label: string;
  active: boolean;
  /** The controlling values that it is for; without it: all. */
  validFor?: readonly string[];
}

export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly nillable?: boolean;
  required?: boolean;
  readonly unique?: boolean;
  readonly calculated?: boolean;
  readonly referenceTo?: readonly string[];
  /** Of a lookup: the records that it may point to. Whenever a record is saved, whether that field is changed or not. */
  lookupFilter?: (target: Fields) => boolean;
  restrictedPicklist?: boolean;
  picklistValues?: PicklistValue[];
  /** The picklist whose value decides which of this one's values a record can have. */
  readonly controllerName?: string;
  /** False for fields that nobody sets by hand (system and calculated ones). True without it. */
  readonly createable?: boolean;
  readonly updateable?: boolean;
  readonly defaultedOnCreate?: boolean;
  readonly defaultValue?: FieldValue;
  /** For references: how SOQL walks to the parent, e.g. `Owner`. */
  readonly relationshipName?: string;
  /** The compound that this is a part of, e.g. `MailingAddress`: field-level security governs the compound. */
  readonly compoundFieldName?: string;
  /** Whether field-level security governs it. Without it: true unless the field is required or a system field. */
  readonly permissionable?: boolean;
  readonly externalId?: boolean;
}

/** Rules are evaluated when records are saved, in Salesforce's order; each refuses with Salesforce's own code and wording. */
export interface ValidationRule {
  readonly name: string;
  readonly object: string;
  readonly errorMessage: string;
  readonly errorField: string | null;
  /** True where the record, as it would be after the save, is to be refused. */
  readonly refuses: (record: Fields, before: Fields | null) => boolean;
}

export interface Trigger {
  readonly name: string;
  readonly object: string;
  /** Before validation rules (the default) or after the duplicate rules. */
  readonly when?: "before" | "after";
  /** A message to refuse with (as an unhandled exception or `addError` does), or null to let it pass. */
  readonly run: (record: Fields, before: Fields | null) => string | null;
}

export interface Flow {
  readonly name: string;
  readonly label: string;
  readonly object: string;
  readonly run: (record: Fields, before: Fields | null) => string | null;
}

export interface DuplicateRule {
  readonly name: string;
  readonly label: string;
  readonly object: string;
  /** Records of `object` that this one would duplicate. */
  readonly matchField: string;
}

/** A rule that somebody adds to the org. */
export type NewRule =
  | { readonly kind: "validation"; readonly rule: ValidationRule }
  | { readonly kind: "trigger"; readonly rule: Trigger }
  | { readonly kind: "flow"; readonly rule: Flow }
  | { readonly kind: "duplicate"; readonly rule: DuplicateRule };

/** Whom a call is made for. `app` is what event logs name: `HubSpot` for the native sync. */
export interface Caller {
  readonly userId: string;
  readonly app: string;
  /** What the caller calls itself in `Sforce-Call-Options`; event logs show it as CLIENT_NAME. */
  readonly client?: string;
}

/** A refusal of a whole call, with its HTTP status and body as Salesforce sends them. */
export interface ConnectionRefusal {
  readonly status: number;
  readonly body: unknown;
  /** The code inside the body, for convenience. */
  readonly code: string;
}

/** What can be wrong with the whole org. Changed by scenarios, read by every call. */
export interface OrgState {
  /** Calls of the day and what is left. */
  apiRequests: { max: number; used: number };
  dataStorageMb: { max: number; remaining: number };
  fileStorageMb: { max: number; remaining: number };
  /** Answers 503 with a maintenance page or SERVER_UNAVAILABLE. */
  unavailable: false | "maintenance-page" | "server-unavailable";
  /** Answers 500 UNKNOWN_EXCEPTION. */
  serverError: boolean;
  /** API access off for the org (`API_DISABLED_FOR_ORG`). */
  apiDisabled: boolean;
  /** Every write is refused with UNABLE_TO_LOCK_ROW, or every call with ORG_LOCKED. */
  locked: false | "rows" | "org";
  /** How a composite that rolls back shows failures: each failing record, or the first alone (nobody outside Salesforce is sure). */
  rolledBackShows: "every-failure" | "first-failure";
  /** Whether event log files exist, as in orgs that pay for them. */
  eventLogs: boolean;
}

/** What the integration user may do with one record, beside the rights on its object. */
export type RecordAccess = "full" | "read-only" | "hidden" | "locked-by-approval";

/** Two records that are to become one. Source: Salesforce's SOAP API guide, *merge()*. */
export interface Merge {
  readonly object: "Account" | "Contact" | "Lead";
  readonly keptId: string;
  readonly loserId: string;
  /** Values that the kept record is given in the same step, as those of the loser that people choose. */
  readonly fields?: Fields;
}

export interface SalesforceOrg {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly state: OrgState;
  readonly integrationUser: OrgUser;

  users(): readonly OrgUser[];
  addUser(user: Omit<OrgUser, "id">): OrgUser;

  fieldsOf(object: string): ReadonlyMap<string, FieldDefinition>;
  addField(object: string, field: FieldDefinition): void;
  removeField(object: string, field: string): void;

  /** Addresses take listed states and countries alone from now on, and have fields for their codes. */
  switchOnStateCountryPicklists(): void;
  /** Which values of a picklist a record type takes; null: all of them. */
  setRecordTypePicklist(recordTypeId: string, field: string, values: readonly string[] | null): void;

  /** Rights of the integration user's profile and permission sets. Full at first. */
  setObjectRights(object: string, rights: { read: boolean; create: boolean; edit: boolean }): void;
  setFieldRights(object: string, field: string, rights: { read: boolean; edit: boolean }): void;
  setApiEnabled(enabled: boolean): void;
  /** Whether HubSpot's own permission set (namespace `HubSpot_Inc`) is assigned to the integration user. */
  setHubSpotPermissionSet(assigned: boolean): void;
  setRecordAccess(id: string, access: RecordAccess): void;
  /** The integration user's permission "View and Edit Converted Leads". Not there at first, as in a new org. */
  setEditConvertedLeads(granted: boolean): void;
  /** What a person's lead conversion into a contact that is there already leaves of the lead. */
  convertLead(caller: Caller, leadId: string, contactId: string): void;
  /** Makes issued tokens invalid and, with `refuseLogins`, new logins fail (`invalid_grant`). */
  revokeAccess(refuseLogins: boolean): void;
  restoreAccess(): void;

  addRule(rule: NewRule): void;
  removeRule(name: string): void;

  /** What any call of this caller meets now; null where calls are served. Also counts the call against the daily limit. */
  call(caller: Caller): ConnectionRefusal | null;
  /** As if an app had made that many calls at a moment (now without one): they use up the limit and show in event logs. */
  addCalls(app: string, count: number, at?: Date): void;

  get(object: string, id: string): OrgRecord | null;
  records(object: string): Iterable<OrgRecord>;
  /** Records changed after a moment, by SystemModstamp, oldest first. */
  changedSince(object: string, since: Date): readonly OrgRecord[];
  /** Records that went to the recycle bin after a moment, oldest first. */
  deletedSince(object: string, since: Date): readonly OrgRecord[];
  /** Saves with every rule and right of the caller applied, each record by itself. */
  save(caller: Caller, saves: readonly Save[]): readonly SaveResult[];
  /** What the same saves would come to; nothing of them stays. */
  rehearse(caller: Caller, saves: readonly Save[]): readonly SaveResult[];
  /** Puts a record there past all rules, as data from before a rule was made. */
  seed(object: string, fields: Fields): OrgRecord;
  remove(caller: Caller, object: string, id: string): SaveResult;
  /** Merges two records of an object, as the caller; the result is that of the kept one. */
  merge(caller: Caller, merge: Merge): SaveResult;
  /** How often each record has been written by each app, for tests of "written once". */
  writes(): readonly {
    readonly at: string;
    readonly app: string;
    readonly object: string;
    readonly id: string;
    readonly fields: Fields;
  }[];
}
