import fc from "fast-check";
import { expect, test } from "vitest";
import { RATE_OVER_MS, type WaitingSample, workingOff } from "../../src/health/backlog.ts";

const NOW = new Date("2026-11-22T10:00:00Z");
const MINUTE_MS = 60_000;

function samples(...waiting: readonly (number | "suspended")[]): readonly WaitingSample[] {
  return waiting.map((value, index) => ({
    at: new Date(NOW.getTime() - (waiting.length - 1 - index) * MINUTE_MS),
    waiting: value === "suspended" ? 5_000 : value,
    suspended: value === "suspended",
  }));
}

test("a backlog that shrinks ends at the rate of its shrinking", () => {
  const { perHour, endsAt } = workingOff(samples(1_000, 900, 800), 800, NOW);
  expect(perHour).toBe(6_000);
  expect(endsAt).toEqual(new Date(NOW.getTime() + 8 * MINUTE_MS));
});

test("what a first look after a suspension finds is no growth: the rate counts from the look with most waiting", () => {
  expect(workingOff(samples("suspended", 10, 1_000, 950), 950, NOW).perHour).toBe(3_000);
});

test("nothing is known of a backlog that grows, stands still, is suspended, or was looked at once", () => {
  const unknown = { perHour: null, endsAt: null };
  for (const seen of [samples(1, 2, 3), samples(7, 7, 7), samples(9, 8, "suspended"), samples(9), samples("suspended", 9), []])
    expect(workingOff(seen, 9, NOW)).toEqual(unknown);
});

test("a backlog that is worked off has no end to come", () => {
  expect(workingOff(samples(10, 0), 0, NOW)).toEqual({ perHour: 600, endsAt: null });
});

const looks = fc.array(
  fc.record({
    at: fc.integer({ min: -2 * RATE_OVER_MS, max: MINUTE_MS }).map((ms) => new Date(NOW.getTime() + ms)),
    waiting: fc.nat(100_000),
    suspended: fc.boolean(),
  }),
  { maxLength: 40 },
);

test("whatever was seen, in whatever order, a rate is above zero and an end doesn't lie before the newest look", () => {
  fc.assert(
    fc.property(looks, fc.nat(100_000), (seen, left) => {
      const { perHour, endsAt } = workingOff(seen, left, NOW);
      expect(workingOff(seen.toReversed(), left, NOW).perHour === null).toBe(perHour === null);
      if (perHour === null) {
        expect(endsAt).toBeNull();
        return;
      }
      expect(perHour).toBeGreaterThan(0);
      const newest = Math.max(...seen.filter(({ at }) => at <= NOW).map(({ at }) => at.getTime()));
      if (left === 0) expect(endsAt).toBeNull();
      else expect(endsAt?.getTime()).toBeGreaterThanOrEqual(newest);
    }),
  );
});

test("looks from before a suspension or older than an hour change nothing", () => {
  fc.assert(
    fc.property(looks, looks, fc.nat(1_000), (before, after, left) => {
      const at = new Date(NOW.getTime() - RATE_OVER_MS / 2);
      const earlier = before.filter((look) => look.at < at);
      const later = after.filter((look) => look.at > at).map((look) => ({ ...look, suspended: false }));
      const split: WaitingSample = { at, waiting: 0, suspended: true };
      expect(workingOff([...earlier, split, ...later], left, NOW)).toEqual(workingOff(later, left, NOW));
    }),
  );
});
