import type { Block } from "../block-kit/stored.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** Null: a bot has none. */
  readonly email: string | null;
  readonly tz: string;
  readonly tzLabel: string;
  /** Seconds east of UTC. */
  readonly tzOffset: number;
  readonly locale: string;
  readonly isAdmin: boolean;
  readonly isOwner: boolean;
  readonly isBot: boolean;
  readonly deleted: boolean;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im";
  readonly isArchived: boolean;
  readonly members: readonly string[];
  /** Seconds since 1970. */
  readonly created: number;
}

export interface SlackUserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
}

export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly byBot: boolean;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments: readonly unknown[];
  readonly threadTs: string | null;
  readonly broadcast: boolean;
  readonly metadata: JsonObject | null;
  /** Who alone sees it; null for everyone. */
  readonly ephemeralTo: string | null;
  readonly edited: { readonly user: string; readonly ts: string } | null;
  readonly files: readonly string[];
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** A deleted message that still has replies. */
  readonly tombstone: boolean;
  /** How the bot sent it. */
  readonly via: "api" | "response_url" | "ack" | "user" | "slackbot";
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly user: string;
  readonly content: Uint8Array;
  /** Seconds since 1970. */
  readonly created: number;
  /** Channels it was shared in, with the message there. */
  readonly shares: readonly { readonly channel: string; readonly ts: string }[];
}

export interface SlackView {
  readonly id: string;
  readonly hash: string;
  readonly kind: "modal" | "home";
  readonly user: string;
  /** As the app gave it, with its blocks as stored. */
  readonly content: JsonObject & { readonly blocks: readonly Block[] };
  readonly rootViewId: string;
  readonly previousViewId: string | null;
  /** block_id → action_id → value. */
  readonly values: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

/** What of the workspace changed; the page refreshes by it, the control paths wait by it. */
export type SlackChange =
  | {
      readonly kind: "message";
      readonly channel: string;
      readonly ts: string;
      readonly ephemeralTo: string | null;
      readonly byBot: boolean;
    }
  | { readonly kind: "view"; readonly user: string; readonly viewId: string | null }
  | { readonly kind: "home"; readonly user: string }
  | { readonly kind: "file"; readonly fileId: string };
