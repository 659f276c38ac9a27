import type { SubscriptionSettings } from "../config/config.ts";
import type { DriftKind } from "../health/drift.ts";
import type { Evidence } from "../health/evidence.ts";
import type { FixInput } from "../health/remedy.ts";
import type {
  AffectedRecordReport,
  ApiReport,
  AuditReport,
  BacklogReport,
  ConnectionLinks,
  ConnectionReport,
  DriftReport,
  FixReport,
  GroupReport,
  ResyncReport,
  SuspensionReport,
  SyncErrorEvent,
  SyncErrorReport,
  WarningReport,
} from "../health/report.ts";
import type { SelectionPart } from "../health/selection.ts";
import type { RecordReference, SyncErrorCategory, SyncErrorType } from "../health/sync-errors.ts";
import type { Said } from "../language/sentence.ts";
import type { Direction } from "../records/mapping.ts";
import type { CrmSystem, SyncedObject } from "../records/record.ts";
import type { RecordQuery } from "../records/record-query.ts";
import type { Group } from "./announcements/announcement.ts";
import type { CheckOutcome } from "./check/check-report.ts";
import type { HomeReport } from "./home-report.ts";
import type { ExportFile, ImportListener, ImportOutcome } from "./import/import-errors.ts";

/** Who asks for something, and from where in Slack. */
export interface Actor {
  readonly userId: string;
  readonly channel: string | null;
  /** The message whose button was pressed, where one was. */
  readonly messageTs: string | null;
  /** By which right, in words that follow "allowed as"; null where none is needed. */
  readonly allowedAs: Said | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly offset: number;
}

/** Open error groups, as the newest poll that could look left them: at `asOf`, null before the first one. */
export interface ErrorsPage extends Page<SyncErrorReport> {
  readonly asOf: Date | null;
}

export interface ErrorFilter {
  readonly category?: SyncErrorCategory;
  readonly object?: SyncedObject;
}

/** Which errors are exported. */
export interface ExportFilter extends ErrorFilter {
  /** Null: of all connections. */
  readonly connection: string | null;
  readonly errorId?: string;
}

/** One record with one error that holds it back. */
export interface ExportedLine {
  readonly error: SyncErrorReport;
  readonly record: RecordReference;
  readonly value: string | null;
  readonly evidence: Evidence;
  /** Since when the error holds the record back, and when that was last seen. */
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

export interface ErrorExport {
  readonly errors: number;
  /** Lines, as they were counted before the first was read. */
  readonly lines: number;
  /** Those of one error together, a portion of them in memory. Can be read once. */
  readonly content: AsyncIterable<ExportedLine>;
  /** Leaves the line in the action log that tells what came of it. */
  log(outcome: "done" | "failed", detail: Said): Promise<void>;
}

/** What HubSpot's integration may use of Salesforce's calls a day, as far as people have told. */
export interface AllocationReport {
  readonly connection: string;
  /** Calls a day; null where nobody has told. */
  readonly calls: number | null;
  /** Null where it is the configuration's. */
  readonly set: { readonly by: string; readonly at: Date } | null;
  readonly configured: number | null;
  /** HubSpot's calls in the last 24 hours, and the org's limit; null where they aren't known. */
  readonly hubspotCalls: number | null;
  readonly max: number | null;
  readonly links: ConnectionLinks;
}

/** For how long an error is to be silent, and why. */
export interface MuteWish {
  /** Null: until it is resolved. */
  readonly until: Date | null;
  readonly reason: string | null;
}

/** What came of putting an error's records into a list of HubSpot's. */
export type ListOutcome =
  | {
      readonly outcome: "made";
      readonly listId: string;
      readonly name: string;
      /** Null where the account's address isn't known yet. */
      readonly url: string | null;
      readonly object: SyncedObject;
      /** False: the list of today was there, and has whoever joined since. */
      readonly isNew: boolean;
      /** Records in it; those left out, for they are only in Salesforce; those that HubSpot doesn't have any more. */
      readonly members: number;
      readonly onlyInSalesforce: number;
      readonly missing: number;
    }
  | { readonly outcome: "declined"; readonly why: Said };

/** What a resync is to cover. */
export type ResyncSelection =
  | SelectionPart
  | { readonly kind: "all" }
  /** By record keys, with a name for all of them in words. */
  | { readonly kind: "records"; readonly records: readonly string[]; readonly name: Said }
  | { readonly kind: "saved"; readonly name: string }
  /** What was ticked of an error's records in a dialog. */
  | { readonly kind: "chosen"; readonly errorId: string; readonly choiceId: string };

/** Records that a page of a dialog shows as ticked, and as not ticked. */
export interface TickedRecords {
  readonly ticked: readonly string[];
  readonly unticked: readonly string[];
}

/** What is ticked of an error's records in a dialog, over all its pages. */
export interface RecordChoice {
  /** How many of them the error holds back still. */
  readonly records: number;
  isTicked(recordKey: string): boolean;
}

/** Records to resync together again and again. */
export interface SavedSelection {
  readonly name: string;
  readonly parts: readonly SelectionPart[];
  readonly savedBy: string;
  readonly savedAt: Date;
}

export interface ResyncPreview {
  readonly connection: string;
  readonly target: Said;
  readonly records: number;
  readonly strategy: "touch" | "write";
  /** API calls for sending and verifying. */
  readonly cost: { readonly salesforce: number; readonly hubspot: number };
  /** How long the sending takes at present limits. */
  readonly seconds: number;
  /** Salesforce's calls that are left today; null where that isn't known. */
  readonly salesforceLeft: number | null;
  /** Whether it will have to wait for calls on its way. */
  readonly runsShort: boolean;
  /** Why it would wait before its first record. */
  readonly pause: Said | null;
  readonly at: Date;
}

/** What a dialog shows to put one record of an error right by another value. */
export interface FixForm {
  readonly connection: string;
  readonly errorId: string;
  readonly type: SyncErrorType;
  readonly direction: Direction;
  readonly object: SyncedObject;
  /** The first of the records that the error holds back, and how many there are. */
  readonly records: readonly { readonly key: string; readonly label: string }[];
  readonly total: number;
  /** The record that it is about. */
  readonly recordKey: string;
  readonly record: string;
  /** Where the value is written, and what people call the field there. */
  readonly system: CrmSystem;
  readonly label: string;
  /** What it has now, as people know it; null for none. */
  readonly before: string | null;
  /** Stands for that value when the dialog comes back. */
  readonly seen: string;
  readonly input: FixInput;
  /** Of a list of options: the one that is replaced. */
  readonly part: string | null;
  readonly proposal: string | null;
  /** Records of the error with the same value, this one included. */
  readonly sameValue: number;
  /** Why the record is held back. */
  readonly why: Said;
}

/** What somebody wants written. */
export interface FixWish {
  readonly errorId: string;
  readonly recordKey: string;
  /** Stands for the value that was shown: another one is left alone. */
  readonly seen: string;
  /** A text, or the key of an option. */
  readonly entered: string;
  /** Into all records of the error that have the same value. */
  readonly all: boolean;
}

/** What a wish would do. `problem`: what speaks against the value. `why`: there is nothing to do any more. */
export type FixPreview =
  | {
      readonly system: CrmSystem;
      readonly label: string;
      readonly before: string | null;
      readonly after: string | null;
      readonly records: number;
      readonly record: string;
    }
  | { readonly problem: Said }
  | { readonly why: Said };

/** What an audit would read and cost. */
export interface AuditPreview {
  readonly connection: string;
  /** Records by object name of either system. */
  readonly records: Readonly<Record<string, number>>;
  /** Objects whose records nobody has counted. */
  readonly uncounted: readonly string[];
  /** API calls for reading all; the second look at what differs comes on top. */
  readonly cost: { readonly salesforce: number; readonly hubspot: number };
  /** How long the reading takes at present limits. */
  readonly seconds: number;
  /** What audits may spend in 24 hours; null where the org's limit isn't known yet. */
  readonly salesforceCallsADay: number | null;
  /** The audit that is at work already. */
  readonly running: string | null;
}

/** What came of asking for something. Everything but `accepted` says, in a sentence, why not and what to do. */
export type Requested =
  | { readonly result: "accepted"; readonly requestId: string }
  /** Somebody has already asked for the same, and it is at work. */
  | { readonly result: "joined"; readonly requestId: string; readonly requestedBy: string }
  | { readonly result: "declined"; readonly why: Said };

export interface Subscription extends SubscriptionSettings {
  readonly id: string;
  readonly connection: string;
  readonly channel: string;
  /** Slack user id, or `configuration`. */
  readonly createdBy: string;
}

/** What is left out stays as it is, or is as usual. */
export type SubscriptionWanted = Pick<Subscription, "connection" | "channel" | "cadence"> &
  Partial<Omit<SubscriptionSettings, "cadence">>;

export interface ActionLogEntry {
  readonly at: Date;
  readonly connection: string | null;
  readonly userId: string;
  /** As it is called in English. */
  readonly action: string;
  readonly target: Said | null;
  readonly outcome: "done" | "requested" | "refused" | "failed";
  readonly detail: Said | null;
  /** By which right; null where none is needed, or it was refused. */
  readonly allowedAs: Said | null;
  /** The values that the line tells of, where it ends a fix. */
  readonly fix: WrittenValues | null;
}

/** The values of a fix: how many still stand as far as is known, and how many were put back. */
export interface WrittenValues {
  readonly requestId: string;
  readonly standing: number;
  readonly undone: number;
  readonly undoneBy: string | null;
}

/** What people can learn and ask for. Answers come from stored state but for `check`; actions become recorded requests and jobs. */
export interface Monitor {
  connectionNames(): readonly string[];

  report(connection: string): Promise<ConnectionReport>;
  /** What everybody's Home is made from. */
  home(): Promise<HomeReport>;
  /** Cheap to ask: another text whenever `home` may say something else. */
  homeVersion(): Promise<string>;
  usage(connection: string): Promise<ApiReport>;
  /** Null where the connection is no longer set up. */
  allocation(connection: string): Promise<AllocationReport | null>;
  /** Keeps what people say that HubSpot is set to; null: the configuration's number holds again. Changes nothing in HubSpot. */
  setAllocation(connection: string, calls: number | null, actor: Actor): Promise<Requested>;
  /** Open error groups, most affected records first. */
  errors(connection: string, filter: ErrorFilter, offset: number, limit: number): Promise<ErrorsPage>;
  /** By its short id, in any letter case; resolved ones too. */
  error(errorId: string): Promise<SyncErrorReport | null>;
  /** What became of an error over time, newest first. */
  errorHistory(errorId: string, limit: number): Promise<readonly SyncErrorEvent[]>;
  affectedRecords(errorId: string, offset: number, limit: number): Promise<Page<AffectedRecordReport>>;
  /** `choiceId` stands for one dialog. */
  recordChoice(choiceId: string, errorId: string): Promise<RecordChoice>;
  chooseRecords(choiceId: string, errorId: string, ticked: TickedRecords | "all" | "none"): Promise<void>;
  /** Puts the records that an error holds back into a static list in HubSpot: calls of HubSpot's, seconds for many. */
  createHubSpotList(errorId: string, actor: Actor): Promise<ListOutcome>;
  /** Open errors with every record that they hold back. */
  exportErrors(filter: ExportFilter, actor: Actor): Promise<ErrorExport>;
  /** The open suspension of a connection, else the newest one. */
  currentSuspension(connection: string): Promise<SuspensionReport | null>;
  suspension(suspensionId: string): Promise<SuspensionReport | null>;
  /** What waits for the native sync, those with the oldest change first. */
  backlog(connection: string, offset: number, limit: number): Promise<BacklogReport>;
  warning(warningId: string): Promise<WarningReport | null>;
  /** What is told of several things in one message, as they are now. */
  group(connection: string, group: Omit<Group, "problems">): Promise<GroupReport>;
  resync(requestId: string): Promise<ResyncReport | null>;
  fix(requestId: string): Promise<FixReport | null>;
  audit(requestId: string): Promise<AuditReport | null>;
  /** The newest audit that ended with a result, and the one that is at work. */
  lastAudit(connection: string): Promise<{ readonly done: AuditReport | null; readonly running: AuditReport | null }>;
  /** What an audit found, of one kind or all. */
  drift(requestId: string, kind: DriftKind | null, offset: number, limit: number): Promise<Page<DriftReport>>;

  /** Looks at one record live in both systems: seconds where they are slow. */
  check(connection: string, query: RecordQuery): Promise<CheckOutcome>;

  requestPoll(connection: string, actor: Actor): Promise<Requested>;
  acknowledge(suspensionId: string, actor: Actor): Promise<Requested>;
  requestClear(suspensionId: string, actor: Actor): Promise<Requested>;
  cancelClear(requestId: string, actor: Actor): Promise<Requested>;
  mute(errorId: string, wish: MuteWish, actor: Actor): Promise<Requested>;
  unmute(errorId: string, actor: Actor): Promise<Requested>;
  previewResync(connection: string, selection: ResyncSelection): Promise<ResyncPreview | { readonly why: Said }>;
  /** What a person has changed since `asOf`, when the preview was seen, is left alone. */
  requestResync(connection: string, selection: ResyncSelection, asOf: Date, actor: Actor): Promise<Requested>;
  cancelResync(requestId: string, actor: Actor): Promise<Requested>;
  /** What puts one record of an error right by another value (null: the first one), read live; or why nothing does. */
  fixForm(errorId: string, recordKey: string | null): Promise<FixForm | { readonly why: Said }>;
  /** Looks at a wish live, without writing anything. */
  checkFix(wish: FixWish): Promise<FixPreview>;
  requestFix(wish: FixWish, actor: Actor): Promise<Requested>;
  cancelFix(requestId: string, actor: Actor): Promise<Requested>;
  /** Has the values of a fix put back where they still stand. */
  requestUndo(requestId: string, actor: Actor): Promise<Requested>;
  savedSelections(connection: string): Promise<readonly SavedSelection[]>;
  /** Saves a selection under its name, in place of an earlier one. */
  saveSelection(connection: string, name: string, parts: readonly SelectionPart[], actor: Actor): Promise<Requested>;
  deleteSelection(connection: string, name: string, actor: Actor): Promise<Requested>;
  /** Merges HubSpot's own export of sync errors with what is known; resolves once all of it is read. */
  importErrors(connection: string, file: ExportFile, actor: Actor, listener?: ImportListener): Promise<ImportOutcome>;
  /** Counts the records of both systems: one call of Salesforce's and one of HubSpot's for each object. */
  previewAudit(connection: string): Promise<AuditPreview | { readonly why: Said }>;
  /** `expected`: the records that the preview counted, for showing how far it is. */
  requestAudit(connection: string, expected: Readonly<Record<string, number>>, actor: Actor): Promise<Requested>;
  cancelAudit(requestId: string, actor: Actor): Promise<Requested>;

  subscriptions(channel: string | null): Promise<readonly Subscription[]>;
  subscription(subscriptionId: string): Promise<Subscription | null>;
  /** Creates the subscription, or changes the channel's existing one to the same connection: the immediate one, or that with digests. */
  subscribe(wanted: SubscriptionWanted, actor: Actor): Promise<Subscription>;
  changeSubscription(subscriptionId: string, settings: SubscriptionSettings, actor: Actor): Promise<Requested>;
  removeSubscription(subscriptionId: string, actor: Actor): Promise<Requested>;
  /** Removes a channel's subscriptions (of one connection, or all); answers those removed. */
  unsubscribe(channel: string, connection: string | null, actor: Actor): Promise<readonly Subscription[]>;

  /** Whether a person hears of their own records in a direct message: they do unless they have said no. */
  wantsOwnerMessages(userId: string): Promise<boolean>;
  chooseOwnerMessages(wants: boolean, actor: Actor): Promise<void>;
  /** The connections in which owners hear of their records. */
  ownerConnections(): readonly string[];

  actionLog(connection: string | null, offset: number, limit: number): Promise<Page<ActionLogEntry>>;
  /** All of it, newest first, a portion at a time. */
  wholeActionLog(connection: string | null): AsyncIterable<ActionLogEntry>;
  /** Leaves a line about an action that rights refused. */
  logRefusal(action: string, target: Said | null, detail: Said, actor: Actor): Promise<void>;
}
