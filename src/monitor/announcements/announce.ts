import type { Transaction } from "kysely";
import type { SyncErrorCategory } from "../../health/sync-errors.ts";
import { insertAnnouncement, messagesAbout, raiseRevision } from "../../store/announcements.ts";
import type { Database } from "../../store/schema.ts";
import { listSubscriptions } from "../../store/subscriptions.ts";
import type { MonitorContext } from "../context.ts";
import type { AnnouncementContent, Note } from "./announcement.ts";

type Parts = Pick<MonitorContext, "jobs" | "clock">;

/** Posts something once to one channel. Nothing happens where that message is already owed or posted. */
export async function announceToChannel(
  trx: Transaction<Database>,
  { jobs, clock }: Parts,
  announcement: { connection: string; channel: string; subject: string; content: AnnouncementContent },
): Promise<void> {
  const { connection, channel, subject, content } = announcement;
  const key = `${subject}:${channel}`;
  const isNew = await insertAnnouncement(
    trx,
    { key, subject, connection, channel, threadOf: null, content: { ...content } },
    clock.now(),
  );
  if (isNew) await jobs.send({ kind: "announce", channel }, { transaction: trx });
}

/**
 * Posts something once to the channels that subscribe to a connection: what concerns the whole connection to all of them at
 * once, what concerns one category of errors to those that asked to hear of it immediately.
 */
export async function announceToSubscribers(
  trx: Transaction<Database>,
  parts: Parts,
  announcement: { connection: string; subject: string; content: AnnouncementContent; category?: SyncErrorCategory },
): Promise<void> {
  const { category, ...rest } = announcement;
  const subscriptions = await listSubscriptions(trx, { connection: announcement.connection });
  const wanted = subscriptions.filter(
    ({ cadence, categories }) =>
      category === undefined || (cadence.kind === "immediate" && (categories === null || categories.includes(category))),
  );
  for (const channel of new Set(wanted.map((subscription) => subscription.channel))) {
    await announceToChannel(trx, parts, { ...rest, channel });
  }
}

/** Has the messages about a subject shown anew, because what they show has changed. */
export async function refreshAnnouncements(
  trx: Transaction<Database>,
  { jobs }: Pick<Parts, "jobs">,
  subject: string,
): Promise<void> {
  for (const channel of await raiseRevision(trx, subject)) await jobs.send({ kind: "announce", channel }, { transaction: trx });
}

/** Adds one line to the thread of every message about a subject. The same note twice (same kind and time) is one. */
export async function noteInThreads(
  trx: Transaction<Database>,
  { jobs, clock }: Parts,
  subject: string,
  note: Note,
): Promise<void> {
  for (const message of await messagesAbout(trx, subject)) {
    const { key, channel, connection } = message;
    const content: AnnouncementContent = { kind: "note", note };
    const noteKey = `${key}:${note.about}:${note.at}`;
    await insertAnnouncement(
      trx,
      { key: noteKey, subject, connection, channel, threadOf: key, content: { ...content } },
      clock.now(),
    );
    await jobs.send({ kind: "announce", channel }, { transaction: trx });
  }
}
