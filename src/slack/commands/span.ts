const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
};

/** A span of time in words ("7d", "2 weeks", "36h"), in milliseconds; null where the text is none. */
export function readSpan(text: string): number | null {
  const match = /^(\d{1,4})\s*([a-z]+?)s?$/i.exec(text.trim());
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ""];
  const number = Number(match?.[1]);
  return unit === undefined || number === 0 ? null : number * unit;
}
