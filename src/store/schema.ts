import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { Cadence, SubscriptionSettings } from "../config/config.ts";
import type { DriftDetails, DriftKind } from "../health/drift.ts";
import type { Evidence } from "../health/evidence.ts";
import type { ImportSummary } from "../health/import/summary.ts";
import type { QuietHours } from "../health/quiet-hours.ts";
import type { RequestState, SyncErrorEvent } from "../health/report.ts";
import type { SelectionPart } from "../health/selection.ts";
import type { SuspensionCause, SuspensionKind } from "../health/suspensions.ts";
import type { SyncErrorCategory, SyncErrorType } from "../health/sync-errors.ts";
import type { WarningKind } from "../health/warnings.ts";
import type { Said } from "../language/sentence.ts";
import type { LanguageTag } from "../language/tags.ts";
import type { Direction } from "../records/mapping.ts";
import type { CrmSystem, SalesforceObject, SalesforceValue, SyncedObject } from "../records/record.ts";

/** A timestamptz: read as a Date, written as a Date. */
type Time = Date;
/** A jsonb column: written as JSON text, read parsed. */
type Json<T> = ColumnType<T, string, string>;
/** The same with a default in the database. */
type JsonWithDefault<T> = ColumnType<T, string | undefined, string>;

/** What is kept of each connection between polls. One row a connection. */
export interface ConnectionStateTable {
  connection: string;
  /** When the first poll began: what changed earlier may differ for reasons older than the bot. */
  watched_since: Time | null;
  polled_at: Time | null;
  /** How the last poll ended: `ok`, `paused` (call budget), or what was wrong. */
  poll_outcome: Json<PollOutcome> | null;
  /** From where each object's changes are read next, by object name of either system. */
  watermarks: Json<Record<string, Watermark>>;
  /** The newest sign that the native sync wrote to Salesforce, and to HubSpot. */
  synced_to_salesforce_at: Time | null;
  synced_to_hubspot_at: Time | null;
  /** Cached parts of both schemas with the time each was read, by part name. */
  schema_parts: Json<Record<string, { at: string; value: unknown }>>;
  /** Account and org names, ids and URLs that links are made of. */
  identity: Json<ConnectionIdentity> | null;
}

export type PollOutcome =
  | { state: "ok"; salesforceCalls: number; hubspotCalls: number }
  | { state: "paused"; reason: Said }
  /** `since`: when looking first failed (ISO 8601); `announced`: subscribers have been told. */
  | { state: "failed"; evidence: Evidence; since?: string; announced?: boolean };

export interface Watermark {
  /** ISO 8601. */
  since: string;
  /** `id@modified` of records read at the edge, so that an overlap does not read them as new. */
  seen: string[];
  /** When something new was last read, ISO 8601. */
  readAt?: string;
}

export interface ConnectionIdentity {
  portalId: number | null;
  uiDomain: string | null;
  organizationName: string | null;
  instanceUrl: string | null;
  integrationUserId: string | null;
  integrationUsername: string | null;
}

/** One row a poll: what usage, digests and charts are made of. */
export interface HealthSampleTable {
  connection: string;
  at: Time;
  api_used: number | null;
  api_max: number | null;
  /** HubSpot's calls in the 24 hours before, where event logs tell. */
  hubspot_calls: number | null;
  /** Syncwarden's own Salesforce calls since the sample before. */
  own_calls: Generated<number>;
  storage_used: number | null;
  suspended: boolean;
  open_errors: number;
  affected_records: number;
  /** Changes that wait for the native sync, by the side they were made on. */
  waiting_in_hubspot: number;
  waiting_in_salesforce: number;
}

export type SuspensionState = "suspected" | "open" | "closed";

export interface SuspensionTable {
  id: string;
  connection: string;
  state: SuspensionState;
  /** The leading cause's kind. */
  kind: SuspensionKind;
  causes: Json<SuspensionCause[]>;
  /** Seen on how many probes in a row. */
  sightings: number;
  first_seen_at: Time;
  opened_at: Time | null;
  last_seen_at: Time;
  /** Since when the cause is no longer seen, while changes wait and the sync hasn't been seen to move. */
  cause_gone_at: Time | null;
  closed_at: Time | null;
  /** `healed`: by itself; `cleared`: after somebody's clear request; `blip`: never opened. */
  close_reason: "healed" | "cleared" | "blip" | null;
  acknowledged_by: string | null;
  acknowledged_at: Time | null;
  cleared_by: string | null;
  /** Changes that wait; once it is closed, those of them that were made while its cause was seen. */
  waiting_in_hubspot: number;
  waiting_in_salesforce: number;
  /** The most that have waited on both sides together. */
  most_waiting: Generated<number>;
  /** When its end was summed up in the thread: closed, and its backlog worked off. */
  summarised_at: Generated<Time | null>;
}

/** One time that a suspension stood and was over. One that keeps coming back has several. */
export interface SuspensionPeriodTable {
  id: GeneratedAlways<number>;
  suspension_id: string;
  connection: string;
  /** The leading cause's kind. */
  kind: SuspensionKind;
  opened_at: Time;
  closed_at: Time;
  most_waiting: number;
}

/** A group of affected records with one cause. */
export interface SyncErrorTable {
  /** Short, for people to type, e.g. `E7K3Q`. */
  id: string;
  connection: string;
  /** Identity of the group: category, type, direction, object, field and normalised cause. Unique in a connection. */
  group_key: string;
  category: SyncErrorCategory;
  type: SyncErrorType;
  direction: Direction;
  object: SyncedObject;
  hubspot_property: string | null;
  salesforce_field: string | null;
  details: Json<Record<string, string>>;
  evidence: Json<Evidence>;
  /** When it was seen for the very first time; an error that returns keeps it. */
  first_seen_at: Time;
  /** When it was opened, the last time. */
  opened_at: Time;
  occurrences: Generated<number>;
  last_seen_at: Time;
  resolved_at: Time | null;
  /** How many affected records the messages about it were last told to show. */
  told_records: Generated<number>;
  /** Null where it isn't muted. */
  muted_at: Time | null;
  /** Null, when muted: until it is resolved. */
  muted_until: Time | null;
  muted_by: string | null;
  /** How many records it held back when it was muted. */
  muted_records: number | null;
  mute_reason: Generated<string | null>;
}

/** What became of a sync error over time. `other_id`: the error that it goes on from, or goes on as. */
export interface SyncErrorEventTable {
  id: GeneratedAlways<number>;
  error_id: string;
  at: Time;
  kind: SyncErrorEvent["kind"];
  other_id: string | null;
}

/** Something that will go wrong unless somebody acts. One row each time; `closed_at` null: it stands. */
export interface WarningTable {
  id: string;
  connection: string;
  /** What it is about: one at a time stands in a connection. */
  key: string;
  kind: WarningKind;
  details: Json<Record<string, string>>;
  evidence: Json<Evidence>;
  opened_at: Time;
  last_seen_at: Time;
  closed_at: Time | null;
}

/** A record held back by a sync error. Deleted when it is no longer. */
export interface AffectedRecordTable {
  connection: string;
  error_id: string;
  /** `hubspot:<object>:<id>` or, without a HubSpot record, `salesforce:<id>`. */
  record_key: string;
  object: SyncedObject;
  hubspot_id: string | null;
  salesforce_object: SalesforceObject | null;
  salesforce_id: string | null;
  label: string;
  value: string | null;
  evidence: Json<Evidence>;
  /** Among the errors that hold the record back, in the order in which the native sync meets them: 0 leads. */
  place: Generated<number>;
  first_seen_at: Time;
  last_seen_at: Time;
  /** When an import last found this record with this error in HubSpot's own export. */
  shown_in_hubspot_at: Generated<Time | null>;
}

/** A file of HubSpot's own export that somebody has imported. Its bytes are told by their digest alone. */
export interface SyncErrorImportTable {
  connection: string;
  /** SHA-256, in hexadecimal. */
  digest: string;
  file_name: string;
  /** Slack user id, or `command line`. */
  imported_by: string;
  started_at: Time;
  /** When the import last wrote something: one that has died is known by it. */
  alive_at: Time;
  finished_at: Time | null;
  outcome: Json<ImportSummary> | null;
}

/** A record that changed and isn't yet known to be in step: it waits, or it is in error. Deleted once in step. */
export interface TrackedRecordTable {
  connection: string;
  record_key: string;
  object: SyncedObject;
  hubspot_id: string | null;
  salesforce_object: SalesforceObject | null;
  salesforce_id: string | null;
  /** The side whose change waits. */
  changed_in: "hubspot" | "salesforce";
  changed_at: Time;
  /** `waiting`: grace period or no reason known; `in-error`: has affected_record rows. */
  state: "waiting" | "in-error";
  /** When to look at it again. */
  due_at: Time;
  /** What people know it by; null where that isn't read yet. */
  label: Generated<string | null>;
  /** Both sides' versions at the last rolled-back write, so that an unchanged record isn't tried again too soon. */
  tried_version: string | null;
  tried_at: Time | null;
}

export interface SubscriptionTable {
  id: string;
  connection: string;
  channel: string;
  cadence: Json<Cadence>;
  categories: Json<SyncErrorCategory[] | null>;
  objects: JsonWithDefault<SyncedObject[] | null>;
  at_least: Generated<number>;
  quiet_when_healthy: boolean;
  quiet_hours: JsonWithDefault<QuietHours | null>;
  changes: Generated<SubscriptionSettings["changes"]>;
  language: Generated<LanguageTag | null>;
  reminder: JsonWithDefault<SubscriptionSettings["reminder"]>;
  /** Slack user id, or `configuration`. */
  created_by: string;
  created_at: Time;
  /** What syncwarden.yaml said of it when that was last applied; null where it says nothing of it. */
  configured: JsonWithDefault<SubscriptionSettings | null>;
  /** The newest moment whose digest was announced or skipped. */
  digested_until: Time | null;
  /** Up to when digests have told what changed: a skipped one leaves its time to the next. */
  told_until: Generated<Time | null>;
  /** How many records each sync error held back when it was last told in a digest, by error id. */
  told_records: JsonWithDefault<Record<string, number>>;
}

export type RequestKind = "resync" | "clear" | "audit" | "fix";

/** Something a person asked for. `identity` is unique among unfinished requests: the same click twice is one request. */
export interface RequestTable {
  id: string;
  connection: string;
  kind: RequestKind;
  state: RequestState;
  identity: string;
  /** What was asked: a resync's selection and strategy, a clear's suspension. */
  parameters: Json<Record<string, unknown>>;
  requested_by: string;
  /** By which right; null where the configuration asked. */
  allowed_as: string | null;
  requested_at: Time;
  /** When it is given up, wherever it is by then. */
  expires_at: Time | null;
  /** Channel and message that the request came from, where it came from a message. */
  channel: string | null;
  message_ts: string | null;
  /** Where the work is: a clear's finished steps, a resync's verification deadline. */
  progress: Json<Record<string, unknown>>;
  cancel_requested_by: string | null;
  started_at: Time | null;
  finished_at: Time | null;
  /** What came of it, once finished; a sentence as `storedText` has it. */
  outcome: string | null;
}

/** `changed`: by a person since the resync was asked for, and left alone or out of step again for it. */
export type RequestItemState = "waiting" | "sending" | "sent" | "synced" | "failing" | "changed" | "skipped" | "gone";

export interface RequestItemTable {
  request_id: string;
  record_key: string;
  position: number;
  object: SyncedObject;
  hubspot_id: string | null;
  salesforce_object: SalesforceObject | null;
  salesforce_id: string | null;
  label: string;
  state: RequestItemState;
  /** The exact values that are or were sent, fixed before sending so that a retry writes the same. */
  payload: Json<Record<string, unknown>> | null;
  /** Why it is failing, changed, skipped or gone. */
  reason: string | null;
  sent_at: Time | null;
  settled_at: Time | null;
}

/** One value that was written into one field of one record on somebody's request, and what was there before. */
export interface ValueChangeTable {
  request_id: string;
  record_key: string;
  connection: string;
  system: CrmSystem;
  /** The system's own name of the object, and its ids. */
  object: SyncedObject | SalesforceObject;
  record_id: string;
  field: string;
  before: Json<SalesforceValue>;
  after: Json<SalesforceValue>;
  written_at: Time;
  /** Slack user id. */
  written_by: string;
  /** When the value from before was put back, and by whom. */
  undone_at: Generated<Time | null>;
  undone_by: Generated<string | null>;
}

/** Records to resync together again and again, under a name in lower case. */
export interface SavedSelectionTable {
  connection: string;
  name: string;
  parts: Json<SelectionPart[]>;
  saved_by: string;
  saved_at: Time;
}

/** Records of one error that somebody has ticked in a dialog: those that are keys here, or all but those. */
export interface RecordChoiceTable {
  /** Slack's id of the dialog. */
  id: string;
  error_id: string;
  is_all: boolean;
  keys: Json<Record<string, 1>>;
  changed_at: Time;
}

/** A list of affected records that somebody has had made in HubSpot. */
export interface HubSpotListTable {
  connection: string;
  name: string;
  error_id: string;
  list_id: string;
  /** Slack user id. */
  created_by: string;
  created_at: Time;
}

/** What HubSpot's integration may use of Salesforce's calls a day, as somebody has set it here. */
export interface AllocationTable {
  connection: string;
  calls: number;
  /** Slack user id. */
  set_by: string;
  set_at: Time;
}

/** A record as an audit has read it. Deleted when the audit has ended. */
export interface AuditRecordTable {
  request_id: string;
  system: CrmSystem;
  /** HubSpot's or Salesforce's name of the object. */
  object: SyncedObject | SalesforceObject;
  /** Salesforce's in its form of 18 characters. */
  id: string;
  /** HubSpot's records: the Salesforce record that it is linked to. */
  link_object: SalesforceObject | null;
  link_id: string | null;
  /** Whether the other system should have it, as far as the record itself tells. */
  is_expected: boolean;
  /** Nothing is to be found about it: a converted lead; a HubSpot record marked as deleted in Salesforce or in no synced pipeline. */
  is_out: boolean;
  /** HubSpot's contacts: whether the inclusion list has it. */
  is_member: Generated<boolean>;
  label: string;
  /** Salesforce's records: the values that are compared. */
  record: Json<StoredSalesforceRecord> | null;
}

/** A Salesforce record but for what its row says already; times in ISO 8601. */
export interface StoredSalesforceRecord {
  readonly fields: Readonly<Record<string, SalesforceValue>>;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly modifiedById: string | null;
}

/** What people and the native sync recognise a record by: `email:…`, `name:…`, `domain:…`, in lower case. */
export interface AuditKeyTable {
  request_id: string;
  system: CrmSystem;
  object: SyncedObject | SalesforceObject;
  id: string;
  key: string;
}

export type AuditFindingState = "candidate" | "confirmed";

/** Drift that an audit has found. A candidate is looked at once more before it counts; one that doesn't is deleted. */
export interface AuditFindingTable {
  request_id: string;
  kind: DriftKind;
  /** The record that it is about, by `recordKey`. */
  record_key: string;
  state: AuditFindingState;
  object: SyncedObject;
  hubspot_id: string | null;
  salesforce_object: SalesforceObject | null;
  salesforce_id: string | null;
  label: string;
  details: Json<DriftDetails>;
  /** Whether the audit before didn't find it. */
  is_new: Generated<boolean>;
}

export type AnnouncementState = "pending" | "posting" | "posted" | "abandoned";

/** The outbox: one message that has to be in Slack once, and up to date. */
export interface AnnouncementTable {
  key: string;
  /** What it is about, e.g. `suspension:<id>`: shared by its messages in several channels. Thread notes have their parent's. */
  subject: string;
  seq: GeneratedAlways<number>;
  connection: string;
  channel: string;
  /** Key of the announcement in whose thread this one goes. */
  thread_of: string | null;
  /** What it says, see monitor/announcements/announcement.ts. */
  content: Json<Record<string, unknown>>;
  state: AnnouncementState;
  /** Raised whenever what it shows has changed; the message is current when `posted_revision` equals it. */
  revision: Generated<number>;
  posted_revision: Generated<number>;
  ts: string | null;
  created_at: Time;
  posted_at: Time | null;
  attempts: Generated<number>;
  last_error: string | null;
  /** Held until then: the end of the channel's quiet hours. */
  not_before: Generated<Time | null>;
  /** A note that is shown in the channel as well as in its thread. */
  is_broadcast: Generated<boolean>;
}

/** What else an announcement is about, where it tells of several things: each by its own subject. */
export interface AnnouncementMatterTable {
  key: string;
  subject: string;
}

/** Whether a person wants to hear of their own records in a direct message; nobody said where there is no row. */
export interface OwnerChoiceTable {
  /** Slack user id. */
  user_id: string;
  wants_messages: boolean;
  changed_at: Time;
}

/** Who did what, when, with what outcome; refused actions too. Sentences are as `storedText` has them. */
export interface ActionLogTable {
  id: GeneratedAlways<number>;
  at: Time;
  connection: string | null;
  user_id: string;
  action: string;
  target: string | null;
  outcome: "done" | "requested" | "refused" | "failed";
  detail: string | null;
  channel: string | null;
  /** By which right; null where none is needed, or it was refused. */
  allowed_as: string | null;
  /** The request that the line is about, where it may be asked for from there. */
  request_id: Generated<string | null>;
}

/** One row a scheduled run that some process has taken, so that of many processes one runs it. */
export interface CronRunTable {
  run: string;
  taken_at: Time;
}

export interface Database {
  connection_state: ConnectionStateTable;
  health_sample: HealthSampleTable;
  suspension: SuspensionTable;
  suspension_period: SuspensionPeriodTable;
  sync_error: SyncErrorTable;
  sync_error_event: SyncErrorEventTable;
  warning: WarningTable;
  affected_record: AffectedRecordTable;
  sync_error_import: SyncErrorImportTable;
  tracked_record: TrackedRecordTable;
  subscription: SubscriptionTable;
  request: RequestTable;
  request_item: RequestItemTable;
  value_change: ValueChangeTable;
  saved_selection: SavedSelectionTable;
  record_choice: RecordChoiceTable;
  hubspot_list: HubSpotListTable;
  allocation: AllocationTable;
  audit_record: AuditRecordTable;
  audit_key: AuditKeyTable;
  audit_finding: AuditFindingTable;
  announcement: AnnouncementTable;
  announcement_matter: AnnouncementMatterTable;
  owner_choice: OwnerChoiceTable;
  action_log: ActionLogTable;
  cron_run: CronRunTable;
}
