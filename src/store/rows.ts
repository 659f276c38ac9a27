/** Rows a statement: a statement takes 65,535 parameters at most, and PGlite copies each one. */
const ROWS_A_STATEMENT = 500;

/** Cuts rows into the portions that one statement takes. */
export function portions<T>(rows: readonly T[]): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) result.push(rows.slice(start, start + ROWS_A_STATEMENT));
  return result;
}
