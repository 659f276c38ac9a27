/** Salesforce writes datetimes as `2026-01-02T03:04:05.678+0000`; as text they sort by time. */
export function toDateTime(moment: Date | number): string {
  return new Date(moment).toISOString().replace("Z", "+0000");
}

const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** A datetime in any form the API takes, in the form it answers; null where it is none. */
export function parseDateTime(value: string): string | null {
  if (DATE.test(value)) return parseDate(value) === null ? null : `${value}T00:00:00.000+0000`;
  if (!DATE_TIME.test(value)) return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`;
  const time = Date.parse(zoned.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(time) ? null : toDateTime(time);
}

/** A calendar date as `yyyy-mm-dd`, also out of a datetime; null where it is none. */
export function parseDate(value: string): string | null {
  const day = DATE.test(value) ? value : (parseDateTime(value)?.slice(0, 10) ?? null);
  if (day === null) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : day;
}
