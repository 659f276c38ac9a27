import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languageFor } from "../../../src/language/language.ts";
import { LANGUAGE_TAGS } from "../../../src/language/tags.ts";
import { MAKERS } from "./all.ts";
import { faultsOf } from "./faults.ts";
import { witnessShown } from "./sent.ts";
import { HOSTILE } from "./texts.ts";

/** A message holds much and is made fast; so many cases of each are drawn, in one of nine languages each. */
const RUNS = 100;

const language = fc.constantFrom(...LANGUAGE_TAGS);

describe("whatever it holds, in any language, Slack takes it and nobody is pinged:", () => {
  test.each(MAKERS)("$name", ({ cases }) => {
    fc.assert(
      fc.property(cases(HOSTILE), language, ({ show }, tag) => {
        const shown = show(languageFor(tag));
        if (shown === null) return;
        witnessShown(shown);
        expect(faultsOf(shown)).toEqual([]);
      }),
      // So long at most for making a counterexample smaller, in milliseconds.
      { numRuns: RUNS, interruptAfterTimeLimit: 10_000 },
    );
  });
});
