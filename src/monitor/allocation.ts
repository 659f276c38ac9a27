import { type Sentence, sentence } from "../language/sentence.ts";
import { logAction } from "../store/action-log.ts";
import { deleteAllocation, getAllocation, saveAllocation } from "../store/allocations.ts";
import { newestSample } from "../store/reports.ts";
import { loggedActor } from "./actions/action.ts";
import type { Connection, MonitorContext } from "./context.ts";
import type { Actor, AllocationReport, Requested } from "./monitor.ts";
import { linksOf } from "./reports.ts";

/**
 * A connection with the allocation that holds: what somebody has set in Slack, else the configuration's. HubSpot shows its own
 * setting to no API, so this is what people have told.
 */
export async function withAllocation({ db }: Pick<MonitorContext, "db">, connection: Connection): Promise<Connection> {
  const set = await getAllocation(db, connection.settings.name);
  return set === undefined ? connection : { ...connection, settings: { ...connection.settings, allocation: set.calls } };
}

/** What holds, who set it, and what it is held against. */
export async function allocationReport({ db }: Pick<MonitorContext, "db">, { settings }: Connection): Promise<AllocationReport> {
  const { name } = settings;
  const [set, sample, links] = await Promise.all([getAllocation(db, name), newestSample(db, name), linksOf({ db }, name)]);
  return {
    connection: name,
    calls: set?.calls ?? settings.allocation,
    set: set === undefined ? null : { by: set.set_by, at: set.set_at },
    configured: settings.allocation,
    hubspotCalls: sample?.hubspot_calls ?? null,
    max: sample?.api_max ?? null,
    links,
  };
}

/** Keeps what people say the allocation is, for warnings and forecasts; null: the configuration's holds again. */
export async function setAllocation(
  context: MonitorContext,
  connection: Connection,
  calls: number | null,
  actor: Actor,
): Promise<Requested> {
  const { name } = connection.settings;
  const before = await allocationReport(context, connection);
  if (calls !== null && before.max !== null && calls > before.max) {
    const values = { calls, max: before.max };
    return {
      result: "declined",
      why: sentence(
        "Salesforce lets this org make {max, number} API calls a day: HubSpot can't have {calls, number} of them. Type the number that HubSpot shows under Sync Health.",
        values,
      ),
    };
  }
  const at = context.clock.now();
  await context.db.transaction().execute(async (trx) => {
    if (calls === null) await deleteAllocation(trx, name);
    else await saveAllocation(trx, { connection: name, calls, set_by: actor.userId, set_at: at });
    const now = calls ?? connection.settings.allocation;
    await logAction(trx, {
      at,
      connection: name,
      ...loggedActor(actor),
      action: "allocation",
      target: calls === null ? sentence("as configured") : String(calls),
      outcome: "done",
      detail: sentence("{before} before, {now} now", { before: callsSentence(before.calls), now: callsSentence(now) }),
    });
    // Warnings and suspensions by it are a poll's to see.
    await context.jobs.send({ kind: "poll", connection: name }, { transaction: trx });
  });
  return { result: "accepted", requestId: name };
}

function callsSentence(calls: number | null): Sentence {
  return calls === null ? sentence("none") : sentence("{calls, number}", { calls });
}
