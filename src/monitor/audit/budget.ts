import { mayScan } from "../../health/call-budget.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { ownCallsSince } from "../../store/health-samples.ts";
import { newestSample, newestSuspension } from "../../store/reports.ts";
import { newestOfKind } from "../../store/requests.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { type AuditProgress, auditProgress } from "./audit-progress.ts";

const DAY_MS = 86_400_000;
/** HubSpot's least daily limit is 250,000 calls for all private apps together: an audit takes no more than this part of its own. */
const HUBSPOT_CALLS_A_DAY = 50_000;
/** More audits than can fit into a day. */
const AUDITS_A_DAY = 50;

/**
 * Why an audit may not make calls just now; null where it may. It keeps to its own share of Salesforce's daily limit, and to
 * what holds for all of Syncwarden's scanning: its share, and the part that others are to find left.
 */
export async function reasonToPause(context: MonitorContext, connection: Connection): Promise<Sentence | null> {
  const { db } = context;
  const { name, budget, audit } = connection.settings;
  const suspension = await newestSuspension(db, name);
  if (suspension?.state === "open") {
    return sentence("the sync is suspended; it goes on by itself when that is over");
  }
  const now = context.clock.now();
  const sample = connection.salesforce.apiUse() === null ? await newestSample(db, name) : undefined;
  const use = connection.salesforce.apiUse() ?? { used: sample?.api_used ?? 0, max: sample?.api_max ?? 0 };
  const ownCalls24h = await ownCallsSince(db, name, new Date(now.getTime() - DAY_MS));
  const scanning = mayScan({ used: use.used, max: use.max, ownCalls24h, ...budget });
  if (!scanning.allowed) {
    return sentence("{reason}; it goes on by itself when there are more", { reason: scanning.reason });
  }
  const spent = await spentInADay(context, name, now);
  if (use.max > 0 && spent.salesforce >= use.max * audit.shareOfDailyLimit) {
    return sentence(
      "audits have made {calls, number} Salesforce API calls in 24 hours and may use {share, number, ::percent .##} of {max, number}; it goes on by itself when they may make more",
      { calls: spent.salesforce, share: audit.shareOfDailyLimit, max: use.max },
    );
  }
  if (spent.hubspot >= HUBSPOT_CALLS_A_DAY) {
    return sentence(
      "audits have made {calls, number} HubSpot API calls in 24 hours, which is as many as they may; it goes on by itself when they may make more",
      { calls: spent.hubspot },
    );
  }
  return null;
}

async function spentInADay({ db }: MonitorContext, connection: string, now: Date): Promise<AuditProgress["calls"]> {
  const since = hourOf(new Date(now.getTime() - DAY_MS));
  const hours = (await newestOfKind(db, connection, "audit", AUDITS_A_DAY))
    .flatMap((request) => Object.entries(auditProgress(request).hours))
    .flatMap(([hour, calls]) => (hour > since ? [calls] : []));
  return {
    salesforce: hours.reduce((sum, { salesforce }) => sum + salesforce, 0),
    hubspot: hours.reduce((sum, { hubspot }) => sum + hubspot, 0),
  };
}

/** An audit's progress with calls that it has just made. */
export function withCalls(progress: AuditProgress, made: AuditProgress["calls"], now: Date): AuditProgress {
  const hour = hourOf(now);
  const since = hourOf(new Date(now.getTime() - DAY_MS));
  const plus = (calls: AuditProgress["calls"] | undefined) => ({
    salesforce: (calls?.salesforce ?? 0) + made.salesforce,
    hubspot: (calls?.hubspot ?? 0) + made.hubspot,
  });
  const recent = Object.entries(progress.hours).filter(([one]) => one > since);
  return {
    ...progress,
    calls: plus(progress.calls),
    hours: { ...Object.fromEntries(recent), [hour]: plus(progress.hours[hour]) },
  };
}

function hourOf(at: Date): string {
  return at.toISOString().slice(0, 13);
}
