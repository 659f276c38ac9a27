import type { Transaction } from "kysely";
import { messagesAbout, raiseRevision } from "../../store/announcements.ts";
import type { Database } from "../../store/schema.ts";
import { listSubscriptions, type StoredSubscription, settingsOf } from "../../store/subscriptions.ts";
import type { MonitorContext } from "../context.ts";
import type { AnnouncementContent, Note } from "./announcement.ts";
import { addToGroup } from "./group.ts";
import { owe } from "./owe.ts";
import { quietEnd } from "./who-hears.ts";

type Parts = Pick<MonitorContext, "jobs" | "clock">;

/**
 * Posts something once to one channel. Nothing happens where that message is already owed or posted.
 * `notBefore`: the end of quiet hours that it waits for; `matters`: what else it is about, whose changes it shows.
 */
export async function announceToChannel(
  trx: Transaction<Database>,
  parts: Parts,
  announcement: {
    connection: string;
    channel: string;
    subject: string;
    content: AnnouncementContent;
    notBefore?: Date | null;
    matters?: readonly string[];
  },
): Promise<void> {
  const { subject, channel, content } = announcement;
  await owe(trx, parts, { ...announcement, key: `${subject}:${channel}`, threadOf: null, content: { ...content } });
}

/**
 * Posts something once to the channels that subscribe to a connection. A channel in its quiet hours hears of suspensions at
 * once, and of all else together when they are over.
 */
export async function announceToSubscribers(
  trx: Transaction<Database>,
  parts: Parts,
  announcement: { connection: string; subject: string; content: AnnouncementContent },
): Promise<void> {
  const { connection, subject, content } = announcement;
  const now = parts.clock.now();
  for (const [channel, subscriptions] of byChannel(await listSubscriptions(trx, { connection }))) {
    const until = content.kind === "suspension" ? null : quietEnd(subscriptions.map(settingsOf), now);
    const held = until === null ? null : heldIn(content);
    if (until !== null && held !== null) {
      await addToGroup(trx, parts, { connection, channel, heldUntil: until, ...held, matters: [subject] });
    } else {
      await announceToChannel(trx, parts, { ...announcement, channel, notBefore: until });
    }
  }
}

/** What is told together with all else that was held; null for what is a message of its own. */
function heldIn(content: AnnouncementContent) {
  if (content.kind === "warning") return { warningIds: [content.warningId] };
  if (content.kind === "problem") return { problems: [content.problem] };
  return null;
}

/** Subscriptions by the channel that they are of. */
export function byChannel(subscriptions: readonly StoredSubscription[]) {
  return Map.groupBy(subscriptions, ({ channel }) => channel);
}

/** Has the messages about a subject shown anew, because what they show has changed. */
export async function refreshAnnouncements(
  trx: Transaction<Database>,
  { jobs }: Pick<Parts, "jobs">,
  subject: string,
): Promise<void> {
  for (const channel of await raiseRevision(trx, subject)) await jobs.send({ kind: "announce", channel }, { transaction: trx });
}

/**
 * Adds one line to the thread of every message about a subject, for the channel to see too where it chose so. The same note
 * twice (same kind and time) is one. In quiet hours notes wait, but for those about suspensions and about what people asked for.
 */
export async function noteInThreads(trx: Transaction<Database>, parts: Parts, subject: string, note: Note): Promise<void> {
  const now = parts.clock.now();
  for (const message of await messagesAbout(trx, subject)) {
    const { key, channel, connection, isGroup } = message;
    // A message about several errors shows itself which are resolved: fifty lines would say no more.
    if (isGroup && note.about === "error-resolved") continue;
    const subscriptions = (await listSubscriptions(trx, { connection, channel })).map(settingsOf);
    const isAtOnce = /^(?:suspension|request|fix|audit):/.test(subject);
    const notBefore = isAtOnce ? null : quietEnd(subscriptions, now);
    const isBroadcast = notBefore === null && subscriptions.some(({ changes }) => changes === "channel");
    const content: AnnouncementContent = { kind: "note", note };
    const noteKey = `${key}:${note.about}:${note.at}`;
    const about = { subject, connection, channel, threadOf: key, content: { ...content } };
    await owe(trx, parts, { key: noteKey, ...about, notBefore, isBroadcast });
  }
}
