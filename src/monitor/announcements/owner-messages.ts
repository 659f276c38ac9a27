import type { OwnerReport } from "../../health/report.ts";
import type { HubSpotOwner } from "../../records/schema.ts";
import { logAction } from "../../store/action-log.ts";
import { isRunTaken, takeRun } from "../../store/cron-runs.ts";
import { type HeldRecord, recordsHeldBack, saveOwnerChoice } from "../../store/owners.ts";
import { loggedActor } from "../actions/action.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { Actor } from "../monitor.ts";
import { linksOf } from "../reports.ts";
import { announceToChannel } from "./announce.ts";
import { dueDigest } from "./digest-schedule.ts";

/** At most so many records are looked at in a day: 100 calls of HubSpot's. */
const RECORDS_A_DAY = 10_000;
/** So many are named in a message. */
const RECORDS_NAMED = 10;
const BEFORE_ANY = new Date(0);

/** The channel of a person's direct messages with the app before it is known: found by email when a message is posted. */
export const BY_EMAIL = "mailto:";

/** Queues what owners are to hear today, once a connection and day; what is more than half a day late is left out. */
export async function queueOwnerMessages({ db, clock, jobs, connections }: MonitorContext): Promise<void> {
  for (const { settings } of connections.values()) {
    if (settings.ownerMessages === null) continue;
    const digest = dueDigest(settings.ownerMessages, BEFORE_ANY, clock.now());
    if (digest?.action !== "send" || (await isRunTaken(db, runOf(settings.name, digest.due)))) continue;
    await jobs.send({ kind: "owners", connection: settings.name, dueAt: digest.due.toISOString() });
  }
}

/** Owes each HubSpot owner word of their own records that sync errors hold back. Whose they are is read from HubSpot now. */
export async function tellOwners(context: MonitorContext, name: string, dueAt: Date): Promise<void> {
  const { db, clock } = context;
  const connection = context.connections.get(name);
  if (connection === undefined || connection.settings.ownerMessages === null) return;
  if (await isRunTaken(db, runOf(name, dueAt))) return;
  const held = await recordsHeldBack(db, name, clock.now(), RECORDS_A_DAY);
  const byEmail = held.length === 0 ? new Map() : await recordsByOwner(connection, held);
  const links = await linksOf(context, name);
  await db.transaction().execute(async (trx) => {
    if (!(await takeRun(trx, runOf(name, dueAt), clock.now()))) return;
    for (const [email, records] of byEmail) {
      const owner: OwnerReport = { connection: name, total: records.length, records: records.slice(0, RECORDS_NAMED), links };
      const content = { kind: "owner", owner } as const;
      const subject = `owners:${name}:${dueAt.toISOString()}`;
      await announceToChannel(trx, context, { connection: name, channel: `${BY_EMAIL}${email}`, subject, content });
    }
  });
}

/** Each owner's email, in lower case, with the records that are theirs. */
async function recordsByOwner({ hubspot }: Connection, held: readonly HeldRecord[]): Promise<ReadonlyMap<string, HeldRecord[]>> {
  const emails = emailsById(await hubspot.owners());
  const byEmail = new Map<string, HeldRecord[]>();
  for (const [object, records] of Map.groupBy(held, ({ record }) => record.object)) {
    const ids = records.map(({ record }) => record.hubspotId ?? "");
    const owners = new Map<string, string>();
    for await (const page of hubspot.recordsByIds(object, ids, ["hubspot_owner_id"])) {
      for (const { id, properties } of page) {
        const email = emails.get(properties.hubspot_owner_id ?? "");
        if (email !== undefined) owners.set(id, email);
      }
    }
    for (const one of records) {
      const email = owners.get(one.record.hubspotId ?? "");
      if (email !== undefined) byEmail.set(email, [...(byEmail.get(email) ?? []), one]);
    }
  }
  return byEmail;
}

function emailsById(owners: readonly HubSpotOwner[]): ReadonlyMap<string, string> {
  return new Map(owners.flatMap(({ id, email, archived }) => (email === null || archived ? [] : [[id, email.toLowerCase()]])));
}

function runOf(connection: string, dueAt: Date): string {
  return `owners:${connection}:${dueAt.toISOString()}`;
}

/** Keeps whether a person wants to hear of their own records. */
export async function chooseOwnerMessages({ db, clock }: MonitorContext, wants: boolean, actor: Actor): Promise<void> {
  const at = clock.now();
  await db.transaction().execute(async (trx) => {
    await saveOwnerChoice(trx, actor.userId, wants, at);
    const action = wants ? "start owner messages" : "stop owner messages";
    await logAction(trx, { at, connection: null, ...loggedActor(actor), action, target: null, outcome: "done", detail: null });
  });
}
