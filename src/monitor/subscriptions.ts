import type { ChannelSettings } from "../config/config.ts";
import type { SyncErrorCategory } from "../health/sync-errors.ts";
import { logAction } from "../store/action-log.ts";
import { deleteSubscriptions, listSubscriptions, type StoredSubscription, saveSubscription } from "../store/subscriptions.ts";
import { loggedActor } from "./actions/action.ts";
import type { MonitorContext } from "./context.ts";
import type { Actor, Subscription } from "./monitor.ts";

/** Who is said to have made the subscriptions that syncwarden.yaml keeps. */
const CONFIGURATION = "configuration";

export async function channelSubscriptions(context: MonitorContext, channel: string | null): Promise<readonly Subscription[]> {
  const rows = await listSubscriptions(context.db, channel === null ? {} : { channel });
  return rows.map(toSubscription);
}

/** Creates a subscription, or changes the channel's existing one to the same connection and kind of cadence. */
export async function subscribe(
  context: MonitorContext,
  wanted: Omit<Subscription, "id" | "createdBy">,
  actor: Actor,
): Promise<Subscription> {
  const { connection, channel, cadence } = wanted;
  const existing = await listSubscriptions(context.db, { channel, connection });
  const same = existing.find((row) => (row.cadence.kind === "immediate") === (cadence.kind === "immediate"));
  const row: StoredSubscription = {
    id: same?.id ?? context.newId(),
    connection,
    channel,
    cadence,
    categories: wanted.categories === null ? null : [...wanted.categories],
    quiet_when_healthy: wanted.quietWhenHealthy,
    created_by: same?.created_by ?? actor.userId,
    created_at: same?.created_at ?? context.clock.now(),
    digested_until: same?.digested_until ?? null,
  };
  await saveSubscription(context.db, row);
  await log(context, actor, "subscribe", connection, `${channel}: ${describe(row)}`);
  return toSubscription(row);
}

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
 * Makes the stored subscriptions those of syncwarden.yaml, where it names any: missing ones are added, changed ones changed,
 * those it no longer names removed. Subscriptions that people made in Slack stay as they are.
 */
export async function applyConfiguredSubscriptions(context: MonitorContext, channels: readonly ChannelSettings[]): Promise<void> {
  const names = [...context.connections.keys()];
  const wanted = channels.flatMap((settings) =>
    (settings.connection === null ? names : [settings.connection]).map((connection) => ({ settings, connection })),
  );
  const stored = await listSubscriptions(context.db);
  const keep = new Set<string>();
  for (const { settings, connection } of wanted) {
    const { cadence, channel } = settings;
    const standing = stored.find(
      (row) => row.connection === connection && row.channel === channel && row.cadence.kind === cadence.kind,
    );
    const id = standing?.id ?? `${CONFIGURATION}:${connection}:${channel}:${cadence.kind}`;
    keep.add(id);
    await saveSubscription(context.db, {
      id,
      connection,
      channel,
      cadence,
      categories: settings.categories as SyncErrorCategory[] | null,
      quiet_when_healthy: settings.quietWhenHealthy,
      created_by: CONFIGURATION,
      created_at: context.clock.now(),
      digested_until: null,
    });
  }
  const gone = stored.filter((row) => row.created_by === CONFIGURATION && !keep.has(row.id)).map(({ id }) => id);
  await deleteSubscriptions(context.db, gone);
}

function describe({ cadence }: Pick<StoredSubscription, "cadence">): string {
  if (cadence.kind === "immediate") return "immediate";
  return `${cadence.kind} ${cadence.time} ${cadence.timeZone}`;
}

function toSubscription(row: StoredSubscription): Subscription {
  const { id, connection, channel, cadence, categories } = row;
  return { id, connection, channel, cadence, categories, quietWhenHealthy: row.quiet_when_healthy, createdBy: row.created_by };
}

async function log(
  context: MonitorContext,
  actor: Actor,
  action: string,
  connection: string | null,
  target: string,
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
