import fc from "fast-check";
import { expect, test } from "vitest";
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

test.each([
  ["", { kind: "immediate", categories: null, quietWhenHealthy: false, channel: null }],
  ["daily", { kind: "daily", time: "09:00" }],
  ["at 7:30", { kind: "daily", time: "07:30" }],
  ["weekly", { kind: "weekly", weekday: 1, time: "09:00" }],
  ["fri 5pm Europe/Berlin", { kind: "weekly", weekday: 5, time: "17:00", timeZone: "Europe/Berlin" }],
  ["every monday at 12am", { kind: "weekly", weekday: 1, time: "00:00" }],
  [
    "immediate property values, duplicates quiet",
    { kind: "immediate", categories: ["property-values", "duplicates"], quietWhenHealthy: true },
  ],
  ["<#C0SALES|sales> daily", { channel: "C0SALES" }],
])("subscribe %j", (text, expected) => {
  expect(readSubscription(text.split(" ").filter((word) => word !== ""))).toMatchObject(expected);
});

test.each(["25:00", "13pm", "hourly", "Mars/Olympus"])("subscribe %s is not understood, and says so", (word) => {
  expect(readSubscription(["daily", word])).toEqual({ unknown: word });
});
