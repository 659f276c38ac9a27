import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languageFor } from "../../../src/language/language.ts";
import { LANGUAGE_TAGS } from "../../../src/language/tags.ts";
import { witness } from "../../support/witness.ts";
import { MAKERS } from "./all.ts";
import { faultsOf } from "./faults.ts";
import type { Shown } from "./shown.ts";
import { HOSTILE } from "./texts.ts";

/** A message holds much and is made fast; so many cases of each are drawn, in one of nine languages each. */
const RUNS = 100;

const language = fc.constantFrom(...LANGUAGE_TAGS);

function asSent(shown: Shown): Parameters<typeof witness> {
  if ("text" in shown) return ["chat.postMessage", { channel: "C0REVOPS", text: shown.text, blocks: shown.blocks }];
  if (shown.type === "home") return ["views.publish", { user_id: "U0ADMIN", view: shown }];
  return ["views.open", { trigger_id: "1.1", view: shown }];
}

describe("whatever it holds, in any language, Slack takes it and nobody is pinged:", () => {
  test.each(MAKERS)("$name", ({ cases }) => {
    fc.assert(
      fc.property(cases(HOSTILE), language, ({ show }, tag) => {
        const shown = show(languageFor(tag));
        if (shown === null) return;
        witness(...asSent(shown));
        expect(faultsOf(shown)).toEqual([]);
      }),
      // So long at most for making a counterexample smaller, in milliseconds.
      { numRuns: RUNS, interruptAfterTimeLimit: 20_000 },
    );
  });
});
