import type { Transaction } from "kysely";
import { openUnacknowledged } from "../../store/reports.ts";
import type { Database } from "../../store/schema.ts";
import { listSubscriptions } from "../../store/subscriptions.ts";
import type { MonitorContext } from "../context.ts";
import { suspensionSubject } from "../suspension-subject.ts";
import { announceToChannel } from "./announce.ts";
import type { Note } from "./announcement.ts";
import { owe } from "./owe.ts";
import { remindersDue } from "./reminder-schedule.ts";

/**
 * Tells other channels of suspensions that nobody has acknowledged for as long as a subscription says: by one message, and again
 * and again by a line in its thread, until somebody does or it is over. The message stays current like the alert itself.
 */
export async function remindOfSuspensions(context: MonitorContext): Promise<void> {
  const now = context.clock.now();
  for (const suspension of await openUnacknowledged(context.db)) {
    const subscriptions = await listSubscriptions(context.db, { connection: suspension.connection });
    const since = suspension.opened_at ?? suspension.first_seen_at;
    for (const [channel, afterMs] of soonest(subscriptions.flatMap(({ reminder }) => reminder ?? []))) {
      const times = remindersDue(since, afterMs, now);
      if (times === 0) continue;
      const { id, connection } = suspension;
      await context.db.transaction().execute((trx) => remind(trx, context, { id, connection, channel, since, times, now }));
    }
  }
}

interface Reminder {
  readonly id: string;
  readonly connection: string;
  readonly channel: string;
  readonly since: Date;
  readonly times: number;
  readonly now: Date;
}

async function remind(trx: Transaction<Database>, context: MonitorContext, reminder: Reminder): Promise<void> {
  const { id, connection, channel, since, times, now } = reminder;
  const subject = suspensionSubject(id);
  const content = { kind: "reminder", suspensionId: id, channel } as const;
  // One message each time that it is suspended anew, besides the alert that the channel may have of it itself.
  const key = `reminder:${id}:${since.toISOString()}`;
  await announceToChannel(trx, context, { connection, channel, subject: key, content, matters: [subject] });
  if (times === 1) return;
  const note: Note = { about: "suspension-unacknowledged", since: since.toISOString(), times, at: now.toISOString() };
  const about = { subject, connection, channel, threadOf: `${key}:${channel}`, content: { kind: "note", note } };
  await owe(trx, context, { key: `${key}:${channel}:${times}`, ...about });
}

/** Each channel with the shortest time after which any subscription wants it told. */
function soonest(reminders: readonly { readonly channel: string; readonly afterMs: number }[]): ReadonlyMap<string, number> {
  const channels = new Map<string, number>();
  for (const { channel, afterMs } of reminders) channels.set(channel, Math.min(afterMs, channels.get(channel) ?? afterMs));
  return channels;
}
