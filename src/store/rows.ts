import { chunks } from "../records/chunks.ts";

/** Rows a statement: PGlite keeps the process from all else while it works on one, and PostgreSQL takes 65,535 parameters. */
const ROWS_A_STATEMENT = 200;

/** Cuts rows into the portions that one statement takes. */
export function portions<T>(rows: readonly T[]): T[][] {
  return chunks(rows, ROWS_A_STATEMENT);
}
