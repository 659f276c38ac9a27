import type { QuietHours } from "../health/quiet-hours.ts";
import type { SyncErrorCategory } from "../health/sync-errors.ts";
import type { WarningThresholds } from "../health/warnings.ts";
import type { LanguageTag } from "../language/tags.ts";
import type { FieldMapping } from "../records/mapping.ts";
import type { SalesforceObject, SyncedObject } from "../records/record.ts";

/** How the bot logs in as the integration user. */
export type SalesforceLogin =
  | { readonly flow: "client-credentials"; readonly clientId: string; readonly clientSecret: string }
  | { readonly flow: "jwt-bearer"; readonly clientId: string; readonly username: string; readonly privateKey: string }
  | { readonly flow: "username-password"; readonly username: string; readonly password: string };

export interface SalesforceSettings {
  /** My Domain or login host, without trailing slash. */
  readonly loginUrl: string;
  readonly login: SalesforceLogin;
  /** The day on which the secret, certificate or password expires; null where it isn't known or never does. */
  readonly loginExpires: Date | null;
}

export interface HubSpotSettings {
  readonly apiUrl: string;
  readonly token: string;
  /** The day on which the token expires, as people keep it; null where it isn't known or never does. */
  readonly tokenExpires: Date | null;
  /** Id of the inclusion list, or null where all contacts sync. */
  readonly inclusionList: string | null;
}

/** One HubSpot account and one Salesforce org, and how their native sync is set up. */
export interface ConnectionSettings {
  readonly name: string;
  readonly hubspot: HubSpotSettings;
  readonly salesforce: SalesforceSettings;
  readonly mappings: readonly FieldMapping[];
  /** The objects whose sync is switched on. */
  readonly objects: readonly SyncedObject[];
  /** What the native sync makes of a HubSpot contact that Salesforce doesn't have; null where it makes nothing. */
  readonly createContactsAs: Extract<SalesforceObject, "Contact" | "Lead"> | null;
  readonly poll: { readonly cron: string; readonly timeZone: string };
  /** How long the native sync may take before a difference counts, in milliseconds. */
  readonly graceMs: number;
  /** How long changes may wait with nothing synced before the sync counts as stalled, in milliseconds. */
  readonly stallMs: number;
  /** How long a request (resync, clear, audit) is gone on with before it is given up, in milliseconds. */
  readonly requestsExpireMs: number;
  readonly resync: {
    readonly strategy: "touch" | "write";
    /** The mapped property that `touch` writes, for each object that is to be touched. */
    readonly touchProperties: Readonly<Partial<Record<SyncedObject, string>>>;
  };
  readonly diagnosis: {
    readonly rolledBackWrites: boolean;
    /** How long before the same unchanged record may be tried again, in milliseconds. */
    readonly retryAfterMs: number;
  };
  readonly audit: {
    /** When all records are compared; null: only when somebody asks for it. */
    readonly cron: string | null;
    readonly timeZone: string;
    /** The most of Salesforce's daily calls that audits may use, 0 to 1; never more than the budget below allows in all. */
    readonly shareOfDailyLimit: number;
  };
  readonly budget: {
    /** The most of Salesforce's daily calls that the bot may use, 0 to 1. */
    readonly shareOfDailyLimit: number;
    /** Scanning stops while less than this part of the daily calls is left, 0 to 1. */
    readonly pauseBelow: number;
  };
  readonly warnings: WarningThresholds;
  /** When HubSpot owners hear of their own affected records in a direct message; null: never. */
  readonly ownerMessages: Extract<Cadence, { readonly kind: "daily" | "weekdays" }> | null;
  /** HubSpot's share of Salesforce's daily calls as it is set in HubSpot; null where it isn't known. */
  readonly allocation: number | null;
}

export interface SlackSettings {
  readonly botToken: string;
  readonly transport:
    | { readonly mode: "socket"; readonly appToken: string }
    | { readonly mode: "http"; readonly signingSecret: string; readonly port: number };
  /** Ends in `/`; Slack's own unless set. */
  readonly apiUrl: string;
}

/** A role's holders, by Slack user id (`U…`) and user group id (`S…`). */
export interface RoleHolders {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** How a channel hears of a connection. */
export interface SubscriptionSettings {
  readonly cadence: Cadence;
  /** Null: every category. */
  readonly categories: readonly SyncErrorCategory[] | null;
  /** Null: every object. */
  readonly objects: readonly SyncedObject[] | null;
  /** Sync errors that hold back fewer records are counted, and neither announced nor listed. */
  readonly atLeast: number;
  /** No digest where there is nothing to report. */
  readonly quietWhenHealthy: boolean;
  /** When nothing but suspensions is posted; what was held is told once after. */
  readonly quietHours: QuietHours | null;
  /** Where changes of what was announced are told: in its thread alone, or in the channel too. */
  readonly changes: "thread" | "channel";
  /** Null: the workspace's. */
  readonly language: LanguageTag | null;
  /** Where a suspension that nobody acknowledges is told of again, and after how long, in milliseconds. */
  readonly reminder: { readonly channel: string; readonly afterMs: number } | null;
}

/** A subscription kept in the configuration rather than made with `/sync subscribe`. */
export interface ChannelSettings extends SubscriptionSettings {
  readonly channel: string;
  /** Null: every connection. */
  readonly connection: string | null;
}

/** `time` is `HH:MM`. */
export type Cadence =
  | { readonly kind: "immediate" }
  | { readonly kind: "daily"; readonly time: string; readonly timeZone: string }
  /** Monday to Friday. */
  | { readonly kind: "weekdays"; readonly time: string; readonly timeZone: string }
  /** `weekday` 0 (Sunday) to 6. */
  | { readonly kind: "weekly"; readonly weekday: number; readonly time: string; readonly timeZone: string };

export interface Config {
  readonly connections: readonly ConnectionSettings[];
  readonly slack: SlackSettings;
  /** Null where none are set: then workspace admins and owners act, nobody else. */
  readonly roles: { readonly operators: RoleHolders; readonly admins: RoleHolders } | null;
  readonly channels: readonly ChannelSettings[];
  readonly store: { readonly databaseUrl: string } | { readonly dataDirectory: string };
  /** Of messages where nobody has chosen one. */
  readonly language: LanguageTag;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  /** Port of `/healthz` and `/metrics` on 127.0.0.1; null: none. */
  readonly operationsPort: number | null;
}
