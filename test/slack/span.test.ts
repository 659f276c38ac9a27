import { expect, test } from "vitest";
import { readMoment, readSpan } from "../../src/slack/commands/span.ts";

const OSLO = "Europe/Oslo";
/** A Wednesday, 14:30 in Oslo. */
const NOW = new Date("2026-11-25T13:30:00Z");

test.each([
  ["tomorrow", "2026-11-25T23:00:00.000Z"],
  ["friday", "2026-11-26T23:00:00.000Z"],
  ["wednesday", "2026-12-01T23:00:00.000Z"],
  ["on Friday at 9am", "2026-11-27T08:00:00.000Z"],
  ["next mon 9.30", "2026-11-30T08:30:00.000Z"],
  ["17:00", "2026-11-25T16:00:00.000Z"],
  ["noon", "2026-11-26T11:00:00.000Z"],
  ["today 6 pm", "2026-11-25T17:00:00.000Z"],
  ["2026-12-01", "2026-11-30T23:00:00.000Z"],
  ["2027-3-28 02:30", "2027-03-28T01:30:00.000Z"],
])("until %s", (words, moment) => {
  expect(readMoment(words.split(" "), NOW, OSLO)?.toISOString()).toBe(moment);
});

test.each(["", "today", "today 9am", "2026-11-25", "2026-02-30", "2026-13-01", "friday the 13th", "whenever", "25:00"])(
  "“%s” names no moment that is to come",
  (words) => {
    expect(readMoment(words.split(" "), NOW, OSLO)).toBeNull();
  },
);

test("spans are read in the units that people write", () => {
  expect(["2h", "3 days", "90 min", "1w", "0d", "2 fortnights", "7"].map(readSpan)).toEqual([
    7_200_000,
    259_200_000,
    5_400_000,
    604_800_000,
    null,
    null,
    null,
  ]);
});
