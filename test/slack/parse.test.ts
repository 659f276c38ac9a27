import fc from "fast-check";
import { expect, test } from "vitest";
import { settleCadence } from "../../src/config/cadence.ts";
import { ENGLISH } from "../../src/language/language.ts";
import { parseCommand } from "../../src/slack/commands/parse.ts";
import { readSubscription } from "../../src/slack/commands/subscription-words.ts";
import { COMMANDS } from "../../src/slack/commands/table.ts";

function parse(text: string, connections: readonly string[] = ["acme", "globex"]) {
  const parsed = parseCommand(text, COMMANDS, connections);
  return parsed.kind === "command" ? { ...parsed, command: parsed.command.name } : parsed;
}

test.each([
  ["", { command: "status", words: [], named: null, isPublic: false }],
  ["   ", { command: "status" }],
  ["acme", { command: "status", named: "acme" }],
  ["PUBLIC Status", { command: "status", isPublic: true }],
  ["errors ACME picklists public", { command: "errors", named: "acme", words: ["picklists"], isPublic: true }],
  ["globex contacts errors", { command: "errors", named: "globex", words: ["contacts"] }],
  ["resync <mailto:ada@example.com|ada@example.com>", { command: "resync", words: ["ada@example.com"] }],
  ["resync <mailto:ada@example.com>", { command: "resync", words: ["ada@example.com"] }],
  ["resync a&amp;b@example.com", { command: "resync", words: ["a&b@example.com"] }],
  ["subscribe <#C0SALES|sales> daily 9:00", { command: "subscribe", words: ["<#C0SALES|sales>", "daily", "9:00"] }],
])("%j is understood", (text, expected) => {
  expect(parse(text)).toMatchObject({ kind: "command", ...expected });
});

test.each([
  ["help", null],
  ["help resync", "resync"],
  ["resync help", "resync"],
  ["help nonsense", null],
])("%j asks for help", (text, about) => {
  const parsed = parseCommand(text, COMMANDS, []);
  expect(parsed.kind === "help" ? (parsed.about?.name ?? null) : "no help").toBe(about);
});

test.each([
  ["statsu", "status"],
  ["eror", "error"],
  ["rsync all", "resync"],
  ["suspention", "suspension"],
  ["unsubscrib", "unsubscribe"],
  ["refesh", "refresh"],
  ["xyzzy", null],
  ["a", null],
])("%j is answered with the nearest command %j", (text, nearest) => {
  const parsed = parseCommand(text, COMMANDS, []);
  expect(parsed.kind === "unknown" ? (parsed.nearest?.name ?? null) : "no stranger").toBe(nearest);
});

test("every command's own examples and usage are understood as that command", () => {
  for (const command of COMMANDS.filter(({ name }) => name !== "help")) {
    for (const example of command.examples) expect(parse(example)).toMatchObject({ kind: "command", command: command.name });
  }
});

test("any text at all is taken apart without failing", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof parse(text).kind === "string"));
});

const wish = (text: string) => readSubscription(text.split(" ").filter((word) => word !== ""));
const daily = { kind: "daily", time: "09:00", timeZone: "Asia/Tokyo" };

/** What a person in Tokyo subscribes to by these words. */
function subscribed(text: string): unknown {
  const read = wish(text);
  if ("problem" in read) return ENGLISH.render(read.problem);
  const cadence = settleCadence(read.cadence, "Asia/Tokyo");
  return "problem" in cadence ? ENGLISH.render(cadence.problem) : { ...read, cadence };
}

test.each([
  ["", { cadence: { kind: "immediate" }, categories: null, quietWhenHealthy: false, channel: null }],
  ["daily", { cadence: daily }],
  ["daily 9am", { cadence: daily }],
  ["every day at 9", { cadence: daily }],
  ["9.30", { cadence: { ...daily, time: "09:30" } }],
  ["09h30", { cadence: { ...daily, time: "09:30" } }],
  ["daily at 9 pm", { cadence: { ...daily, time: "21:00" } }],
  ["noon", { cadence: { ...daily, time: "12:00" } }],
  ["daily at midnight", { cadence: { ...daily, time: "00:00" } }],
  ["daily 5 o'clock", { cadence: { ...daily, time: "05:00" } }],
  ["at 7:30", { cadence: { ...daily, time: "07:30" } }],
  ["weekdays at 9", { cadence: { ...daily, kind: "weekdays" } }],
  ["every weekday 8am oslo time", { cadence: { kind: "weekdays", time: "08:00", timeZone: "Europe/Oslo" } }],
  ["mon-fri 17:00 new york", { cadence: { kind: "weekdays", time: "17:00", timeZone: "America/New_York" } }],
  ["weekly", { cadence: { ...daily, kind: "weekly", weekday: 1 } }],
  ["weekly mon 09:00 Europe/Oslo", { cadence: { kind: "weekly", weekday: 1, time: "09:00", timeZone: "Europe/Oslo" } }],
  ["fri 5pm europe/berlin", { cadence: { kind: "weekly", weekday: 5, time: "17:00", timeZone: "Europe/Berlin" } }],
  ["every monday 9am", { cadence: { ...daily, kind: "weekly", weekday: 1 } }],
  ["every monday at 12am", { cadence: { ...daily, kind: "weekly", weekday: 1, time: "00:00" } }],
  [
    "immediate property values, duplicates quiet",
    { cadence: { kind: "immediate" }, categories: ["property-values", "duplicates"], quietWhenHealthy: true },
  ],
  ["daily 9 picklists for contacts and deals", { categories: ["picklists"], objects: ["contacts", "deals"] }],
  [
    "quiet 22:00 to 07:00",
    { cadence: { kind: "immediate" }, quietHours: { from: "22:00", to: "07:00" }, quietWhenHealthy: false },
  ],
  [
    "daily 9am quiet hours from 10pm-7am quiet",
    { cadence: daily, quietHours: { from: "22:00", to: "07:00" }, quietWhenHealthy: true },
  ],
  ["at least 10 records", { cadence: { kind: "immediate" }, atLeast: 10 }],
  ["daily at 9 min 5", { cadence: daily, atLeast: 5 }],
  ["<#C0SALES|sales> daily", { channel: "C0SALES" }],
])("subscribe %j", (text, expected) => {
  expect(subscribed(text)).toMatchObject(expected);
});

test.each([
  ["daily 25:00", /25:00 is no time of day: type one like `09:00`, `9am`/],
  ["daily 13pm", /13pm is no time of day/],
  ["daily 9.75", /9.75 is no time of day/],
  ["hourly", /not hourly: type `immediate`.*`daily 9am`/],
  ["monthly", /type `weekly mon 9am`/],
  ["daily Mars/Olympus", /don't know the time zone `Mars\/Olympus`: type a place, such as `Europe\/Oslo`/],
  ["daily 9am Europe/Olso", /Did you mean the time zone `Europe\/Oslo`\?/],
  ["daily 9am CET", /don't know the time zone `CET`/],
  ["dialy 9am", /Did you mean `daily`\?/],
  ["pickists", /Did you mean `picklists`\?/],
  ["daily mon", /`daily` has no single day: type `weekly mon 09:00`/],
  ["immediate 9am", /`immediate` has no time: type `immediate`, or `daily 09:00`/],
  ["weekly mon tue", /comes on one day: type `weekly mon 9am`/],
  ["daily 9am 5pm", /once a day, not at 09:00 and at 17:00: type `daily 09:00`/],
  ["daily weekly", /either `daily` or `weekly`: type two commands/],
  ["quiet from 22:00", /type `quiet 22:00 to 07:00`/],
  ["at least many", /Type for example `at least 10`/],
  [
    "gibberish",
    /don't understand `gibberish`\. Say when \(immediate, daily 9am, weekdays at 9, or weekly mon 09:00 Europe\/Oslo\)/,
  ],
])("subscribe %s is not understood, and the answer says what to type instead", (text, instead) => {
  expect(subscribed(text)).toMatch(instead);
});

test("any words at all are a subscription or a sentence", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom("daily", "quiet", "9", "to", "at", "least", "mon", "am"))),
      (words) => {
        const read = readSubscription(words);
        expect("problem" in read ? ENGLISH.render(read.problem) : read.cadence).toBeTruthy();
      },
    ),
  );
});
