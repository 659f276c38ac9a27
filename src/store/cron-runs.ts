import type { Kysely } from "kysely";
import type { Database } from "./schema.ts";

/** Takes a scheduled run for this process; false where another one has it. */
export async function takeRun(db: Kysely<Database>, run: string, now: Date): Promise<boolean> {
  const taken = await db
    .insertInto("cron_run")
    .values({ run, taken_at: now })
    .onConflict((conflict) => conflict.column("run").doNothing())
    .returning("run")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Whether a run has been taken by anybody. */
export async function isRunTaken(db: Kysely<Database>, run: string): Promise<boolean> {
  return (await db.selectFrom("cron_run").select("run").where("run", "=", run).executeTakeFirst()) !== undefined;
}

export async function forgetRuns(db: Kysely<Database>, before: Date): Promise<void> {
  await db.deleteFrom("cron_run").where("taken_at", "<", before).execute();
}
