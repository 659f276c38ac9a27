import type { Transaction } from "kysely";
import { insertAnnouncement, type NewAnnouncement } from "../../store/announcements.ts";
import type { Database } from "../../store/schema.ts";
import type { MonitorContext } from "../context.ts";

type Parts = Pick<MonitorContext, "jobs" | "clock">;

/** Puts an announcement in the outbox, and a job for it in the queue unless it is held: the minute's tick finds it then. */
export async function owe(trx: Transaction<Database>, { jobs, clock }: Parts, announcement: NewAnnouncement): Promise<void> {
  const isNew = await insertAnnouncement(trx, announcement, clock.now());
  if (isNew && (announcement.notBefore ?? null) === null) {
    await jobs.send({ kind: "announce", channel: announcement.channel }, { transaction: trx });
  }
}
