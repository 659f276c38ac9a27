import { type ExpressionBuilder, type Kysely, sql, type Transaction } from "kysely";
import type { LanguageTag } from "../language/tags.ts";
import { portions } from "./rows.ts";
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
  readonly isBroadcast: boolean;
  /** The channel's choice; null where it has made none. */
  readonly language: LanguageTag | null;
}

export interface NewAnnouncement {
  readonly key: string;
  readonly subject: string;
  readonly connection: string;
  readonly channel: string;
  readonly threadOf: string | null;
  readonly content: Record<string, unknown>;
  /** Held until then. */
  readonly notBefore?: Date | null;
  readonly isBroadcast?: boolean;
  /** What else it is about. */
  readonly matters?: readonly string[];
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
      not_before: announcement.notBefore ?? null,
      is_broadcast: announcement.isBroadcast ?? false,
    })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("key")
    .executeTakeFirst();
  if (inserted !== undefined) await addMatters(trx, announcement.key, announcement.matters ?? []);
  return inserted !== undefined;
}

async function addMatters(trx: Transaction<Database>, key: string, subjects: readonly string[]): Promise<void> {
  for (const portion of portions(subjects)) {
    const rows = portion.map((subject) => ({ key, subject }));
    await trx
      .insertInto("announcement_matter")
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Whether an announcement is about a subject: by itself, or among several. */
function isAbout(subject: string) {
  return (eb: ExpressionBuilder<Database, "announcement">) =>
    eb.or([
      eb("announcement.subject", "=", subject),
      eb("announcement.key", "in", eb.selectFrom("announcement_matter as m").select("m.key").where("m.subject", "=", subject)),
    ]);
}

/** Whether a channel has a message about a subject, or is to have one. */
export async function isToldIn(trx: Transaction<Database>, channel: string, subject: string): Promise<boolean> {
  const told = await trx
    .selectFrom("announcement")
    .select("key")
    .where(isAbout(subject))
    .where("channel", "=", channel)
    .where("thread_of", "is", null)
    .executeTakeFirst();
  return told !== undefined;
}

/** A message about several things that more may join. */
export interface StandingGroup {
  readonly key: string;
  readonly content: Record<string, unknown>;
}

/** The newest message about several things of a connection in a channel: one that is held until then, or that isn't older than `since`. */
export async function standingGroup(
  trx: Transaction<Database>,
  connection: string,
  channel: string,
  which: { readonly heldUntil: Date } | { readonly since: Date },
): Promise<StandingGroup | undefined> {
  let query = trx
    .selectFrom("announcement")
    .select(["key", "content"])
    .where("connection", "=", connection)
    .where("channel", "=", channel)
    .where((eb) => eb(eb.ref("content", "->>").key("kind"), "=", "group"))
    .where("state", "!=", "abandoned");
  query =
    "since" in which
      ? query.where("created_at", ">=", which.since).where("not_before", "is", null)
      : query.where("not_before", "=", which.heldUntil).where("state", "=", "pending");
  return query.orderBy("seq", "desc").limit(1).forUpdate().executeTakeFirst();
}

/** Gives a message about several things more of them, and has it shown anew. */
export async function extendGroup(
  trx: Transaction<Database>,
  key: string,
  content: Record<string, unknown>,
  matters: readonly string[],
): Promise<void> {
  await trx
    .updateTable("announcement")
    .set((eb) => ({ content: JSON.stringify(content), revision: eb("revision", "+", 1) }))
    .where("key", "=", key)
    .execute();
  await addMatters(trx, key, matters);
}

/** How many messages about one sync error each a channel was given since a moment. */
export async function singleAlertsSince(
  trx: Transaction<Database>,
  connection: string,
  channel: string,
  since: Date,
): Promise<number> {
  const { alerts } = await trx
    .selectFrom("announcement")
    .select((eb) => eb.fn.countAll<number>().as("alerts"))
    .where("connection", "=", connection)
    .where("channel", "=", channel)
    .where((eb) => eb(eb.ref("content", "->>").key("kind"), "=", "sync-error"))
    .where("created_at", ">=", since)
    .executeTakeFirstOrThrow();
  return Number(alerts);
}

/** Marks a subject's messages as no longer current; answers the channels they are in. */
export async function raiseRevision(trx: Transaction<Database>, subject: string): Promise<readonly string[]> {
  const raised = await trx
    .updateTable("announcement")
    .set((eb) => ({ revision: eb("revision", "+", 1) }))
    .where(isAbout(subject))
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
): Promise<readonly { key: string; channel: string; connection: string; isGroup: boolean }[]> {
  const rows = await trx
    .selectFrom("announcement")
    .select(["key", "channel", "connection"])
    .select((eb) => eb.ref("content", "->>").key("kind").as("kind"))
    .where(isAbout(subject))
    .where("thread_of", "is", null)
    .where("state", "!=", "abandoned")
    .execute();
  return rows.map(({ kind, ...row }) => ({ ...row, isGroup: kind === "group" }));
}

/** What a channel is owed, oldest first. A thread note waits for its parent to be posted, and falls with it. */
export async function dueAnnouncements(
  db: Kysely<Database>,
  channel: string,
  limit: number,
  now: Date,
): Promise<StoredAnnouncement[]> {
  const rows = await db
    .selectFrom("announcement as a")
    .leftJoin("announcement as parent", "parent.key", "a.thread_of")
    .select(["a.key", "a.subject", "a.connection", "a.channel", "a.thread_of", "a.content", "a.state", "a.revision", "a.ts"])
    .select("a.is_broadcast")
    .select("parent.ts as thread_ts")
    .select((eb) =>
      eb
        .selectFrom("subscription as s")
        .select("s.language")
        .whereRef("s.channel", "=", "a.channel")
        .where("s.language", "is not", null)
        .orderBy((inner) => inner("s.connection", "=", inner.ref("a.connection")), "desc")
        .orderBy("s.created_at")
        .limit(1)
        .as("language"),
    )
    .where("a.channel", "=", channel)
    .where(outstanding)
    .where(isDue(now))
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
    isBroadcast: row.is_broadcast,
    language: row.language,
  }));
}

/** True for announcements that Slack doesn't show as they should be. */
const outstanding = sql<boolean>`(a.state in ('pending', 'posting') or (a.state = 'posted' and a.posted_revision < a.revision))`;

/** True for announcements that aren't held any more. */
function isDue(now: Date) {
  return sql<boolean>`(a.not_before is null or a.not_before <= ${now})`;
}

/**
 * Channels that are owed something: made before `before`, so that the job for it must have been lost, and not held at `now`. What
 * was held has no job of its own, which would keep others of its channel from being queued.
 */
export async function channelsOwed(db: Kysely<Database>, before: Date, now: Date): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("announcement as a")
    .select("a.channel")
    .distinct()
    .where(outstanding)
    .where(isDue(now))
    .where((eb) => eb.or([eb("a.created_at", "<", before), eb("a.not_before", "is not", null)]))
    .execute();
  return rows.map((row) => row.channel);
}

/** How many messages Slack doesn't show as they should be. */
export async function countOwed(db: Kysely<Database>): Promise<number> {
  const { owed } = await db
    .selectFrom("announcement as a")
    .select((eb) => eb.fn.countAll<number>().as("owed"))
    .where(outstanding)
    .where(isDue(new Date()))
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
