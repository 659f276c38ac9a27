import type { DigestReport, OwnerReport, RemainingCause } from "../../health/report.ts";
import type { Said } from "../../language/sentence.ts";
import type { LanguageTag } from "../../language/tags.ts";

/**
 * What a message in Slack is about. `suspension`, `sync-error`, `warning`, `request` (a resync), `fix` and `audit` show the present state of their subject and are
 * kept current, `group` those of several; the others say what was true once.
 */
export type AnnouncementContent =
  | { readonly kind: "suspension"; readonly suspensionId: string }
  | { readonly kind: "sync-error"; readonly errorId: string }
  | { readonly kind: "warning"; readonly warningId: string }
  | { readonly kind: "request"; readonly requestId: string }
  | { readonly kind: "fix"; readonly requestId: string }
  | { readonly kind: "audit"; readonly requestId: string }
  | { readonly kind: "digest"; readonly digest: DigestReport }
  | ({ readonly kind: "group" } & Group)
  | { readonly kind: "owner"; readonly owner: OwnerReport }
  | { readonly kind: "reminder"; readonly suspensionId: string; readonly channel: string }
  | { readonly kind: "note"; readonly note: Note }
  | { readonly kind: "problem"; readonly problem: Problem };

/** Several things that a channel is told of in one message. Times are ISO 8601. */
export interface Group {
  readonly errorIds: readonly string[];
  readonly warningIds: readonly string[];
  readonly problems: readonly Problem[];
  /** Since when they were held, and until when; null where they weren't. */
  readonly quiet: { readonly from: string; readonly to: string } | null;
}

/** One line in the thread of a message: what became of its subject. `at` is ISO 8601. */
export type Note =
  /** `times`: how often it was reminded of, this time included. */
  | { readonly about: "suspension-unacknowledged"; readonly since: string; readonly times: number; readonly at: string }
  | { readonly about: "suspension-acknowledged"; readonly by: string; readonly at: string }
  | { readonly about: "suspension-worsened"; readonly kinds: readonly string[]; readonly at: string }
  | { readonly about: "suspension-healed"; readonly durationMs: number; readonly waiting: number; readonly at: string }
  | {
      readonly about: "suspension-cleared";
      readonly by: string;
      readonly durationMs: number;
      readonly waiting: number;
      readonly at: string;
    }
  /** Suspended for the same cause once more, as the `times`th time since then. */
  | { readonly about: "suspension-returned"; readonly times: number; readonly since: string; readonly at: string }
  /** A suspension that is over, summed up. */
  | {
      readonly about: "suspension-over";
      readonly kind: string;
      /** Of all its times together. */
      readonly durationMs: number;
      readonly times: number;
      readonly acknowledgedBy: string | null;
      readonly clearedBy: string | null;
      readonly mostWaiting: number;
      /** Of what waited: found to be in error since. */
      readonly inError: number;
      /** By resyncs, since it was over. */
      readonly resynced: number;
      readonly left: number;
      readonly at: string;
    }
  | { readonly about: "clear-started"; readonly by: string; readonly at: string }
  | {
      readonly about: "clear-failed";
      readonly by: string;
      readonly why: Said;
      readonly remaining?: readonly RemainingCause[];
      readonly at: string;
    }
  /** The cause is gone and nothing moves: HubSpot has to be told by its own button. */
  | {
      readonly about: "clear-asks-hubspot";
      readonly by: string;
      readonly url: string | null;
      readonly until: string | null;
      readonly at: string;
    }
  | { readonly about: "clear-cancelled"; readonly by: string; readonly at: string }
  | { readonly about: "clear-expired"; readonly by: string; readonly why: Said; readonly at: string }
  | { readonly about: "error-resolved"; readonly at: string }
  | {
      readonly about: "error-speaks-again";
      readonly mutedBy: string | null;
      readonly before: number;
      readonly records: number;
      readonly at: string;
    }
  | {
      readonly about: "error-muted";
      readonly by: string;
      readonly until: string | null;
      /** Left out in notes from before there were reasons. */
      readonly reason?: string | null;
      readonly at: string;
    }
  | { readonly about: "error-unmuted"; readonly by: string; readonly at: string }
  | { readonly about: "warning-over"; readonly at: string }
  | { readonly about: "resync-finished"; readonly by: string; readonly outcome: Said; readonly at: string }
  | {
      readonly about: "fix-finished";
      readonly by: string;
      readonly isUndo: boolean;
      readonly outcome: Said;
      readonly at: string;
    }
  | { readonly about: "audit-finished"; readonly by: string; readonly outcome: Said; readonly at: string };

/** Something that keeps the bot itself from working: shown to subscribers, and gone again by itself. */
export type Problem =
  | {
      readonly about: "hubspot-unreachable" | "salesforce-unreachable";
      readonly statement: Said;
      readonly instruction: Said;
      readonly at: string;
    }
  | { readonly about: "hubspot-recovered" | "salesforce-recovered"; readonly at: string }
  | { readonly about: "job-abandoned"; readonly job: string; readonly statement: Said; readonly at: string };

/** An announcement about to be posted or updated. Dates inside a digest are Dates again. */
export interface Announcement {
  readonly key: string;
  readonly connection: string;
  readonly channel: string;
  /** `ts` of the message in whose thread it goes; null for a message of its own. */
  readonly threadTs: string | null;
  readonly content: AnnouncementContent;
  readonly state: "pending" | "posting" | "posted";
  readonly revision: number;
  readonly ts: string | null;
  /** A note that is shown in the channel as well as in its thread. */
  readonly isBroadcast: boolean;
  /** The channel's choice; null where it has made none. */
  readonly language: LanguageTag | null;
}

/** Where announcements go. Implemented by the Slack side; keeps posting apart from deciding what to post. */
export interface Announcer {
  /**
   * Posts what is pending in a channel and updates what is no longer current, in order, once each. Rejects when Slack is out
   * of reach or limits the rate, so that the job is tried again; what has been posted stays posted.
   */
  deliver(channel: string): Promise<void>;
}

/** The stored announcements, as the announcer works through them. */
export interface Outbox {
  /** What a channel is owed, in order: pending ones, and posted ones that are no longer current. Thread notes follow their parent. */
  due(channel: string, limit: number): Promise<readonly Announcement[]>;
  /**
   * Marks an announcement as being posted. `post`: nobody has tried yet. `look`: an earlier attempt ended in the open, so the
   * message may already be in the channel, to be found by `key` in its metadata.
   */
  begin(key: string): Promise<"post" | "look">;
  /** Saves where the message is and which revision it shows. */
  posted(key: string, ts: string, revision: number): Promise<void>;
  /** Gives up on an announcement for good (channel gone, bot removed), with the reason. */
  abandon(key: string, reason: string): Promise<void>;
}
