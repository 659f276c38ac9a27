import { readExport } from "../../health/import/export.ts";
import type { NotUnderstood, ReadLine } from "../../health/import/line.ts";
import { EMPTY_SUMMARY, type ImportSummary, REJECTS_KEPT } from "../../health/import/summary.ts";
import { UnreadableExportError } from "../../health/import/unreadable.ts";
import { type Said, type Sentence, sentence } from "../../language/sentence.ts";
import { logAction } from "../../store/action-log.ts";
import { countAbsent, dropImport, finishImport, keepImport, type StoredImport, takeImport } from "../../store/imports.ts";
import { loggedActor } from "../actions/action.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { Actor } from "../monitor.ts";
import { type LocatedLine, locate } from "./locate.ts";
import { type ImportMark, mergeLines } from "./merge.ts";
import { type SpooledFile, spool } from "./spool.ts";

/** Lines merged in one transaction. */
const PORTION = 200;
/** A poll's work is not to be imported records alone: so many more are due each step. A poll examines 2,000 at most. */
const DUE_EACH_STEP = 1_000;
const STEP_MS = 5 * 60_000;

/** A file that somebody brings. */
export interface ExportFile {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** When HubSpot made it, as far as is known. */
  readonly exportedAt: Date | null;
}

export interface ImportListener {
  /** How many lines have been merged so far. */
  onProgress?(lines: number): void;
  onNotUnderstood?(line: NotUnderstood): void;
}

export type ImportOutcome =
  | { readonly state: "imported"; readonly summary: ImportSummary }
  /** The same file has been imported before: nothing has changed. */
  | { readonly state: "known"; readonly importedBy: string; readonly importedAt: Date; readonly summary: ImportSummary }
  | { readonly state: "at-work"; readonly importedBy: string }
  /** `why`: one sentence or two that say what is wrong and what to do. */
  | { readonly state: "unreadable"; readonly why: Said };

export type ImportParts = Pick<MonitorContext, "db" | "clock" | "jobs">;

/**
 * Imports HubSpot's own export of sync errors into a connection: known errors are confirmed, new ones are held for true until
 * the next polls have looked at their records. The same file twice changes nothing. What an import that dies has merged stays,
 * and the next import of the file goes on from there.
 */
export async function importErrors(
  parts: ImportParts,
  connection: Connection,
  file: ExportFile,
  actor: Actor,
  listener: ImportListener = {},
): Promise<ImportOutcome> {
  try {
    const spooled = await spool(file.bytes);
    try {
      return await importSpooled(parts, connection, file, spooled, actor, listener);
    } finally {
      await spooled.remove();
    }
  } catch (error) {
    if (!(error instanceof UnreadableExportError)) throw error;
    await log(parts, connection, file, actor, "failed", error.why);
    return { state: "unreadable", why: error.why };
  }
}

async function importSpooled(
  parts: ImportParts,
  connection: Connection,
  file: ExportFile,
  spooled: SpooledFile,
  actor: Actor,
  listener: ImportListener,
): Promise<ImportOutcome> {
  const { db, clock, jobs } = parts;
  const importedAt = clock.now();
  const { name } = connection.settings;
  const id = { connection: name, digest: spooled.digest };
  const standing = await takeImport(db, {
    ...id,
    file_name: file.name.slice(0, 200),
    imported_by: actor.userId,
    started_at: importedAt,
  });
  if (standing !== null) return standingOutcome(standing);
  const mark: ImportMark = {
    importedAt,
    importedBy: actor.userId,
    exportedAt: file.exportedAt,
    dueAt: (before) => new Date(importedAt.getTime() + Math.floor(before / DUE_EACH_STEP) * STEP_MS),
  };
  try {
    const merged = await mergeAll(parts, connection, readExport(spooled.read()), mark, id, listener);
    const summary = { ...merged, absent: await countAbsent(db, name, importedAt) };
    await finishImport(db, id, summary, clock.now());
    await log(parts, connection, file, actor, "done", summarySentence(summary));
    if (summary.new > 0) await jobs.send({ kind: "poll", connection: name });
    return { state: "imported", summary };
  } catch (error) {
    await dropImport(db, id);
    throw error;
  }
}

function standingOutcome({ imported_by, started_at, finished_at, outcome }: StoredImport): ImportOutcome {
  if (finished_at === null || outcome === null) return { state: "at-work", importedBy: imported_by };
  return { state: "known", importedBy: imported_by, importedAt: started_at, summary: outcome };
}

async function mergeAll(
  parts: ImportParts,
  connection: Connection,
  lines: AsyncIterable<ReadLine>,
  mark: ImportMark,
  id: { readonly connection: string; readonly digest: string },
  listener: ImportListener,
): Promise<ImportSummary> {
  let summary = EMPTY_SUMMARY;
  for await (const portion of inPortions(lines, PORTION)) {
    const located = await locate(parts, connection, portion);
    const understood = located.filter((line): line is LocatedLine => !("reason" in line));
    const rejects = located.filter((line) => "reason" in line);
    const merged = await parts.db.transaction().execute(async (trx) => {
      await keepImport(trx, id, parts.clock.now());
      return mergeLines(trx, connection, understood, mark, summary.new);
    });
    for (const reject of rejects) listener.onNotUnderstood?.(reject);
    summary = {
      ...summary,
      lines: summary.lines + portion.length,
      new: summary.new + merged.new,
      confirmed: summary.confirmed + merged.confirmed,
      repeated: summary.repeated + merged.repeated,
      notUnderstood: summary.notUnderstood + rejects.length,
      rejects: [...summary.rejects, ...rejects].slice(0, REJECTS_KEPT),
    };
    listener.onProgress?.(summary.lines);
    // PGlite works in this process: whatever else waits has its turn between two portions.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return summary;
}

async function* inPortions<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let portion: T[] = [];
  for await (const item of items) {
    portion.push(item);
    if (portion.length < size) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

/** The figures in one sentence. */
export function summarySentence({ lines, new: fresh, confirmed, repeated, absent, notUnderstood }: ImportSummary): Sentence {
  if (repeated === 0) {
    return sentence(
      "{lines, plural, one {# line read} other {# lines read}}: {fresh, number} new, {confirmed, number} confirmed, {absent, number} known but not in the file, {notUnderstood, number} not understood.",
      { lines, fresh, confirmed, absent, notUnderstood },
    );
  }
  return sentence(
    "{lines, plural, one {# line read} other {# lines read}}: {fresh, number} new, {confirmed, number} confirmed, {repeated, number} repeated, {absent, number} known but not in the file, {notUnderstood, number} not understood.",
    { lines, fresh, confirmed, repeated, absent, notUnderstood },
  );
}

async function log(
  { db, clock }: ImportParts,
  { settings }: Connection,
  file: ExportFile,
  actor: Actor,
  outcome: "done" | "failed",
  detail: Said,
): Promise<void> {
  await logAction(db, {
    at: clock.now(),
    connection: settings.name,
    ...loggedActor(actor),
    action: "import sync errors",
    target: file.name.slice(0, 200),
    outcome,
    detail,
  });
}
