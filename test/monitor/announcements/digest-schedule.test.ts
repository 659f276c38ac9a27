import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lastDue } from "../../../src/monitor/announcements/digest.ts";

const at = (iso: string) => new Date(iso);

describe("the newest moment at which a digest was due", () => {
  const daily = { kind: "daily", time: "09:00", timeZone: "Europe/Oslo" } as const;

  test("is today's once the minute has come, else yesterday's", () => {
    expect(lastDue(daily, at("2026-11-22T07:59:59Z"))).toEqual(at("2026-11-21T08:00:00Z"));
    expect(lastDue(daily, at("2026-11-22T08:00:00Z"))).toEqual(at("2026-11-22T08:00:00Z"));
  });

  test("keeps to the wall clock across both changes of daylight saving", () => {
    expect(lastDue(daily, at("2026-03-28T12:00:00Z"))).toEqual(at("2026-03-28T08:00:00Z"));
    expect(lastDue(daily, at("2026-03-29T12:00:00Z"))).toEqual(at("2026-03-29T07:00:00Z"));
    expect(lastDue(daily, at("2026-10-24T12:00:00Z"))).toEqual(at("2026-10-24T07:00:00Z"));
    expect(lastDue(daily, at("2026-10-25T12:00:00Z"))).toEqual(at("2026-10-25T08:00:00Z"));
  });

  test("of a weekly digest falls on its weekday", () => {
    const weekly = { kind: "weekly", weekday: 1, time: "09:00", timeZone: "America/New_York" } as const;
    expect(lastDue(weekly, at("2026-11-22T12:00:00Z"))).toEqual(at("2026-11-16T14:00:00Z"));
  });

  test("is none for an immediate subscription", () => {
    expect(lastDue({ kind: "immediate" }, at("2026-11-22T12:00:00Z"))).toBeNull();
  });

  test("is never in the future and never more than a day and an hour ago", () => {
    const zones = fc.constantFrom("UTC", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns", "Europe/London");
    const moments = fc.date({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z"), noInvalidDate: true });
    fc.assert(
      fc.property(zones, moments, fc.integer({ min: 0, max: 23 }), (timeZone, now, hour) => {
        const due = lastDue({ kind: "daily", time: `${String(hour).padStart(2, "0")}:30`, timeZone }, now);
        const ageMs = now.getTime() - (due?.getTime() ?? Number.NaN);
        expect(ageMs).toBeGreaterThanOrEqual(0);
        expect(ageMs).toBeLessThanOrEqual(25 * 3_600_000);
      }),
      { numRuns: 300 },
    );
  });
});
