import { newestSuspension } from "../../store/reports.ts";
import type { Connection, MonitorContext } from "../context.ts";

/**
 * The newest moment at which a change can have been made whose time to sync is over: a later one may still be on its way. What
 * was changed while the last suspension stood has had time only since that ended.
 */
export async function settledBefore(
  { db, clock }: Pick<MonitorContext, "db" | "clock">,
  { settings }: Pick<Connection, "settings">,
): Promise<(changedAt: Date) => boolean> {
  const { name, graceMs, stallMs } = settings;
  const edge = clock.now().getTime() - graceMs - stallMs;
  const suspension = await newestSuspension(db, name);
  return (changedAt) => {
    if (changedAt.getTime() > edge) return false;
    if (suspension === undefined || changedAt.getTime() < suspension.first_seen_at.getTime() - graceMs) return true;
    return suspension.closed_at !== null && suspension.closed_at.getTime() <= edge;
  };
}
