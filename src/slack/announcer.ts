import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Clock } from "../health/clock.ts";
import { ENGLISH, type Language, languageFor } from "../language/language.ts";
import { sentence } from "../language/sentence.ts";
import type { Announcement, Announcer, Outbox } from "../monitor/announcements/announcement.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { announcementMessage } from "./announcement-message.ts";
import type { Message, MessageBlock } from "./blocks/message.ts";
import { createDirectMessages } from "./direct-messages.ts";
import { explainSlackFailure, SlackDeliveryError, type SlackFailure } from "./failure.ts";
import { wait } from "./wait.ts";

const METADATA_TYPE = "syncwarden_announcement";

/** Slack takes one message a second in a channel (its rate limits for chat.postMessage); in milliseconds. */
const POST_INTERVAL_MS = 1_000;

/** How much of a channel is searched for a message that may have been posted: pages of 200 messages. */
const SEARCHED_PAGES = 5;

const BATCH = 20;

interface Content {
  readonly text: string;
  readonly blocks: MessageBlock[];
}

export interface AnnouncerParts {
  readonly slack: WebClient;
  readonly monitor: Monitor;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What a channel reads that has chosen no language. */
  readonly defaultLanguage: Language;
  /** Ends waiting and further posting when the process stops. */
  readonly signal: AbortSignal;
  /** Hears of every failure to deliver, and of null after a success. */
  readonly onFailure: (failure: SlackFailure | null) => void;
}

/** Posts announcements once each and keeps them current. A channel that Slack holds back holds back no other. */
export function createAnnouncer(parts: AnnouncerParts): Announcer {
  const { slack, monitor, outbox, defaultLanguage, clock, logger, signal, onFailure } = parts;
  const directMessages = createDirectMessages(slack, monitor);
  const turns = new Map<string, Promise<void>>();
  const pausedUntil = new Map<string, number>();
  const postedAt = new Map<string, number>();

  async function deliverChannel(channel: string): Promise<void> {
    const pause = (pausedUntil.get(channel) ?? 0) - clock.now().getTime();
    if (pause > 0) {
      const seconds = Math.ceil(pause / 1000);
      throw new SlackDeliveryError(channel, {
        kind: "busy",
        code: "ratelimited",
        statement: sentence("Slack limits the rate in this channel: the next try is in {seconds, number} s.", { seconds }),
        retryAfterSeconds: seconds,
      });
    }
    while (!signal.aborted) {
      const due = await outbox.due(channel, BATCH);
      if (due.length === 0) return;
      for (const announcement of due) {
        if (signal.aborted) return;
        await deliverOne(announcement);
      }
    }
  }

  async function deliverOne(stored: Announcement): Promise<void> {
    const place = await directMessages.place(stored.channel);
    if ("why" in place) return outbox.abandon(stored.key, place.why);
    const announcement = { ...stored, channel: place.channel };
    const { language: chosen } = announcement;
    const t = chosen === null ? defaultLanguage : languageFor(chosen);
    const message = await announcementMessage(t, monitor, announcement);
    if (message === null) {
      await outbox.abandon(announcement.key, "What it was about is no longer stored");
      return;
    }
    if (announcement.ts !== null) return update(announcement, announcement.ts, message);
    const posted = (await outbox.begin(announcement.key)) === "look" ? await find(announcement) : null;
    if (posted !== null) {
      // What stands there may be older than what it should show: saved as an earlier revision, it is updated next.
      await outbox.posted(announcement.key, posted, announcement.revision - 1);
      return;
    }
    const ts = await post(announcement, message);
    if (ts !== null) await outbox.posted(announcement.key, ts, announcement.revision);
  }

  /** Answers the new message's ts, or null where it was given up for good. */
  async function post(announcement: Announcement, message: Message): Promise<string | null> {
    const { channel, key, threadTs, isBroadcast } = announcement;
    await wait((postedAt.get(channel) ?? 0) + POST_INTERVAL_MS - clock.now().getTime(), signal);
    const about = {
      channel,
      metadata: { event_type: METADATA_TYPE, event_payload: { key } },
      unfurl_links: false,
      unfurl_media: false,
    };
    const place = threadTs === null ? {} : isBroadcast ? { thread_ts: threadTs, reply_broadcast: true } : { thread_ts: threadTs };
    return attempt(
      announcement,
      async (content) => {
        const { ts } = await slack.chat.postMessage({ ...about, ...place, ...content });
        postedAt.set(channel, clock.now().getTime());
        if (ts === undefined) throw new Error("chat.postMessage answered without ts");
        return ts;
      },
      message,
    );
  }

  async function update(announcement: Announcement, ts: string, message: Message): Promise<void> {
    const { channel, key, revision } = announcement;
    const updated = await attempt(
      announcement,
      async (content) => {
        await slack.chat.update({ channel, ts, ...content });
        return ts;
      },
      message,
    );
    if (updated !== null) await outbox.posted(key, ts, revision);
  }

  /** Sends a message; one that Slack refuses to render is sent as its text alone, so that nothing is lost. */
  async function attempt(
    announcement: Announcement,
    send: (content: Content) => Promise<string>,
    message: Message,
  ): Promise<string | null> {
    try {
      const ts = await send({ text: message.text, blocks: [...message.blocks] });
      onFailure(null);
      return ts;
    } catch (error) {
      const failure = explainSlackFailure(error);
      if (failure.kind === "content" && message.blocks.length > 0) {
        logger.error(
          { key: announcement.key, code: failure.code },
          "Slack refused the blocks of an announcement; sending its text alone",
        );
        return attempt(announcement, send, { text: message.text, blocks: [] });
      }
      return giveUpOrThrow(announcement, failure, error);
    }
  }

  async function giveUpOrThrow(announcement: Announcement, failure: SlackFailure, error: unknown): Promise<null> {
    const { channel, key, ts, revision } = announcement;
    if (failure.kind === "message" && ts !== null) {
      logger.warn({ key, channel, code: failure.code }, "A message is gone from Slack or can't be changed; it is left as it is");
      await outbox.posted(key, ts, revision);
      return null;
    }
    if (failure.kind === "channel" || failure.kind === "content" || failure.kind === "message") {
      logger.error(
        { key, channel, code: failure.code, instruction: ENGLISH.render(failure.statement) },
        "An announcement can't be posted and is given up",
      );
      await outbox.abandon(key, ENGLISH.render(failure.statement));
      return null;
    }
    if (failure.retryAfterSeconds !== null) pausedUntil.set(channel, clock.now().getTime() + failure.retryAfterSeconds * 1000);
    onFailure(failure);
    throw new SlackDeliveryError(channel, failure, { cause: error });
  }

  /** The ts of the message that an earlier attempt may have left in the channel, by the key in its metadata. */
  async function find(announcement: Announcement): Promise<string | null> {
    const { channel, threadTs } = announcement;
    let cursor: string | undefined;
    for (let page = 0; page < SEARCHED_PAGES; page += 1) {
      const options = { channel, include_all_metadata: true, limit: 200, ...(cursor === undefined ? {} : { cursor }) };
      try {
        const answer =
          threadTs === null
            ? await slack.conversations.history(options)
            : await slack.conversations.replies({ ...options, ts: threadTs });
        const found = answer.messages?.find((message) => announcementKey(message) === announcement.key);
        if (found?.ts !== undefined) return found.ts;
        cursor = answer.response_metadata?.next_cursor;
      } catch (error) {
        const failure = explainSlackFailure(error);
        // A channel or thread that is gone holds no message; posting then says so and gives up.
        if (failure.kind === "channel" || failure.kind === "message") return null;
        await giveUpOrThrow(announcement, failure, error);
      }
      if (cursor === undefined || cursor === "") return null;
    }
    return null;
  }

  return {
    deliver(channel) {
      const before = turns.get(channel) ?? Promise.resolve();
      const turn = before.catch(() => undefined).then(() => deliverChannel(channel));
      turns.set(channel, turn);
      return turn.finally(() => {
        if (turns.get(channel) === turn) turns.delete(channel);
      });
    },
  };
}

function announcementKey(message: object): string | null {
  if (!("metadata" in message) || typeof message.metadata !== "object" || message.metadata === null) return null;
  const { event_type: type, event_payload: payload } = message.metadata as { event_type?: unknown; event_payload?: unknown };
  if (type !== METADATA_TYPE || typeof payload !== "object" || payload === null || !("key" in payload)) return null;
  return typeof payload.key === "string" ? payload.key : null;
}
