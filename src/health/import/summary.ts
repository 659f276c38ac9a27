import type { NotUnderstood } from "./line.ts";

/** How many of the lines that were not understood a summary shows. */
export const REJECTS_KEPT = 20;

/** What came of importing HubSpot's export. */
export interface ImportSummary {
  /** Lines with something in them, the header not counted. */
  readonly lines: number;
  /** Errors of records that nobody knew of: the next polls look at these records. */
  readonly new: number;
  /** Errors that were known and that HubSpot shows too. */
  readonly confirmed: number;
  /** Lines that say what a line before them said. */
  readonly repeated: number;
  /** Errors of records that are known and not in the file. They stay. */
  readonly absent: number;
  readonly notUnderstood: number;
  /** The first of these. */
  readonly rejects: readonly NotUnderstood[];
}

export const EMPTY_SUMMARY: ImportSummary = {
  lines: 0,
  new: 0,
  confirmed: 0,
  repeated: 0,
  absent: 0,
  notUnderstood: 0,
  rejects: [],
};
