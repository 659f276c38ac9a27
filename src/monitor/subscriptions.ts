import type { Cadence, ChannelSettings, SubscriptionSettings } from "../config/config.ts";
import { type Said, type Sentence, sentence } from "../language/sentence.ts";
import { logAction } from "../store/action-log.ts";
import {
  deleteSubscriptions,
  getSubscription,
  listSubscriptions,
  type StoredSubscription,
  saveSubscription,
  settingsOf,
} from "../store/subscriptions.ts";
import { loggedActor } from "./actions/action.ts";
import type { MonitorContext } from "./context.ts";
import type { Actor, Requested, Subscription, SubscriptionWanted } from "./monitor.ts";

/** Who is said to have made the subscriptions that syncwarden.yaml keeps. */
export const CONFIGURATION = "configuration";

const AS_USUAL: Omit<SubscriptionSettings, "cadence"> = {
  categories: null,
  objects: null,
  atLeast: 1,
  quietWhenHealthy: false,
  quietHours: null,
  changes: "thread",
  language: null,
  reminder: null,
};

export async function channelSubscriptions(context: MonitorContext, channel: string | null): Promise<readonly Subscription[]> {
  const rows = await listSubscriptions(context.db, channel === null ? {} : { channel });
  return rows.map(toSubscription);
}

export async function subscriptionById(context: MonitorContext, id: string): Promise<Subscription | null> {
  const row = await getSubscription(context.db, id);
  return row === undefined ? null : toSubscription(row);
}

/** Creates a subscription, or changes the channel's existing one to the same connection and kind: at once, or digests. */
export async function subscribe(context: MonitorContext, wanted: SubscriptionWanted, actor: Actor): Promise<Subscription> {
  const { connection, channel, ...changed } = wanted;
  const existing = await listSubscriptions(context.db, { channel, connection });
  const same = existing.find((row) => isDigest(row.cadence) === isDigest(wanted.cadence));
  const settings = { ...(same === undefined ? AS_USUAL : settingsOf(same)), ...changed };
  return save(context, { connection, channel, settings, standing: same ?? null }, "subscribe", actor);
}

/** Changes how a subscription wants to hear. */
export async function changeSubscription(
  context: MonitorContext,
  id: string,
  settings: SubscriptionSettings,
  actor: Actor,
): Promise<Requested> {
  const standing = await getSubscription(context.db, id);
  if (standing === undefined) return GONE;
  const { channel, connection } = standing;
  const others = await listSubscriptions(context.db, { channel, connection });
  const rival = others.find((row) => row.id !== id && isDigest(row.cadence) === isDigest(settings.cadence));
  if (rival !== undefined) {
    const why = isDigest(settings.cadence)
      ? sentence("This channel has another subscription with digests of this connection: change that one, or remove it first.")
      : sentence(
          "This channel has another subscription that hears of this connection at once: change that one, or remove it first.",
        );
    return { result: "declined", why };
  }
  await save(context, { connection, channel, settings, standing }, "change subscription", actor);
  return { result: "accepted", requestId: id };
}

/** Ends one subscription. */
export async function removeSubscription(context: MonitorContext, id: string, actor: Actor): Promise<Requested> {
  const row = await getSubscription(context.db, id);
  if (row === undefined) return GONE;
  await deleteSubscriptions(context.db, [id]);
  await log(context, actor, "unsubscribe", row.connection, subscriptionSentence(row.channel, row.cadence));
  return { result: "accepted", requestId: id };
}

const GONE: Requested = {
  result: "declined",
  why: sentence("This subscription is no longer there. `/sync subscriptions` lists those that are."),
};

/** Removes a channel's subscriptions, those of one connection or all; answers the removed ones. */
export async function unsubscribe(
  context: MonitorContext,
  channel: string,
  connection: string | null,
  actor: Actor,
): Promise<readonly Subscription[]> {
  const rows = await listSubscriptions(context.db, { channel, ...(connection !== null && { connection }) });
  await deleteSubscriptions(
    context.db,
    rows.map(({ id }) => id),
  );
  if (rows.length > 0) await log(context, actor, "unsubscribe", connection, channel);
  return rows.map(toSubscription);
}

/**
 * Makes the stored subscriptions those of syncwarden.yaml, where it names any: missing ones are added, those whose entry has
 * changed are changed, those it no longer names removed. What people changed in Slack stays until the entry itself changes.
 */
export async function applyConfiguredSubscriptions(context: MonitorContext, channels: readonly ChannelSettings[]): Promise<void> {
  const names = [...context.connections.keys()];
  const wanted = channels.flatMap((entry) =>
    (entry.connection === null ? names : [entry.connection]).map((connection) => ({ entry, connection })),
  );
  const stored = await listSubscriptions(context.db);
  const keep = new Set<string>();
  const now = context.clock.now();
  for (const { entry, connection } of wanted) {
    const { channel, connection: _, ...settings } = entry;
    const own = stored.find((row) => row.id === configuredId(connection, channel, settings.cadence));
    const standing =
      own ??
      stored.find(
        (row) => row.connection === connection && row.channel === channel && row.cadence.kind === settings.cadence.kind,
      );
    const id = standing?.id ?? configuredId(connection, channel, settings.cadence);
    keep.add(id);
    if (standing !== undefined && isSame(standing.configured, settings)) continue;
    const row = { id, connection, channel, settings, configured: settings, createdBy: CONFIGURATION, createdAt: now };
    await saveSubscription(context.db, row, now);
  }
  const gone = stored.filter((row) => row.created_by === CONFIGURATION && !keep.has(row.id)).map(({ id }) => id);
  await deleteSubscriptions(context.db, gone);
}

function configuredId(connection: string, channel: string, cadence: Cadence): string {
  return `${CONFIGURATION}:${connection}:${channel}:${cadence.kind}`;
}

function isSame(before: SubscriptionSettings | null, now: SubscriptionSettings): boolean {
  return before !== null && JSON.stringify(sorted(before)) === JSON.stringify(sorted(now));
}

/** With its keys in one order: the database keeps its own. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .toSorted(([one], [other]) => one.localeCompare(other, "en"))
    .map(([key, inner]) => [key, sorted(inner)]);
}

interface ToSave {
  readonly connection: string;
  readonly channel: string;
  readonly settings: SubscriptionSettings;
  readonly standing: StoredSubscription | null;
}

async function save(context: MonitorContext, toSave: ToSave, action: string, actor: Actor): Promise<Subscription> {
  const { connection, channel, settings, standing } = toSave;
  const now = context.clock.now();
  const id = standing?.id ?? context.newId();
  const createdBy = standing?.created_by ?? actor.userId;
  const row = { id, connection, channel, settings, createdBy, createdAt: standing?.created_at ?? now };
  await saveSubscription(context.db, { ...row, configured: standing?.configured ?? null }, now);
  await log(context, actor, action, connection, subscriptionSentence(channel, settings.cadence));
  return { id, connection, channel, ...settings, createdBy };
}

function isDigest(cadence: Cadence): boolean {
  return cadence.kind !== "immediate";
}

function subscriptionSentence(channel: string, cadence: Cadence): Sentence {
  if (cadence.kind === "immediate") return sentence("{channel}: immediate", { channel });
  const { kind, time, timeZone } = cadence;
  return sentence(
    "{kind, select, daily {{channel}: daily {time} {timeZone}} weekdays {{channel}: weekdays {time} {timeZone}} other {{channel}: weekly {time} {timeZone}}}",
    { kind, channel, time, timeZone },
  );
}

function toSubscription(row: StoredSubscription): Subscription {
  const { id, connection, channel } = row;
  return { id, connection, channel, ...settingsOf(row), createdBy: row.created_by };
}

async function log(
  context: MonitorContext,
  actor: Actor,
  action: string,
  connection: string | null,
  target: Said,
): Promise<void> {
  await logAction(context.db, {
    at: context.clock.now(),
    connection,
    ...loggedActor(actor),
    action,
    target,
    outcome: "done",
    detail: null,
  });
}
