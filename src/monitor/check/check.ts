import { RefusedError } from "../../health/refusal.ts";
import { refusalAnswer } from "../../health/refusal-statement.ts";
import type { ConnectionLinks } from "../../health/report.ts";
import type { RecordReference } from "../../health/sync-errors.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { recordKey } from "../../records/pairing.ts";
import type { RecordQuery } from "../../records/record-query.ts";
import { getConnectionState, type StoredConnectionState, saveConnectionState } from "../../store/connection-state.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { findingsOf, standingOf } from "../poll/due.ts";
import type { Examination } from "../poll/examination.ts";
import { pauseReason } from "../poll/pause.ts";
import { loadSchemaCache } from "../poll/schema.ts";
import { situationsOf } from "../poll/situation.ts";
import { surroundingsOf } from "../poll/surroundings.ts";
import { linksOf } from "../reports.ts";
import type { CheckOutcome, CheckReport, CheckVerdict } from "./check-report.ts";
import { examineOne } from "./examine-one.ts";
import { fieldReports } from "./fields.ts";
import { inHubSpotAlone } from "./in-hubspot-alone.ts";
import { lastSyncOf } from "./last-sync.ts";
import { locate } from "./locate.ts";
import { pairingOf } from "./pairing.ts";
import { readStored, reasonsOf, suspensionOf } from "./stored.ts";

/**
 * Looks at one record live, as a poll would examine it, and says everything about it. Reads both systems and, where something
 * is to travel to Salesforce, has Salesforce refuse it in a rolled-back write; stores nothing but schemas. A system that refuses
 * to be read, or a budget of calls that is used up, leaves the verdict not known and shows what is.
 */
export async function check(context: MonitorContext, connection: Connection, query: RecordQuery): Promise<CheckOutcome> {
  const { db, clock } = context;
  const { name } = connection.settings;
  const now = clock.now();
  const state = await getConnectionState(db, name);
  const links = await linksOf(context, name);
  const elsewhere = whyElsewhere(query, state, name);
  if (elsewhere !== null) return { outcome: "declined", why: elsewhere };
  const pause = await pauseReason(context, connection, null, now);
  if (pause !== null) return inHubSpotAlone(context, connection, query, pause);
  try {
    const { records, isAmbiguous } = await locate(connection, query);
    const [reference, ...others] = records;
    if (reference === undefined) return { outcome: "not-found", looked: lookedIn(query) };
    if (isAmbiguous) return { outcome: "several", records, links };
    return await checkRecord(context, connection, { query, reference, others }, state, links, now);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return inHubSpotAlone(context, connection, query, refusalAnswer(error.refusal));
  }
}

interface Meant {
  readonly query: RecordQuery;
  readonly reference: RecordReference;
  readonly others: readonly RecordReference[];
}

async function checkRecord(
  context: MonitorContext,
  connection: Connection,
  { query, reference, others }: Meant,
  state: StoredConnectionState | null,
  links: ConnectionLinks,
  now: Date,
): Promise<CheckOutcome> {
  const cache = await loadSchemaCache(context, connection);
  const watchedSince = state?.watched_since ?? now;
  const situations = await situationsOf(connection, cache, [reference], now, { allHistory: true, watchedSince });
  const situated = situations.get(recordKey(reference));
  if (situated === undefined || situated.situation.state === "gone") {
    return { outcome: "not-found", looked: lookedIn(query) };
  }
  const stored = await readStored(context, connection, situated.reference, state, links);
  const { examination, trial } = await examineOne(connection, cache, situated, stored, now);
  await saveConnectionState(context.db, connection.settings.name, { schemaParts: cache.replaced() });
  const signs = { toSalesforce: state?.synced_to_salesforce_at ?? null, toHubSpot: state?.synced_to_hubspot_at ?? null };
  const { due, keepSince } = await surroundingsOf({ context, connection, signs, watchedSince, now });
  const tracking = stored.tracked?.state ?? "waiting";
  const isHeldToHubSpot = stored.open.some(({ direction }) => direction === "salesforce-to-hubspot");
  const findings = findingsOf(tracking, examination, isHeldToHubSpot, connection, due);
  const standing = standingOf(tracking, examination, findings, connection.settings, keepSince);
  const earlierStands = examination.state === "out-of-step" && examination.earlierStands;
  const found = { findings, earlierStands: earlierStands || findings.length === 0 };
  const list = connection.settings.hubspot.inclusionList;
  const report: CheckReport = {
    connection: connection.settings.name,
    at: now,
    record: situated.reference,
    verdict: verdictOf(examination, standing, connection, now),
    pairing: await pairingOf(connection, situated, others),
    inclusion: list === null || situated.isMember === null ? null : { list, isMember: situated.isMember },
    fields: fieldReports(connection, cache, situated),
    reasons: standing === "in-error" ? await reasonsOf(context, connection, found, stored, situated.reference) : [],
    lastSync: await lastSyncOf(connection, situated),
    trial,
    suspension: suspensionOf(stored),
    links,
  };
  return { outcome: "checked", report };
}

function verdictOf(
  examination: Examination,
  standing: ReturnType<typeof standingOf>,
  { settings }: Connection,
  now: Date,
): CheckVerdict {
  if (examination.state === "excluded") return { state: "excluded", why: examination.why };
  if (examination.state !== "out-of-step") return { state: "in-step" };
  const { changedIn, changedAt, changedBySync } = examination;
  switch (standing) {
    case "in-error":
      return { state: "in-error" };
    case "old":
      return { state: "old-difference", since: changedAt, bySync: changedBySync };
    default:
      return {
        state: "waiting",
        direction: changedIn === "hubspot" ? "hubspot-to-salesforce" : "salesforce-to-hubspot",
        since: changedAt,
        isDue: now.getTime() >= changedAt.getTime() + settings.graceMs,
      };
  }
}

/** A link into another account or org than the connection's. */
function whyElsewhere(query: RecordQuery, state: StoredConnectionState | null, name: string): Sentence | null {
  const { portalId = null, instanceUrl = null } = state?.identity ?? {};
  if (query.kind === "hubspot" && query.portalId !== null && portalId !== null && String(portalId) !== query.portalId) {
    return sentence("This link leads to HubSpot's account {asked}; the connection {connection} watches {watched}.", {
      asked: query.portalId,
      connection: name,
      watched: String(portalId),
    });
  }
  if (query.kind !== "salesforce" || query.host === null || instanceUrl === null) return null;
  const [asked, watched] = [orgDomain(query.host), orgDomain(new URL(instanceUrl).hostname)];
  if (asked === null || watched === null || asked === watched) return null;
  return sentence("This link leads to Salesforce's org {asked}; the connection {connection} watches {watched}.", {
    asked,
    connection: name,
    watched,
  });
}

/** An org's own name in its addresses; null in those that don't have it. Source: Salesforce's "My Domain URL formats". */
function orgDomain(host: string): string | null {
  return /^([a-z0-9-]+)(?:\.[a-z]+)?\.(?:my\.salesforce|lightning\.force)\.com$/i.exec(host)?.[1]?.toLowerCase() ?? null;
}

function lookedIn({ kind }: RecordQuery): readonly ("hubspot" | "salesforce")[] {
  return kind === "hubspot" ? ["hubspot"] : ["hubspot", "salesforce"];
}
