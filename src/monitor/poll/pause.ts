import { mayScan } from "../../health/call-budget.ts";
import type { Sentence } from "../../language/sentence.ts";
import type { OrgLimits } from "../../salesforce/salesforce.ts";
import { ownCallsSince } from "../../store/health-samples.ts";
import type { Connection, MonitorContext } from "../context.ts";

const DAY_MS = 86_400_000;

/** Why there are too few Salesforce calls left to scan, if so: one sentence without a full stop. Costs no call. */
export async function pauseReason(
  { db }: Pick<MonitorContext, "db">,
  { settings, salesforce }: Connection,
  limits: OrgLimits["apiRequests"] | null,
  now: Date,
): Promise<Sentence | null> {
  const use = salesforce.apiUse();
  const max = limits?.max ?? use?.max ?? 0;
  const used = limits === null ? (use?.used ?? 0) : limits.max - limits.remaining;
  const ownCalls24h = await ownCallsSince(db, settings.name, new Date(now.getTime() - DAY_MS));
  const permission = mayScan({ used, max, ownCalls24h, ...settings.budget });
  return permission.allowed ? null : permission.reason;
}
