import { describe, expect, test } from "vitest";
import { allocationWarning, callsWarning, credentialsWarning, storageWarning } from "../../src/health/limit-warnings.ts";
import type { Warning, WarningThresholds } from "../../src/health/warnings.ts";
import { ENGLISH } from "../../src/language/language.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const MINUTE = 60_000;
const THRESHOLDS: WarningThresholds = {
  callsWithinMs: 60 * MINUTE,
  rateOverMs: 10 * MINUTE,
  storageAbove: 0.95,
  allocationAbove: 0.8,
  credentialsWithinMs: 14 * 24 * 60 * MINUTE,
};

function statementOf(warning: Warning | null): string | null {
  return warning && ENGLISH.render(warning.evidence.statement);
}

/** One sample every five minutes, the last one now. */
function used(...counts: number[]) {
  return counts.map((count, index) => ({
    at: new Date(NOW.getTime() - (counts.length - 1 - index) * 5 * MINUTE),
    used: count,
    max: 100_000,
  }));
}

describe("API calls", () => {
  const steady = used(90_000, 91_000, 92_000, 93_000, 94_000, 95_000, 96_000);

  test("that run out within the hour are told, with how many are left, the rate and the time", () => {
    const warning = callsWarning(steady, THRESHOLDS, false, NOW);
    expect(warning).toMatchObject({
      kind: "calls-running-out",
      details: { left: "4000", perHour: "12000", exhaustedAt: "2026-03-01T12:20:00.000Z" },
    });
    expect(statementOf(warning)).toBe("4,000 of 100,000 API calls are left, and about 12,000 go in an hour");
  });

  test("are not told of for one burst, nor when little is known, nor when they are gone already", () => {
    expect(callsWarning(used(80_000, 80_010, 80_020, 96_000, 96_010, 96_020, 96_030), THRESHOLDS, false, NOW)).toBeNull();
    expect(callsWarning(used(90_000, 97_000), THRESHOLDS, false, NOW)).toBeNull();
    expect(callsWarning(used(94_000, 95_000, 96_000, 97_000, 98_000, 99_000, 100_000), THRESHOLDS, false, NOW)).toBeNull();
  });

  test("stay told of until the forecast is well beyond the hour", () => {
    const slower = used(88_000, 88_500, 89_000, 89_500, 90_000, 90_500, 91_000);
    expect(callsWarning(slower, THRESHOLDS, false, NOW)).toBeNull();
    expect(callsWarning(slower, THRESHOLDS, true, NOW)).not.toBeNull();
    const slow = used(88_000, 88_300, 88_600, 88_900, 89_200, 89_500, 89_800);
    expect(callsWarning(slow, THRESHOLDS, true, NOW)).toBeNull();
  });
});

test("storage is told of above its threshold, until it is well below; full storage is a suspension's matter", () => {
  const of = (remaining: number, standing = false) =>
    storageWarning("data", { max: 1_000, remaining }, THRESHOLDS, standing, NOW);
  expect(of(51)).toBeNull();
  expect(of(50)?.key).toBe("storage-nearly-full:data");
  expect(statementOf(of(50))).toBe("Salesforce's data storage is 95 % full: 50 of 1,000 MB are left");
  expect(of(60, true)).not.toBeNull();
  expect(of(80, true)).toBeNull();
  expect(of(0)).toBeNull();
});

test("the allocation is told of above its threshold; unknown, it is not", () => {
  const of = (calls: number | null, allocation: number | null) => allocationWarning(calls, allocation, THRESHOLDS, false, NOW);
  expect(of(799, 1_000)).toBeNull();
  expect(of(800, 1_000)?.details).toEqual({ used: "80", calls: "800", allocation: "1000" });
  expect(of(1_000, 1_000)).toBeNull();
  expect(of(null, 1_000)).toBeNull();
  expect(of(900, null)).toBeNull();
});

test("credentials are told of two weeks ahead, and when their day has passed", () => {
  const of = (day: string | null) =>
    credentialsWarning({ system: "hubspot", expires: day === null ? null : new Date(day) }, THRESHOLDS, NOW);
  expect(of(null)).toBeNull();
  expect(of("2026-03-20")).toBeNull();
  expect(statementOf(of("2026-03-10"))).toBe("By syncwarden.yaml, HubSpot's token expires on 10 Mar 2026");
  expect(statementOf(of("2026-02-10"))).toBe("By syncwarden.yaml, HubSpot's token has expired on 10 Feb 2026");
});
