const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?Z?$/;

/**
 * A time of day as Salesforce writes it, `10:30:00.000Z`; null where it is none. HubSpot has no such type and holds text.
 * Source: Salesforce's "Time" field type: milliseconds, no time zone.
 */
export function readTimeOfDay(text: string): string | null {
  const [, hours = "", minutes = "", seconds = "00", fraction = ""] = TIME.exec(text.trim()) ?? [];
  if (hours === "" || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return `${hours}:${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
}
