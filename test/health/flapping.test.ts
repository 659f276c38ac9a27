import fc from "fast-check";
import { expect, test } from "vitest";
import { FLAPPING_WITHIN_MS, flappingOf, isFlapping, type Period } from "../../src/health/flapping.ts";

const NOW = new Date("2026-11-22T10:00:00Z");

function period(hoursAgo: number, minutes: number): Period {
  const openedAt = new Date(NOW.getTime() - hoursAgo * 3_600_000);
  return { openedAt, closedAt: new Date(openedAt.getTime() + minutes * 60_000) };
}

test("the third suspension within a day goes on with the matter, the first two don't", () => {
  expect(isFlapping([], NOW)).toBe(false);
  expect(isFlapping([period(3, 4)], NOW)).toBe(false);
  expect(isFlapping([period(3, 4), period(1, 4)], NOW)).toBe(true);
  expect(isFlapping([period(25, 4), period(1, 4)], NOW)).toBe(false);
});

test("a matter that flaps is told with how often, since when and for how long each time", () => {
  const over = [period(3, 4), period(1, 6)];
  expect(flappingOf(over, false)).toBeNull();
  expect(flappingOf(over, true)).toEqual({ times: 3, since: over[0]?.openedAt, shortestMs: 240_000, longestMs: 360_000 });
  expect(flappingOf([...over, period(0.5, 5)], false)).toMatchObject({ times: 3, shortestMs: 240_000 });
});

test("however suspensions lie in time, flapping needs two others that began within the day", () => {
  const hours = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { maxLength: 8 });
  fc.assert(
    fc.property(hours, (begun) => {
      const recent = begun.filter((ago) => ago * 3_600_000 < FLAPPING_WITHIN_MS).length;
      const periods = begun.map((ago) => ({ openedAt: new Date(NOW.getTime() - ago * 3_600_000), closedAt: NOW }));
      // A moment on the very edge may fall to either side by rounding.
      fc.pre(begun.every((ago) => Math.abs(ago * 3_600_000 - FLAPPING_WITHIN_MS) > 1));
      expect(isFlapping(periods, NOW)).toBe(recent >= 2);
    }),
  );
});
