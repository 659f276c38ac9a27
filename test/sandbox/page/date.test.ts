import { describe, expect, it } from "vitest";
import { dayTitle, formatDate } from "../../../src/sandbox/page/blocks/date.ts";
import { readerClock } from "../../../src/sandbox/page/blocks/reader.ts";

const at = new Date("2026-03-03T23:30:00Z");
const oslo = readerClock("Europe/Oslo", { person: "en-GB", browser: "en-GB" }, new Date("2026-03-04T10:00:00Z"));

describe("Slack's date tokens", () => {
  it.each([
    ["{date_num}", "2026-03-04"],
    ["{date}", "March 4th, 2026"],
    ["{date_short}", "Mar 4, 2026"],
    ["{date_long}", "Wednesday, March 4th, 2026"],
    ["{date_short_pretty} at {time}", "today at 00:30"],
    ["{ago}", "10 hours ago"],
    ["{no_such_token}", "{no_such_token}"],
  ])("%s is %s to a reader in Oslo", (format, text) => {
    expect(formatDate(at, format, oslo)).toBe(text);
  });

  it("is another day and another clock to a reader in New York", () => {
    const newYork = readerClock("America/New_York", { person: "en-GB", browser: "en-US" }, new Date("2026-03-04T15:00:00Z"));
    expect(formatDate(at, "{date_short_pretty} at {time}", newYork).replace(/\s/g, " ")).toBe("yesterday at 6:30 PM");
  });

  it("are written in the language that the person has Slack in", () => {
    const berlin = readerClock("Europe/Berlin", { person: "de-DE", browser: "en-US" }, new Date("2026-03-04T10:00:00Z"));
    expect(formatDate(at, "{date_short_pretty} um {time}, {date_long}", berlin)).toBe("heute um 00:30, Mittwoch, 4. März 2026");
  });

  it("knows yesterday across the change to summer time", () => {
    const after = readerClock("Europe/Oslo", { person: "en-GB", browser: "en-GB" }, new Date("2026-03-30T08:00:00Z"));
    expect(formatDate(new Date("2026-03-28T23:30:00Z"), "{date_pretty}", after)).toBe("yesterday");
  });
});

it("reads UTC where the browser names no zone that exists", () => {
  expect(readerClock("Mars/Olympus", { person: "en-GB", browser: "xx-!!" }, at)).toMatchObject({
    timeZone: "UTC",
    locale: "en-GB",
  });
});

it("names the day before its messages", () => {
  expect(dayTitle(at, oslo)).toBe("Today");
  expect(dayTitle(new Date("2026-01-01T12:00:00Z"), oslo)).toBe("Thursday, January 1st");
});
