import { isSelectElement, type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languageFor } from "../../../src/language/language.ts";
import { LANGUAGE_TAGS } from "../../../src/language/tags.ts";
import { placesOf } from "../../language/places.ts";
import { MAKERS } from "./all.ts";
import { partsOf } from "./faults.ts";
import { fixedLabels, fixedLabelsOf } from "./fixed-labels.ts";
import type { Shown } from "./shown.ts";
import { CALM } from "./texts.ts";

const FIXED = (await fixedLabels()).filter(({ english }) => !holdsData(parse(english, { ignoreTag: true })));

/** Names, kinds and the like; figures are no data here. */
function holdsData(elements: readonly MessageFormatElement[]): boolean {
  return elements.some((element) => element.type === TYPE.argument || isSelectElement(element));
}

/** Titles, labels, options, what a screen reader says of a button, and the names in a chart, where they were cut. */
function cutLabels(shown: Shown): readonly string[] {
  const labels = partsOf(shown).flatMap((part) => [
    ...(part.type === "plain_text" ? [part.text] : []),
    ...(part.type === "data_visualization" ? [part.title] : []),
    part.accessibility_label,
    part.name,
  ]);
  return labels.filter((label) => typeof label === "string" && label.endsWith("…")).map(String);
}

test.each(LANGUAGE_TAGS)("no title, button, option or other label that holds no data is too long in %s", (tag) => {
  const t = languageFor(tag);
  const tooLong = FIXED.flatMap(({ where, english, limit }) => {
    const values = Object.fromEntries(placesOf(english).map((name) => [name, 1_000_000]));
    const label = t.say(english, values);
    return label.length > limit ? [`${where}: ${label} has ${label.length} of ${limit} characters`] : [];
  });
  expect(tooLong).toEqual([]);
});

describe("with short names and any figures, no label has to be cut in any language:", () => {
  test.each(MAKERS)("$name", ({ cases }) => {
    const cut = new Set<string>();
    fc.assert(
      fc.property(cases(CALM), ({ show }) => {
        for (const tag of LANGUAGE_TAGS) {
          const shown = show(languageFor(tag));
          for (const label of shown === null ? [] : cutLabels(shown)) cut.add(`${tag}: ${label}`);
        }
      }),
      { numRuns: 20 },
    );
    expect([...cut]).toEqual([]);
  });
});

test("labels are found where they are said, in branches, constants and titles, and those of a chart by their own limits", () => {
  const source = `
    function aTitle(t: Language): string { return t.say("A title"); }
    const label = t.say("A constant");
    button("x", isOne ? t.say("One") : label, {}, { accessibilityLabel: t.say("Said {of}", { of: t.say("not this") }) });
    lineChart({ title: t.say("A chart"), series: [{ name: t.say("A series") }] });
    plainText(t.say("A hint"), 2_000);`;
  expect(fixedLabelsOf("views/a.ts", source).map(({ english, limit }) => [english, limit])).toEqual([
    ["A title", 24],
    ["One", 75],
    ["A constant", 75],
    ["Said {of}", 75],
    ["A chart", 50],
    ["A series", 20],
    ["A hint", 2_000],
  ]);
  expect(FIXED.length).toBeGreaterThan(150);
});
