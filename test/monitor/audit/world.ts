import { setTimeout as sleep } from "node:timers/promises";
import type { DriftKind } from "../../../src/health/drift.ts";
import type { AuditReport, DriftReport } from "../../../src/health/report.ts";
import { runAudit } from "../../../src/monitor/audit/audit.ts";
import { auditReport, driftReports } from "../../../src/monitor/audit/audit-report.ts";
import { requestAudit } from "../../../src/monitor/audit/request-audit.ts";
import type { Connection } from "../../../src/monitor/context.ts";
import type { Actor } from "../../../src/monitor/monitor.ts";
import type { OrgRecord } from "../../../src/sandbox/salesforce/model.ts";
import { type LocalWorld, type LocalWorldOptions, openLocalWorld } from "../../support/local-world.ts";

export const ACTOR: Actor = { userId: "U0OPERATOR", channel: "C0REVOPS", messageTs: null, allowedAs: null };
export const NEVER = new AbortController().signal;
/** Older than anything that could still be on its way. */
const LONG_AGO_MS = 2 * 3_600_000;

export interface AuditedWorld extends LocalWorld {
  readonly connection: Connection;
  /** Does something as it would have been done hours ago, so that no change can still be on its way. */
  longAgo<T>(act: () => T): T;
  /** Contacts linked to a Contact of Salesforce's and in the inclusion list, in the order of their ids. */
  linkedContacts(): readonly { readonly id: string; readonly properties: Readonly<Record<string, string | null>> }[];
  salesforce(object: string, id: string | null | undefined): OrgRecord;
  request(): Promise<string>;
  /** Requests an audit and goes on with it to its end. */
  audit(): Promise<{ readonly report: AuditReport; readonly drift: readonly DriftReport[] }>;
  finish(requestId: string): Promise<{ readonly report: AuditReport; readonly drift: readonly DriftReport[] }>;
}

export async function openAuditedWorld(options: LocalWorldOptions = {}): Promise<AuditedWorld> {
  const local = await openLocalWorld(options);
  const { context, world } = local;
  const connection = context.connections.get("main");
  if (connection === undefined) throw new Error("There is no connection.");

  async function request(): Promise<string> {
    const requested = await requestAudit(context, connection as Connection, {}, ACTOR);
    if (requested.result !== "accepted") throw new Error(JSON.stringify(requested));
    return requested.requestId;
  }

  async function finish(requestId: string) {
    for (let round = 0; round < 50; round += 1) {
      await runAudit(context, requestId, NEVER);
      const report = await auditReport(context, requestId);
      if (report?.finishedAt) {
        const { items } = await driftReports(context, requestId, null, 0, 1_000);
        return { report, drift: items };
      }
      await sleep(50);
    }
    throw new Error("The audit did not end.");
  }

  return {
    ...local,
    connection,
    longAgo(act) {
      world.clock.setBack(LONG_AGO_MS);
      const result = act();
      world.clock.setBack(0);
      return result;
    },
    linkedContacts: () =>
      [...world.account.records("contacts")].filter(({ properties }) => Boolean(properties.salesforcecontactid)),
    salesforce(object, id) {
      const record = world.org.get(object, id ?? "");
      if (record === null) throw new Error(`There is no ${object} ${id}.`);
      return record;
    },
    request,
    audit: async () => finish(await request()),
    finish,
  };
}

/** What was found of one kind, by the id of the record in the system that it is told of. */
export function foundOf(drift: readonly DriftReport[], kind: DriftKind): readonly string[] {
  return drift.flatMap((one) => (one.kind === kind ? (one.record.hubspotId ?? one.record.salesforceId ?? "") : [])).toSorted();
}
