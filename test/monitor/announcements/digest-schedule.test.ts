import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cadence } from "../../../src/config/config.ts";
import { dueDigest, lastDue, nextDue } from "../../../src/monitor/announcements/digest-schedule.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const at = (iso: string) => new Date(iso);

/** All that time zones do: no summer, either hemisphere, half hours, changes at midnight or before it, a half-hour change. */
const ZONES = [
  "UTC",
  "Europe/Oslo",
  "Europe/London",
  "Europe/Chisinau",
  "Atlantic/Azores",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Beirut",
  "Asia/Jerusalem",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Tokyo",
  "Asia/Tehran",
  "Australia/Lord_Howe",
  "Australia/Adelaide",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
  "America/New_York",
  "America/St_Johns",
  "America/Los_Angeles",
  "America/Havana",
  "America/Santiago",
  "America/Nuuk",
] as const;

/** The clocks of a zone as `Intl` shows them: what the schedule is held against, and no code of its own. */
function clockOf(timeZone: string) {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (moment: number) => format.format(moment);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a zone's clocks show at each minute of a span, and in the minute before it. */
function shownIn(timeZone: string, { from, to }: Span): readonly string[] {
  const clock = clockOf(timeZone);
  return Array.from({ length: (to - from) / MINUTE_MS + 1 }, (_, minute) => clock(from + (minute - 1) * MINUTE_MS));
}

/** Each day's moment at which the clocks first show a time; where they never do, as much later as they have jumped. */
function expectedMoments(time: string, from: number, shownAt: readonly string[]): Map<string, number> {
  const moments = new Map<string, number>();
  let before = shownAt[0] ?? "";
  for (const [index, shown] of shownAt.slice(1).entries()) {
    const moment = from + index * MINUTE_MS;
    const [day = "", hour = ""] = shown.split(" ");
    if (hour === time && !moments.has(day)) moments.set(day, moment);
    const passedOver = minutesBetween(before, shown);
    // The clocks went forward: what they would have shown is due when it would have been.
    for (let minute = 1; minute < passedOver; minute += 1) {
      const [missedDay = "", missedHour = ""] = shifted(before, minute).split(" ");
      if (missedHour === time && !moments.has(missedDay)) moments.set(missedDay, moment + (minute - 1) * MINUTE_MS);
    }
    before = shown;
  }
  return moments;
}

const asUtc = (shown: string) => Date.parse(`${shown.replace(" ", "T")}Z`);
const minutesBetween = (one: string, other: string) => (asUtc(other) - asUtc(one)) / MINUTE_MS;
const shifted = (shown: string, minutes: number) =>
  new Date(asUtc(shown) + minutes * MINUTE_MS).toISOString().slice(0, 16).replace("T", " ");

/** The moments at which a zone's clocks are put forward or back in a span of time. */
function changesOf(timeZone: string, from: number, to: number): number[] {
  const clock = clockOf(timeZone);
  const changes: number[] = [];
  for (let hour = from; hour < to; hour += 30 * MINUTE_MS) {
    if (minutesBetween(clock(hour), clock(hour + 30 * MINUTE_MS)) !== 30) changes.push(hour);
  }
  return changes;
}

interface Sent {
  readonly at: number;
  readonly due: number;
}

/** The minutes of a span at which something can happen, and every tenth of the others. */
function ticks({ from, to }: Span, moments: readonly number[]): number[] {
  const minutes = new Set<number>();
  for (let now = from; now < to; now += 10 * MINUTE_MS) minutes.add(now);
  for (const moment of moments) {
    for (const halves of [-2, -1, 0, 1, 2]) {
      for (const minute of [-1, 0, 1]) minutes.add(moment + (halves * 30 + minute) * MINUTE_MS);
    }
  }
  return [...minutes].filter((now) => now >= from && now < to).sort((one, other) => one - other);
}

/** Plays the minute's tick from moment to moment, but for the time that the process is down: what is sent when. */
function play(cadence: Cadence, minutes: readonly number[], down: readonly [number, number] | null): Sent[] {
  const sent: Sent[] = [];
  let digestedUntil = new Date((minutes[0] ?? 0) - 1);
  for (const now of minutes) {
    if (down !== null && now >= down[0] && now < down[1]) continue;
    const digest = dueDigest(cadence, digestedUntil, new Date(now));
    if (digest === null) continue;
    digestedUntil = digest.due;
    if (digest.action === "send") sent.push({ at: now, due: digest.due.getTime() });
  }
  return sent;
}

const YEAR = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)] as const;
/** In and around the hours at which clocks are changed, and any others. */
const times = fc.oneof(
  fc.constantFrom("00:00", "00:30", "01:00", "01:30", "02:00", "02:15", "02:30", "03:00", "22:30", "23:00", "23:30", "23:59"),
  fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`),
);

describe.each(ZONES)("in %s, across both changes of its clocks,", (timeZone) => {
  const changes = changesOf(timeZone, ...YEAR);
  const middles = changes.length === 0 ? [Date.UTC(2026, 2, 29)] : changes;
  // From UTC's midnight, so that each span begins and ends within days that don't count.
  const spans = middles.map((change) => {
    const from = Math.floor(change / DAY_MS) * DAY_MS - 2 * DAY_MS;
    const span = { from, to: from + 5 * DAY_MS };
    return { ...span, shownAt: shownIn(timeZone, span), changes: [change] };
  });

  test("a daily digest is sent at its very minute, exactly one a day", () => {
    fc.assert(
      fc.property(times, fc.constantFrom(...spans), (time, span) => {
        const expected = [...expectedMoments(time, span.from, span.shownAt).values()].sort((one, other) => one - other);
        const sent = play({ kind: "daily", time, timeZone }, ticks(span, [...expected, ...span.changes]), null);
        expect(sent.map((digest) => digest.at)).toEqual(expected);
        expect(sent.every((digest) => digest.at === digest.due)).toBe(true);
      }),
      { numRuns: 6 },
    );
  });

  test("after any downtime there is one digest at the most to catch up on, and then each at its minute", () => {
    const span = fc.constantFrom(...spans);
    const hours = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(times, span, hours, hours, (time, span, begin, length) => {
        const { from, to } = span;
        const down = [from + begin * HOUR_MS, from + (begin + length) * HOUR_MS] as const;
        const dues = [...expectedMoments(time, from, span.shownAt).values()].sort((one, other) => one - other);
        const sent = play({ kind: "daily", time, timeZone }, ticks(span, [...dues, ...span.changes, down[1]]), down);
        const missed = dues.filter((due) => due >= down[0] && due < down[1]);
        const late = sent.filter((digest) => digest.at !== digest.due);
        const newest = missed.at(-1);
        const following = newest === undefined ? undefined : dues.find((due) => due > newest);
        const isWorth = newest !== undefined && following !== undefined && down[1] - newest < (following - newest) / 2;
        if (isWorth && down[1] < to) expect(late).toEqual([{ at: down[1], due: newest }]);
        else expect(late.length).toBeLessThanOrEqual(1);
        expect(sent.filter((digest) => digest.at === digest.due).map(({ due }) => due)).toEqual(
          dues.filter((due) => !missed.includes(due)),
        );
        expect(new Set(sent.map(({ due }) => due)).size).toBe(sent.length);
      }),
      { numRuns: 6 },
    );
  });
});

test("weekly digests and those of weekdays fall on their days, at their minute, across the changes", () => {
  const kinds = fc.oneof(
    fc.constant({ kind: "weekdays" as const }),
    fc.integer({ min: 0, max: 6 }).map((weekday) => ({ kind: "weekly" as const, weekday })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), times, kinds, fc.constantFrom(2, 3, 8, 9, 10), (timeZone, time, kind, month) => {
      const from = Date.UTC(2026, month, 20);
      const to = from + 14 * DAY_MS;
      const days = [...expectedMoments(time, from, shownIn(timeZone, { from, to }))].filter(([day]) => {
        const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
        return kind.kind === "weekdays" ? weekday >= 1 && weekday <= 5 : weekday === kind.weekday;
      });
      const cadence: Cadence = { ...kind, time, timeZone };
      const found: number[] = [];
      for (let due = nextDue(cadence, new Date(from - 1)); due !== null && due.getTime() < to; due = nextDue(cadence, due)) {
        found.push(due.getTime());
        expect(lastDue(cadence, due)).toEqual(due);
        expect(lastDue(cadence, new Date(due.getTime() - 1))?.getTime()).toBeLessThan(due.getTime());
      }
      expect(found).toEqual(days.map(([, moment]) => moment).sort((one, other) => one - other));
    }),
    { numRuns: 40 },
  );
});

describe("the newest moment at which a digest was due", () => {
  const daily = { kind: "daily", time: "09:00", timeZone: "Europe/Oslo" } as const;

  test("is today's once the minute has come, else yesterday's", () => {
    expect(lastDue(daily, at("2026-11-22T07:59:59Z"))).toEqual(at("2026-11-21T08:00:00Z"));
    expect(lastDue(daily, at("2026-11-22T08:00:00Z"))).toEqual(at("2026-11-22T08:00:00Z"));
  });

  test("at a time that the clocks pass over is as much later as they go forward", () => {
    const early = { ...daily, time: "02:30" };
    expect(lastDue(early, at("2026-03-29T00:59:00Z"))).toEqual(at("2026-03-28T01:30:00Z"));
    // 03:30 in summer, on that day alone.
    expect(nextDue(early, at("2026-03-28T12:00:00Z"))).toEqual(at("2026-03-29T01:30:00Z"));
    expect(nextDue(early, at("2026-03-29T12:00:00Z"))).toEqual(at("2026-03-30T00:30:00Z"));
  });

  test("at a time that the clocks show twice is the first of the two, and no second one", () => {
    const early = { ...daily, time: "02:30" };
    expect(lastDue(early, at("2026-10-25T12:00:00Z"))).toEqual(at("2026-10-25T00:30:00Z"));
    expect(nextDue(early, at("2026-10-25T00:30:00Z"))).toEqual(at("2026-10-26T01:30:00Z"));
  });

  test("on a day that a country left out falls together with the next day's", () => {
    const samoa = { kind: "daily", time: "09:00", timeZone: "Pacific/Apia" } as const;
    const dues = [nextDue(samoa, at("2011-12-29T00:00:00Z"))];
    while (dues.length < 3) dues.push(nextDue(samoa, dues.at(-1) ?? at("2011-12-29T00:00:00Z")));
    expect(dues).toEqual([at("2011-12-29T19:00:00Z"), at("2011-12-30T19:00:00Z"), at("2011-12-31T19:00:00Z")]);
  });

  test("is none for an immediate subscription", () => {
    expect(lastDue({ kind: "immediate" }, at("2026-11-22T12:00:00Z"))).toBeNull();
    expect(dueDigest({ kind: "immediate" }, at("2026-11-20T12:00:00Z"), at("2026-11-22T12:00:00Z"))).toBeNull();
  });
});
