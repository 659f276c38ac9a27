import type { Kysely } from "kysely";
import { type ApiSample, STEPS } from "../health/api-forecast.ts";
import { samplesSince } from "../store/reports.ts";
import type { Database } from "../store/schema.ts";

/** The org's calls at each poll of the time that a rate is read from, by steps of `stepMs`; oldest first. */
export async function rateSamples(db: Kysely<Database>, connection: string, stepMs: number, now: Date): Promise<ApiSample[]> {
  const stored = await samplesSince(db, connection, new Date(now.getTime() - STEPS * stepMs), stepMs / 2);
  return stored.flatMap(({ at, api_used, api_max }) =>
    api_used !== null && api_max !== null ? [{ at, used: api_used, max: api_max }] : [],
  );
}
