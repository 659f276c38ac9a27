import type { Said } from "../language/sentence.ts";
import type { Direction } from "../records/mapping.ts";
import type { CrmSystem, SyncedObject } from "../records/record.ts";
import type { DriftDetails, DriftKind } from "./drift.ts";
import type { Evidence } from "./evidence.ts";
import type { Flapping } from "./flapping.ts";
import type { SuspensionCause, SuspensionKind } from "./suspensions.ts";
import type { RecordReference, SyncErrorCategory, SyncErrorType } from "./sync-errors.ts";
import type { Warning } from "./warnings.ts";

/** What is shown of a connection. Built from stored state alone; null means not known and is shown as such. */
export interface ConnectionReport {
  readonly connection: string;
  readonly state: "healthy" | "errors" | "suspended" | "unknown";
  /** When the state was last seen; null before the first poll. */
  readonly asOf: Date | null;
  /** Why the newest poll could not look, where it could not; the state is then the last known. */
  readonly problem: Evidence | null;
  readonly suspension: SuspensionReport | null;
  readonly categories: readonly CategoryCount[];
  /** Those that stand, oldest first. */
  readonly warnings: readonly WarningReport[];
  readonly api: ApiReport;
  readonly syncedToSalesforceAt: Date | null;
  readonly syncedToHubSpotAt: Date | null;
  readonly waiting: WaitingCount;
  readonly backlog: BacklogFigures;
  readonly links: ConnectionLinks;
}

/** Changes that wait for the native sync, by the side they were made on. */
export interface WaitingCount {
  readonly hubspot: number;
  readonly salesforce: number;
}

/** How a backlog stands; null means not known. */
export interface BacklogFigures {
  /** When the oldest change that waits was made; null where none waits. */
  readonly oldestAt: Date | null;
  /** How many changes an hour are worked off, what comes in meanwhile taken off. */
  readonly perHour: number | null;
  /** When it is worked off at this rate. */
  readonly endsAt: Date | null;
}

/** Records that wait for the native sync, a page of them, those with the oldest change first. */
export interface BacklogReport {
  readonly connection: string;
  /** When that was last looked at; null before the first poll. */
  readonly asOf: Date | null;
  readonly suspended: boolean;
  readonly waiting: WaitingCount;
  readonly figures: BacklogFigures;
  readonly records: readonly WaitingRecordReport[];
  readonly total: number;
  readonly offset: number;
  readonly links: ConnectionLinks;
}

export interface WaitingRecordReport {
  readonly record: RecordReference;
  readonly changedIn: CrmSystem;
  readonly changedAt: Date;
}

/** Something that will go wrong unless somebody acts. */
export interface WarningReport extends Warning {
  readonly id: string;
  readonly connection: string;
  readonly openedAt: Date;
  readonly lastSeenAt: Date;
  /** Null while it stands. */
  readonly closedAt: Date | null;
  readonly links: ConnectionLinks;
}

export interface CategoryCount {
  readonly category: SyncErrorCategory;
  readonly errors: number;
  readonly affectedRecords: number;
}

/** Where things are, for links; null where the id that the URL needs isn't known yet. */
export interface ConnectionLinks {
  /** HubSpot's Sync Health screen of the integration. */
  readonly syncHealth: string | null;
  readonly hubspotBase: string | null;
  readonly salesforceBase: string | null;
}

export interface ApiReport {
  readonly used: number | null;
  readonly max: number | null;
  readonly asOf: Date | null;
  /** HubSpot's calls in the last 24 hours, where event logs tell; its allocation, where people set it. */
  readonly hubspotCalls: number | null;
  readonly allocation: number | null;
  /** When the calls run out at the present rate; null when they don't within a day, or it isn't known. */
  readonly exhaustedAt: Date | null;
  /** Calls an hour at the present rate. */
  readonly perHour: number | null;
  /** Use over the last seven days, oldest first, at most 168 points. */
  readonly samples: readonly { readonly at: Date; readonly used: number }[];
}

export interface SuspensionReport {
  readonly id: string;
  readonly connection: string;
  readonly kind: SuspensionKind;
  readonly state: "suspected" | "open" | "closed";
  readonly causes: readonly SuspensionCause[];
  readonly openedAt: Date;
  readonly lastSeenAt: Date;
  /** Since when the cause is no longer seen, while the sync still hasn't been seen to move. */
  readonly causeGoneAt: Date | null;
  readonly closedAt: Date | null;
  readonly closeReason: "healed" | "cleared" | "blip" | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Date | null;
  readonly clearedBy: string | null;
  /** Changes that wait; once it is closed, those of them that were made while its cause was seen. */
  readonly waiting: WaitingCount;
  readonly backlog: BacklogFigures;
  /** The most changes that have waited on both sides together. */
  readonly mostWaiting: number;
  /** How often it has come back, where it keeps doing so. */
  readonly flapping: Flapping | null;
  /** The newest clear request, with its steps. */
  readonly clearing: ClearReport | null;
  readonly links: ConnectionLinks;
}

export type ClearStep = "retest" | "nudge" | "watch" | "backlog";
export type ClearStepState = "waiting" | "running" | "done" | "failed";

export interface ClearReport {
  readonly requestId: string;
  readonly requestedBy: string;
  readonly expiresAt: Date | null;
  readonly state: "running" | Exclude<RequestState, "requested" | "running" | "verifying">;
  readonly steps: readonly {
    readonly step: ClearStep;
    readonly state: ClearStepState;
    readonly note: Said | null;
  }[];
  /** The cause is gone and nothing moves: HubSpot has to be told by its own button. */
  readonly asksHubSpot: boolean;
  /** What still holds, where that is why it failed. */
  readonly remaining: readonly RemainingCause[];
  readonly cancelledBy: string | null;
  readonly outcome: Said | null;
}

/** A cause that a clear has met again. */
export interface RemainingCause {
  readonly kind: SuspensionKind;
  /** What was seen: it names the field, object, user or limit. */
  readonly statement: Said;
  /** Where it is put right; null where that address isn't known. */
  readonly url: string | null;
}

export interface SyncErrorReport {
  readonly id: string;
  readonly connection: string;
  readonly category: SyncErrorCategory;
  readonly type: SyncErrorType;
  readonly direction: Direction;
  readonly object: SyncedObject;
  readonly hubspotProperty: string | null;
  readonly salesforceField: string | null;
  readonly details: Readonly<Record<string, string>>;
  readonly evidence: Evidence;
  readonly affectedRecords: number;
  /** When it was seen for the very first time. */
  readonly firstSeenAt: Date;
  /** When it was opened, the last time; how often it has been. */
  readonly openedAt: Date;
  readonly occurrences: number;
  readonly lastSeenAt: Date;
  readonly resolvedAt: Date | null;
  /** Null where it speaks. Until null: until it is resolved. */
  readonly mute: { readonly until: Date | null; readonly by: string | null; readonly reason: string | null } | null;
  readonly links: ConnectionLinks;
}

/** What became of a sync error: `otherId` is the error that it goes on from, or goes on as. */
export interface SyncErrorEvent {
  readonly at: Date;
  readonly kind: "opened" | "resolved" | "reopened" | "continues" | "continued-as";
  readonly otherId: string | null;
}

export interface OtherError {
  readonly errorId: string;
  readonly type: SyncErrorType;
}

export interface AffectedRecordReport extends RecordReference {
  /** What it goes by in the store. */
  readonly key: string;
  /** The other errors that hold the record back: those that the native sync meets before this one, and after it. */
  readonly before: readonly OtherError[];
  readonly after: readonly OtherError[];
  readonly value: string | null;
  readonly firstSeenAt: Date;
  readonly evidence: Evidence;
}

/** A digest as it was when it was due; kept whole, since it speaks of that moment. */
export interface DigestReport {
  readonly report: ConnectionReport;
  /** What changed is told from there on. */
  readonly from: Date;
  readonly to: Date;
  /** Of a new subscription: how things stand, with nothing to compare it with. */
  readonly isFirst: boolean;
  /** What the channel hears of; null: everything. */
  readonly filter: {
    readonly categories: readonly SyncErrorCategory[] | null;
    readonly objects: readonly SyncedObject[] | null;
  } | null;
  readonly appeared: ErrorChange;
  readonly resolved: ErrorChange;
  readonly grown: ErrorChange & { readonly by: number };
  /** The worst of those that are listed. */
  readonly top: readonly SyncErrorReport[];
  /** All that the channel hears of, muted and small ones too. */
  readonly totalErrors: number;
  readonly totalAffectedRecords: number;
  /** Counted and not listed. */
  readonly muted: ErrorCount;
  readonly small: ErrorCount & { readonly atLeast: number };
  readonly suspensions: readonly SuspensionReport[];
  /** The whole connection: one point a day ("2026-11-23"), at most seven, oldest first. */
  readonly trend: readonly { readonly day: string; readonly affectedRecords: number; readonly errors: number }[];
}

export interface ErrorCount {
  readonly errors: number;
  readonly affectedRecords: number;
}

/** Sync errors of which the same became: how many, and the first of them, those with most affected records first. */
export interface ErrorChange {
  readonly total: number;
  readonly first: readonly SyncErrorReport[];
}

/** The affected records of one HubSpot owner, as they were when they were told. Holds no Date: it is stored as it is. */
export interface OwnerReport {
  readonly connection: string;
  readonly total: number;
  /** The first of them. */
  readonly records: readonly {
    readonly record: RecordReference;
    readonly errorId: string;
    readonly type: SyncErrorType;
  }[];
  readonly links: ConnectionLinks;
}

/** Several things that are told in one message, as they are now. */
export interface GroupReport {
  readonly connection: string;
  /** Those that stand first, with most affected records first. */
  readonly errors: readonly SyncErrorReport[];
  readonly warnings: readonly WarningReport[];
  /** Since when they were held, and until when; null where they weren't. */
  readonly quiet: { readonly from: Date; readonly to: Date } | null;
}

/** Where a request is: at work in the first three, over in the others. */
export type RequestState = "requested" | "running" | "verifying" | "done" | "failed" | "cancelled" | "expired";

/** A resync request, as its message shows it. */
export interface ResyncReport {
  readonly requestId: string;
  readonly connection: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** What was asked for, in words: "error E7K3Q", "all errors". */
  readonly target: Said;
  readonly strategy: "touch" | "write";
  readonly state: RequestState;
  readonly total: number;
  readonly sent: number;
  readonly synced: number;
  readonly failing: number;
  /** By people, since it was asked for. */
  readonly changed: number;
  readonly skipped: number;
  readonly gone: number;
  /** Why records still fail or were skipped, most frequent first. */
  readonly reasons: readonly { readonly reason: Said; readonly records: number }[];
  /** Why it waits, when it does: API calls run low, the sync is suspended. */
  readonly pause: Said | null;
  readonly finishedAt: Date | null;
  readonly outcome: Said | null;
}

/** A fix or the undoing of one, as its message shows it. */
export interface FixReport {
  readonly requestId: string;
  readonly connection: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** What is put right, in words: "error E7K3Q", "fix of error E7K3Q". */
  readonly target: Said;
  /** Whether it puts the values of an earlier fix back. */
  readonly isUndo: boolean;
  readonly system: CrmSystem;
  /** What people call the field there. */
  readonly label: string;
  /** As people know the values; null for none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly state: RequestState;
  readonly total: number;
  readonly written: number;
  readonly synced: number;
  readonly failing: number;
  /** Left as they are, since they no longer had the value from before. */
  readonly left: number;
  readonly gone: number;
  /** Why records still fail or were left alone, most frequent first. */
  readonly reasons: readonly { readonly reason: Said; readonly records: number }[];
  readonly pause: Said | null;
  readonly finishedAt: Date | null;
  readonly outcome: Said | null;
  /** Of its values: how many can be put back, how many were, and by whom. */
  readonly standing: number;
  readonly undone: number;
  readonly undoneBy: string | null;
}

/** An audit, as its message shows it. */
export interface AuditReport {
  readonly requestId: string;
  readonly connection: string;
  /** A Slack user, or `configuration` for the nightly one. */
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly state: RequestState;
  /** What it is at: reading a system's object or the inclusion list, or comparing what was read; null before and after. */
  readonly at:
    | { readonly doing: "reading"; readonly system: CrmSystem; readonly object: string }
    | { readonly doing: "reading-members" }
    | { readonly doing: "comparing" }
    | { readonly doing: "verifying"; readonly looked: number; readonly candidates: number }
    | null;
  /** Records read, and how many there are as far as that is known. */
  readonly read: readonly {
    readonly system: CrmSystem;
    readonly object: string;
    readonly records: number;
    readonly expected: number | null;
  }[];
  readonly unread: readonly { readonly object: string; readonly why: Said }[];
  readonly calls: { readonly salesforce: number; readonly hubspot: number };
  /** What was found of each kind so far; `fresh`: not found by the audit before. */
  readonly found: readonly { readonly kind: DriftKind; readonly found: number; readonly fresh: number }[];
  readonly hasEarlier: boolean;
  /** The first of each kind. Empty while it is at work, and once a later audit has taken its place. */
  readonly examples: readonly DriftReport[];
  /** Differences that are no drift. */
  readonly left: { readonly byRule: number; readonly inError: number; readonly waiting: number };
  /** Why it waits, when it does. */
  readonly pause: Said | null;
  readonly finishedAt: Date | null;
  readonly outcome: Said | null;
  readonly links: ConnectionLinks;
}

/** One record that has drifted. */
export interface DriftReport {
  readonly kind: DriftKind;
  readonly record: RecordReference;
  readonly details: DriftDetails;
  readonly isNew: boolean;
}
