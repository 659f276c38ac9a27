import type { Transaction } from "kysely";
import type { Warning } from "../../health/warnings.ts";
import type { Database } from "../../store/schema.ts";
import { closeWarning, openWarning, type StoredWarning, updateWarning } from "../../store/warnings.ts";
import { announceToSubscribers, noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import type { MonitorContext } from "../context.ts";

/** What one poll has to say of warnings. */
export interface SeenWarnings {
  readonly standing: readonly StoredWarning[];
  readonly found: readonly Warning[];
  /** Keys of standing ones that were looked at: those among them that weren't found are over. */
  readonly looked: ReadonlySet<string>;
}

/** What the messages about a warning are about. */
export function warningSubject(id: string): string {
  return `warning:${id}`;
}

/** Saves warnings, tells new ones to every subscriber once, and keeps what was told current. */
export async function recordWarnings(
  trx: Transaction<Database>,
  context: MonitorContext,
  connection: string,
  { standing, found, looked }: SeenWarnings,
  now: Date,
): Promise<void> {
  const known = new Map(standing.map((warning) => [warning.key, warning]));
  for (const warning of found) {
    const before = known.get(warning.key);
    if (before === undefined) {
      const id = context.newId();
      await openWarning(trx, id, connection, warning, now);
      const content = { kind: "warning", warningId: id } as const;
      await announceToSubscribers(trx, context, { connection, subject: warningSubject(id), content });
      continue;
    }
    await updateWarning(trx, before.id, warning, now);
    if (JSON.stringify(before.details) !== JSON.stringify(warning.details) && isWorthAnUpdate(before, now)) {
      await refreshAnnouncements(trx, context, warningSubject(before.id));
    }
  }
  const over = standing.filter(({ key }) => looked.has(key) && !found.some((warning) => warning.key === key));
  for (const { id } of over) {
    await closeWarning(trx, id, now);
    await noteInThreads(trx, context, warningSubject(id), { about: "warning-over", at: now.toISOString() });
    await refreshAnnouncements(trx, context, warningSubject(id));
  }
}

/** Figures move at every poll; the message about them follows every quarter of an hour. */
const UPDATED_EACH_MS = 15 * 60_000;

function isWorthAnUpdate({ last_seen_at, opened_at }: StoredWarning, now: Date): boolean {
  const span = (at: Date) => Math.floor((at.getTime() - opened_at.getTime()) / UPDATED_EACH_MS);
  return span(now) > span(last_seen_at);
}
