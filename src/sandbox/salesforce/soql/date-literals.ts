/** A span of days, both in epoch milliseconds: from the first moment up to the first moment after it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

type Unit = "DAY" | "WEEK" | "MONTH" | "QUARTER" | "YEAR";

function startOf(unit: Unit, now: Date, shift: number): number {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  switch (unit) {
    case "DAY":
      return Date.UTC(year, month, day + shift);
    case "WEEK":
      return Date.UTC(year, month, day - now.getUTCDay() + 7 * shift);
    case "MONTH":
      return Date.UTC(year, month + shift, 1);
    case "QUARTER":
      return Date.UTC(year, month - (month % 3) + 3 * shift, 1);
    case "YEAR":
      return Date.UTC(year + shift, 0, 1);
  }
}

function span(unit: Unit, now: Date, first: number, afterLast: number): Span {
  return { from: startOf(unit, now, first), to: startOf(unit, now, afterLast) };
}

/** The span that a literal like `TODAY` or `LAST_N_DAYS:3` names, in UTC; null for one that SOQL does not know. */
export function dateLiteral(literal: string, now: Date): Span | null {
  const upper = literal.toUpperCase();
  if (upper === "YESTERDAY") return span("DAY", now, -1, 0);
  if (upper === "TODAY") return span("DAY", now, 0, 1);
  if (upper === "TOMORROW") return span("DAY", now, 1, 2);
  if (upper === "LAST_90_DAYS") return span("DAY", now, -90, 1);
  if (upper === "NEXT_90_DAYS") return span("DAY", now, 1, 91);
  const relative = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/.exec(upper);
  if (relative !== null) {
    const shift = relative[1] === "LAST" ? -1 : relative[1] === "NEXT" ? 1 : 0;
    return span(relative[2] as Unit, now, shift, shift + 1);
  }
  const counted = /^(LAST|NEXT)_N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S:(\d+)$/.exec(upper);
  if (counted !== null) {
    const [unit, count] = [counted[2] as Unit, Number(counted[3])];
    if (counted[1] === "NEXT") return span(unit, now, 1, count + 1);
    // The last n days include today, longer units leave out the one under way.
    return span(unit, now, -count, unit === "DAY" ? 1 : 0);
  }
  const ago = /^N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO:(\d+)$/.exec(upper);
  return ago === null ? null : span(ago[1] as Unit, now, -Number(ago[2]), 1 - Number(ago[2]));
}
