import { describe, expect, test } from "vitest";
import { type ApiSample, forecast } from "../../src/health/api-forecast.ts";
import { mayScan } from "../../src/health/call-budget.ts";
import { stalled } from "../../src/health/stall.ts";
import { ENGLISH } from "../../src/language/language.ts";

const NOW = new Date("2026-01-02T12:00:00Z");
const MINUTE = 60_000;

/** Samples every 15 minutes up to now, of the given use. */
function samples(used: readonly number[], max = 100_000): readonly ApiSample[] {
  return used.map((calls, index) => ({
    at: new Date(NOW.getTime() - (used.length - 1 - index) * 15 * MINUTE),
    used: calls,
    max,
  }));
}

describe("when the calls run out", () => {
  test("at a steady rate", () => {
    expect(forecast(samples([96_000, 97_000, 98_000, 99_000]), NOW)).toEqual({
      perHour: 4000,
      exhaustedAt: new Date(NOW.getTime() + 15 * MINUTE),
    });
  });

  test("one burst does not make the rate", () => {
    const burst = samples([1000, 1100, 1200, 41_200, 41_300, 41_400]);
    expect(forecast(burst, NOW)).toEqual({ perHour: 400, exhaustedAt: null });
  });

  test("a reset counts for nothing", () => {
    expect(forecast(samples([98_000, 99_000, 0, 1000, 2000, 3000]), NOW).perHour).toBe(4000);
    const rolling = samples([1000, 2000, 1500, 1000, 2000, 1500, 1000, 2000]);
    expect(forecast(rolling, NOW).perHour).toBe(4000);
  });

  test("too little, or too old, is not known; idle never ends", () => {
    const unknown = { perHour: null, exhaustedAt: null };
    expect(forecast([], NOW)).toEqual(unknown);
    expect(forecast(samples([1, 2]), NOW)).toEqual(unknown);
    expect(forecast(samples([1, 2, 3, 4]), new Date(NOW.getTime() + 3 * 60 * MINUTE))).toEqual(unknown);
    expect(forecast(samples([5, 5, 5, 5, 5]), NOW)).toEqual({ perHour: 0, exhaustedAt: null });
  });

  test("none left is now", () => {
    expect(forecast(samples([100_000]), NOW).exhaustedAt).toEqual(NOW);
  });

  test("many polls within a minute are joined", () => {
    const dense = Array.from({ length: 121 }, (_, index) => ({
      at: new Date(NOW.getTime() - (120 - index) * MINUTE),
      used: index * 10,
      max: 100_000,
    }));
    expect(forecast(dense, NOW).perHour).toBe(600);
  });
});

describe("scanning is allowed", () => {
  const budget = { used: 1000, max: 100_000, ownCalls24h: 10, pauseBelow: 0.1, shareOfDailyLimit: 0.02 };

  test("while enough calls are left and the bot's own share isn't used up", () => {
    expect(mayScan(budget)).toEqual({ allowed: true });
    expect(mayScan({ ...budget, used: 90_000 })).toEqual({ allowed: true });
    expect(mayScan({ ...budget, max: 0 })).toEqual({ allowed: true });
  });

  test("not when the org runs low, with the figures", () => {
    const decision = mayScan({ ...budget, used: 90_001 });
    expect(decision).toMatchObject({ allowed: false });
    expect("reason" in decision && ENGLISH.render(decision.reason)).toContain("9,999 of Salesforce's 100,000");
  });

  test("not when the bot has used its share", () => {
    const decision = mayScan({ ...budget, ownCalls24h: 2000 });
    expect("reason" in decision && ENGLISH.render(decision.reason)).toContain("may use 2% of 100,000");
  });
});

describe("the sync has stalled", () => {
  const hour = 60 * MINUTE;
  const ago = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE);

  const change = (records: number, oldestAt: Date, changedIn: "hubspot" | "salesforce" = "hubspot", kind = "Contact") => ({
    changedIn,
    kind,
    records,
    oldestAt,
  });

  test.each<[string, readonly ReturnType<typeof change>[], Date | null, boolean]>([
    ["one change in HubSpot and no sync ever", [change(1, ago(61))], null, true],
    ["the last sync is older than the change", [change(1, ago(61))], ago(120), true],
    ["a sync since", [change(1, ago(61))], ago(30), false],
    ["not for long enough", [change(1, ago(59))], ago(120), false],
    ["nothing waits", [], ago(600), false],
    ["a change in Salesforce that HubSpot may refuse", [change(1, ago(61), "salesforce")], ago(120), false],
    ["some of one kind, which may have one cause", [change(4, ago(61), "salesforce")], ago(120), false],
    ["some of several kinds", [change(2, ago(61), "salesforce"), change(1, ago(62), "salesforce", "Account")], ago(120), true],
    [
      "some of several kinds, one of them recent",
      [change(2, ago(61), "salesforce"), change(1, ago(2), "salesforce", "Lead")],
      null,
      false,
    ],
    ["many of one kind", [change(12, ago(61), "salesforce")], ago(120), true],
  ])("%s", (_, waiting, lastSyncAt, expected) => {
    expect(stalled({ waiting, lastSyncAt, stallMs: hour, now: NOW })).toBe(expected);
  });
});
