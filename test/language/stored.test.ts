import { describe, expect, it } from "vitest";
import { ENGLISH } from "../../src/language/language.ts";
import { instant, sentence } from "../../src/language/sentence.ts";
import { saidOf, saidSchema, storedText } from "../../src/language/stored.ts";

const NESTED = sentence("{change} at {at}: {figures}.", {
  at: instant(new Date("2026-11-23T10:04:00Z")),
  change: sentence("“{text}”", { text: "Gold" }),
  figures: [sentence("{synced, number} synced", { synced: 1_200 }), "2 gone"],
});

describe("what is said to people, stored as text", () => {
  it("is read as it was, with the sentences within it", () => {
    expect(saidOf(storedText(NESTED))).toEqual(NESTED);
    expect(ENGLISH.render(saidOf(storedText(NESTED)))).toBe("“Gold” at 23 Nov 2026, 10:04 UTC: 1,200 synced, 2 gone.");
    expect(saidSchema.parse(JSON.parse(JSON.stringify(NESTED)))).toEqual(NESTED);
  });

  it("is read where a database has put the JSON in an order of its own", () => {
    expect(saidOf(`{"values": {}, "english": "no value"}`)).toEqual(sentence("no value"));
  });

  it.each(["", "Cancelled: 3 synced.", "{", '{"english":', '{"a": 1}', "{name} waits"])(
    "is text from before as it was: %j",
    (text) => {
      expect(saidOf(text)).toBe(text);
    },
  );

  it.each(['{"english":"{","values":{}}', '{"english":"@everyone","values":{}}', "{name} waits", "refresh acme"])(
    "shows what somebody typed as it was typed, even where it looks like a sentence: %j",
    (typed) => {
      expect(ENGLISH.render(saidOf(storedText(typed)))).toBe(typed);
    },
  );
});
