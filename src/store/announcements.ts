import { type Kysely, sql, type Transaction } from "kysely";
import type { AnnouncementTable, Database } from "./schema.ts";

/** An announcement as stored, with the `ts` of its thread's parent. */
export interface StoredAnnouncement {
  readonly key: string;
  readonly subject: string;
  readonly connection: string;
  readonly channel: string;
  readonly threadOf: string | null;
  readonly threadTs: string | null;
  readonly content: Record<string, unknown>;
  readonly state: AnnouncementTable["state"];
  readonly revision: number;
  readonly ts: string | null;
}

export interface NewAnnouncement {
  readonly key: string;
  readonly subject: string;
  readonly connection: string;
  readonly channel: string;
  readonly threadOf: string | null;
  readonly content: Record<string, unknown>;
}

/** Adds an announcement to the outbox; one whose key is there already is left as it is. Answers whether it is new. */
export async function insertAnnouncement(trx: Transaction<Database>, announcement: NewAnnouncement, now: Date): Promise<boolean> {
  const inserted = await trx
    .insertInto("announcement")
    .values({
      key: announcement.key,
      subject: announcement.subject,
      connection: announcement.connection,
      channel: announcement.channel,
      thread_of: announcement.threadOf,
      content: JSON.stringify(announcement.content),
      state: "pending",
      created_at: now,
    })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("key")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Marks a subject's messages as no longer current; answers the channels they are in. */
export async function raiseRevision(trx: Transaction<Database>, subject: string): Promise<readonly string[]> {
  const raised = await trx
    .updateTable("announcement")
    .set((eb) => ({ revision: eb("revision", "+", 1) }))
    .where("subject", "=", subject)
    .where("thread_of", "is", null)
    .where("state", "!=", "abandoned")
    .returning("channel")
    .execute();
  return [...new Set(raised.map((row) => row.channel))];
}

/** The messages about a subject that are or will be in channels: those that thread notes belong under. */
export async function messagesAbout(
  trx: Transaction<Database>,
  subject: string,
): Promise<readonly { key: string; channel: string; connection: string }[]> {
  return trx
    .selectFrom("announcement")
    .select(["key", "channel", "connection"])
    .where("subject", "=", subject)
    .where("thread_of", "is", null)
    .where("state", "!=", "abandoned")
    .execute();
}

/** What a channel is owed, oldest first. A thread note waits for its parent to be posted, and falls with it. */
export async function dueAnnouncements(db: Kysely<Database>, channel: string, limit: number): Promise<StoredAnnouncement[]> {
  const rows = await db
    .selectFrom("announcement as a")
    .leftJoin("announcement as parent", "parent.key", "a.thread_of")
    .select(["a.key", "a.subject", "a.connection", "a.channel", "a.thread_of", "a.content", "a.state", "a.revision", "a.ts"])
    .select("parent.ts as thread_ts")
    .where("a.channel", "=", channel)
    .where(outstanding)
    .where((eb) => eb.or([eb("a.thread_of", "is", null), eb("parent.ts", "is not", null)]))
    .orderBy("a.seq")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    key: row.key,
    subject: row.subject,
    connection: row.connection,
    channel: row.channel,
    threadOf: row.thread_of,
    threadTs: row.thread_ts,
    content: row.content,
    state: row.state,
    revision: row.revision,
    ts: row.ts,
  }));
}

/** True for announcements that Slack doesn't show as they should be. */
const outstanding = sql<boolean>`(a.state in ('pending', 'posting') or (a.state = 'posted' and a.posted_revision < a.revision))`;

/** Channels that are owed something that was due before `before`: the job for it must have been lost. */
export async function channelsOwed(db: Kysely<Database>, before: Date): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("announcement as a")
    .select("a.channel")
    .distinct()
    .where(outstanding)
    .where("a.created_at", "<", before)
    .execute();
  return rows.map((row) => row.channel);
}

/** How many messages Slack doesn't show as they should be. */
export async function countOwed(db: Kysely<Database>): Promise<number> {
  const { owed } = await db
    .selectFrom("announcement as a")
    .select((eb) => eb.fn.countAll<number>().as("owed"))
    .where(outstanding)
    .executeTakeFirstOrThrow();
  return Number(owed);
}

/** Marks an announcement as being posted; answers the state it was in. */
export async function beginPosting(db: Kysely<Database>, key: string): Promise<AnnouncementTable["state"] | null> {
  return db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom("announcement").select("state").where("key", "=", key).forUpdate().executeTakeFirst();
    if (!row) return null;
    await trx
      .updateTable("announcement")
      .set((eb) => ({ state: "posting", attempts: eb("attempts", "+", 1) }))
      .where("key", "=", key)
      .where("state", "=", "pending")
      .execute();
    return row.state;
  });
}

/** Saves where a message is and which revision it shows. */
export async function savePosted(db: Kysely<Database>, key: string, ts: string, revision: number, now: Date): Promise<void> {
  await db
    .updateTable("announcement")
    .set({ state: "posted", ts, posted_revision: revision, posted_at: now, last_error: null })
    .where("key", "=", key)
    .execute();
}

/** Gives up on an announcement and on the notes under it. */
export async function abandonAnnouncement(db: Kysely<Database>, key: string, reason: string): Promise<void> {
  await db
    .updateTable("announcement")
    .set({ state: "abandoned", last_error: reason })
    .where((eb) => eb.or([eb("key", "=", key), eb("thread_of", "=", key)]))
    .execute();
}
