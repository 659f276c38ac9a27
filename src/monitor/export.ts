import type { SyncErrorReport } from "../health/report.ts";
import { type Sentence, sentence } from "../language/sentence.ts";
import { logAction } from "../store/action-log.ts";
import { type HeldWhere, heldAfter, heldErrors } from "../store/held-pages.ts";
import { getError, type StoredAffectedRecord } from "../store/reports.ts";
import { loggedActor } from "./actions/action.ts";
import { ALL_ERRORS, categoryTarget, errorTarget, objectTarget } from "./actions/targets.ts";
import type { MonitorContext } from "./context.ts";
import type { Actor, ErrorExport, ExportedLine, ExportFilter } from "./monitor.ts";
import { linksOf, syncErrorReport } from "./reports.ts";

/** Rows a query: PGlite keeps the process from all else while it works on one. */
const PORTION = 500;

/**
 * Open errors with the records that they hold back, those with most first, a portion of the records at a time. Its end, or that
 * it failed, leaves a line in the action log: what leaves the store is known by who took it.
 */
export async function exportErrors(context: MonitorContext, filter: ExportFilter, actor: Actor): Promise<ErrorExport> {
  const names = filter.connection === null ? [...context.connections.keys()] : [filter.connection];
  const found = await Promise.all(names.map((name) => heldErrors(context.db, name, whereOf(filter))));
  const errors = found.flat();
  return {
    errors: errors.length,
    lines: errors.reduce((sum, { records }) => sum + records, 0),
    content: linesOf(
      context,
      errors.map(({ id }) => id),
    ),
    log: (outcome, detail) =>
      logAction(context.db, {
        at: context.clock.now(),
        connection: filter.connection,
        ...loggedActor(actor),
        action: "export",
        target: targetOf(filter),
        outcome,
        detail,
      }),
  };
}

async function* linesOf(context: MonitorContext, errorIds: readonly string[]): AsyncGenerator<ExportedLine> {
  for (const id of errorIds) {
    const stored = await getError(context.db, id);
    if (stored === undefined) continue;
    const error = syncErrorReport(stored, await linksOf(context, stored.connection), context.clock.now());
    for await (const row of rowsOf(context, id)) yield lineOf(error, row);
  }
}

async function* rowsOf({ db }: MonitorContext, errorId: string): AsyncGenerator<StoredAffectedRecord> {
  let after: string | null = null;
  for (;;) {
    const rows: readonly StoredAffectedRecord[] = await heldAfter(db, errorId, after, PORTION);
    yield* rows;
    after = rows.at(-1)?.record_key ?? null;
    if (after === null || rows.length < PORTION) return;
  }
}

function lineOf(error: SyncErrorReport, row: StoredAffectedRecord): ExportedLine {
  const { object, hubspot_id, salesforce_object, salesforce_id, label } = row;
  return {
    error,
    record: { object, hubspotId: hubspot_id, salesforceObject: salesforce_object, salesforceId: salesforce_id, label },
    value: row.value,
    evidence: row.evidence,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
  };
}

function whereOf({ category, object, errorId }: ExportFilter): HeldWhere {
  return {
    ...(category === undefined ? {} : { category }),
    ...(object === undefined ? {} : { object }),
    ...(errorId === undefined ? {} : { errorId }),
  };
}

/** What the action log calls what was exported. */
function targetOf({ category, object, errorId }: ExportFilter): Sentence {
  if (errorId !== undefined) return errorTarget(errorId);
  if (category === undefined) return object === undefined ? ALL_ERRORS : objectTarget(object);
  if (object === undefined) return categoryTarget(category);
  return sentence("{category}, {object}", { category: categoryTarget(category), object: objectTarget(object) });
}
