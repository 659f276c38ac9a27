const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The keys that hold a Date in a stored report; evidence and causes keep their times as text. */
const DATE_KEY = /(?:At|asOf|^at|^from|^to|Until)$/;

/** Turns the dates of a report that was stored as JSON into Dates again, leaving evidence (whose times are text) as it is. */
export function reviveDates<T>(value: T, key = ""): T {
  if (typeof value === "string") return (DATE_KEY.test(key) && ISO_INSTANT.test(value) ? new Date(value) : value) as T;
  if (Array.isArray(value)) return value.map((item) => reviveDates(item)) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === "evidence" || name === "problem" ? inner : reviveDates(inner, name),
  ]);
  return Object.fromEntries(entries) as T;
}
