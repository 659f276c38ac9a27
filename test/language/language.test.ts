import { describe, expect, it } from "vitest";
import { ENGLISH, languageFor } from "../../src/language/language.ts";
import { day, instant } from "../../src/language/sentence.ts";
import { LANGUAGE_TAGS, languageOfLocale } from "../../src/language/tags.ts";
import { TRANSLATIONS } from "../../src/language/translations.ts";
import { faultsOf } from "./faults.ts";
import { placesOf, pluralsOf } from "./places.ts";
import { sentencesInSource, sentencesOf } from "./sentences.ts";

const SENTENCES = await sentencesInSource();
const ENGLISH_SENTENCES = new Set(SENTENCES.flatMap(({ english }) => english ?? []));

describe("what the bot says", () => {
  it("is written out where it is said; where its values are too, they are those that it has places for", () => {
    const wrong = SENTENCES.filter(({ english, values }) => {
      if (english === null) return true;
      if (values === null) return false;
      const names = new Set(placesOf(english).map((place) => place.split(":")[0]));
      return names.symmetricDifference(new Set(values)).size > 0;
    });
    expect(wrong).toEqual([]);
  });

  it("is found wherever it stands, and nothing that is put together at run time passes for it", () => {
    const source = 'export const a = (t: Language) => [t.say("One {thing}", { thing }), t.say(y), t.say(z, values)];';
    expect(sentencesOf("a.ts", source)).toEqual([
      { where: "src/a.ts:1", english: "One {thing}", values: ["thing"] },
      { where: "src/a.ts:1", english: null, values: [] },
      { where: "src/a.ts:1", english: null, values: null },
    ]);
  });

  it("has a form for one and for many wherever it counts", () => {
    const lacking = [...ENGLISH_SENTENCES].filter((english) =>
      pluralsOf(english).some((cases) => !cases.includes("other") || !(cases.includes("one") || cases.includes("=1"))),
    );
    expect(lacking).toEqual([]);
  });
});

describe.each(LANGUAGE_TAGS.filter((tag) => tag !== "en"))("in %s", (tag) => {
  const translations = TRANSLATIONS[tag];

  it("no translation has lost a place, a form that the language needs, or its markup", () => {
    const wrong = Object.entries(translations).flatMap(([english, translation]) =>
      faultsOf(tag, english, translation).map((fault) => ({ english, translation, fault })),
    );
    expect(wrong).toEqual([]);
  });

  it("everything is translated (`npm run translations -- --language … --missing` lists what isn't)", () => {
    expect([...ENGLISH_SENTENCES].filter((english) => translations[english] === undefined)).toEqual([]);
  });

  it("no translation is left of what isn't said any more", () => {
    expect(Object.keys(translations).filter((english) => !ENGLISH_SENTENCES.has(english))).toEqual([]);
  });
});

it("a translation that has lost something is found", () => {
  expect(faultsOf("de", "{n, plural, one {# record} other {# records}}", "{n, plural, other {# Datensätze}}")).toEqual([
    "a plural form is missing",
  ]);
  expect(faultsOf("ja", "{n, plural, one {# record} other {# records}}", "{n, plural, other {# 件}}")).toEqual([]);
  expect(faultsOf("de", "{name} waits", "wartet")).toEqual(["its places are others"]);
  expect(faultsOf("de", "*Now* type `/sync status`", "Jetzt `/sync Status`")).toEqual(["its markup is another"]);
  expect(faultsOf("de", "{name} waits", "{name wartet")).toEqual([expect.stringContaining("it can't be read")]);
});

describe("a language", () => {
  it("counts, lists and measures as its readers do", () => {
    const written = (tag: "en" | "de" | "fr" | "ja") => {
      const t = languageFor(tag);
      const texts = [
        t.count(12_345.6),
        t.percent(0.123),
        t.list(["a", "b", "c"]),
        t.list(["a", "b"], "or"),
        t.list(["a", "b"], "figures"),
        t.duration(7_800_000),
      ];
      return texts.map((text) => text.replaceAll(/\s/g, " "));
    };
    expect(written("en")).toEqual(["12,346", "12%", "a, b and c", "a or b", "a, b", "2 hrs, 10 mins"]);
    expect(written("de")).toEqual(["12.346", "12 %", "a, b und c", "a oder b", "a, b", "2 Std., 10 Min."]);
    expect(written("fr")).toEqual(["12 346", "12 %", "a, b et c", "a ou b", "a et b", "2 h et 10 min"]);
    expect(written("ja")).toEqual(["12,346", "12%", "a、b、c", "aまたはb", "a b", "2 時間 10 分"]);
  });

  it("writes moments and days as its readers do, by UTC, and says so", () => {
    const at = new Date("2026-03-09T23:04:59Z");
    const written = (["en", "de", "fr", "ja"] as const).map((tag) =>
      [instant(at), day(at)].map((date) => languageFor(tag).say("{date}", { date }).replaceAll(/\s/g, " ")),
    );
    expect(written).toEqual([
      ["9 Mar 2026, 23:04 UTC", "9 Mar 2026"],
      ["9. März 2026, 23:04 UTC", "9. März 2026"],
      ["9 mars 2026, 23:04 UTC", "9 mars 2026"],
      ["2026年3月9日 23:04 UTC", "2026年3月9日"],
    ]);
    expect((["en", "de", "ja", "pt"] as const).map((tag) => languageFor(tag).weekday("2026-11-23"))).toEqual([
      "Mon 23 Nov",
      "Mo., 23. Nov.",
      "11月23日(月)",
      "seg., 23 de nov.",
    ]);
    expect(ENGLISH.say("Held{day, select, unnamed {} other { on {day}}}", { day: day(at) })).toBe("Held on 9 Mar 2026");
  });

  it("writes spans of time in their two largest units", () => {
    const spans = [-5, 0, 400, 59_400, 59_600, 3_600_000, 86_400_000, 90_000_000, 10 * 86_400_000];
    expect(spans.map((span) => ENGLISH.duration(span))).toEqual([
      "0 secs",
      "0 secs",
      "0 secs",
      "59 secs",
      "1 min",
      "1 hr",
      "1 day",
      "1 day, 1 hr",
      "10 days",
    ]);
  });

  it("puts values in as they are, whatever they hold", () => {
    expect(
      ENGLISH.say("{name} isn't here: {count, plural, one {# record} other {# records}}", { name: "{x} '<b>' #", count: 1204 }),
    ).toBe("{x} '<b>' # isn't here: 1,204 records");
  });

  it("is found by the locale that Slack has of a person", () => {
    expect(["de-DE", "pt-BR", "nb-NO", "no-NO", "en-GB", "ja-JP", "ko-KR", ""].map(languageOfLocale)).toEqual([
      "de",
      "pt",
      "no",
      "no",
      "en",
      "ja",
      null,
      null,
    ]);
  });
});
