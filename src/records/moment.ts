const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{4})-(\d{2})-(\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const EPOCH = /^-?\d{9,14}$/;

/** A day or an instant, as a date or datetime value of either system says it. */
export interface Moment {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  /** It is a day without a time. */
  readonly wholeDay: boolean;
}

/**
 * Reads `2026-01-31`, ISO 8601 with a time (Salesforce writes `+0000`; no zone is read as UTC) and, where `epoch` allows,
 * HubSpot's milliseconds since 1970. Null where it is none of these or no real day.
 */
export function readMoment(value: string, options: { readonly epoch: boolean } = { epoch: true }): Moment | null {
  const text = value.trim();
  if (options.epoch && EPOCH.test(text)) {
    const at = Number(text);
    return Math.abs(at) <= 8.64e15 ? { at, wholeDay: false } : null;
  }
  const day = DAY.exec(text) ?? TIME.exec(text);
  if (day === null || !isRealDay(Number(day[1]), Number(day[2]), Number(day[3]))) return null;
  if (DAY.test(text)) return { at: Date.parse(`${text}T00:00:00Z`), wholeDay: true };
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
  const at = Date.parse(zoned.replace(" ", "T").replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(at) ? null : { at, wholeDay: false };
}

function isRealDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** `YYYY-MM-DD` in UTC. */
export function dayOf(moment: Moment): string {
  return new Date(moment.at).toISOString().slice(0, 10);
}

/** ISO 8601 in UTC with milliseconds, as both systems accept it. */
export function instantOf(moment: Moment): string {
  return new Date(moment.at).toISOString();
}

/** Equal to the day where one of them is a day, else to the second: Salesforce keeps no milliseconds. */
export function sameMoment(left: Moment, right: Moment, byDay: boolean): boolean {
  if (byDay || left.wholeDay || right.wholeDay) return dayOf(left) === dayOf(right);
  return Math.floor(left.at / 1000) === Math.floor(right.at / 1000);
}
