const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30m`, `4s`, `6h`, `1d` or `500ms` in milliseconds; null where the text is no such duration. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(text.trim());
  if (!match) return null;
  const unit = match[2] as keyof typeof UNITS;
  return Number(match[1]) * UNITS[unit];
}
