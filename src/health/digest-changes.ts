import type { ErrorCount } from "./report.ts";

/** An open sync error, as far as it matters to what a digest tells of it. */
export interface OpenError {
  readonly id: string;
  readonly openedAt: Date;
  readonly isMuted: boolean;
  readonly records: number;
}

/** What a digest tells of the open errors that a channel hears of. Ids are in order: most affected records first. */
export interface DigestChanges {
  readonly listed: readonly string[];
  readonly appeared: readonly string[];
  readonly grown: readonly string[];
  /** By how many records, together. */
  readonly grownBy: number;
  readonly muted: ErrorCount;
  readonly small: ErrorCount;
}

/**
 * Compares the open errors with those that the last digest told. Muted errors and those that hold back fewer records than asked
 * for are counted alone.
 * @param told how many records each error held back when it was last told, by id
 * @param since when that was; null where nothing was ever told, so that nothing is new
 */
export function digestChanges(
  open: readonly OpenError[],
  told: Readonly<Record<string, number>>,
  since: Date | null,
  atLeast: number,
): DigestChanges {
  const sorted = open.toSorted((one, other) => other.records - one.records || one.openedAt.getTime() - other.openedAt.getTime());
  const loud = sorted.filter(({ isMuted }) => !isMuted);
  const listed = loud.filter(({ records }) => records >= atLeast);
  const appeared = since === null ? [] : listed.filter(({ openedAt }) => openedAt > since);
  const grown = listed.filter((error) => !appeared.includes(error) && error.records > (told[error.id] ?? error.records));
  return {
    listed: listed.map(({ id }) => id),
    appeared: appeared.map(({ id }) => id),
    grown: grown.map(({ id }) => id),
    grownBy: grown.reduce((sum, { id, records }) => sum + records - (told[id] ?? records), 0),
    muted: countOf(sorted.filter(({ isMuted }) => isMuted)),
    small: countOf(loud.filter(({ records }) => records < atLeast)),
  };
}

function countOf(errors: readonly OpenError[]): ErrorCount {
  return { errors: errors.length, affectedRecords: errors.reduce((sum, { records }) => sum + records, 0) };
}
