import { glob } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Action } from "../../../src/slack/actions/action.ts";
import { ACTION_VALUES } from "../../../src/slack/actions/values.ts";
import { answerCommand } from "../../../src/slack/commands/index.ts";
import { COMMANDS } from "../../../src/slack/commands/table.ts";
import { CARRIED } from "./clicks.ts";
import { NAMES } from "./monitors.ts";
import { expectTaken, screens } from "./screen.ts";
import { HOSTILE } from "./texts.ts";

const RUNS = 60;
const BY = { userId: "U0ADMIN", channel: "C0REVOPS", messageTs: null };
const ACTIONS = join(import.meta.dirname, "../../../src/slack/actions");

/** Words that a command understands, among any others. */
const KNOWN = [
  "picklists",
  "contacts",
  "E7K3Q",
  "all",
  "1d",
  "until",
  "fixed",
  "daily",
  "9am",
  "weekly",
  "friday",
  "immediate",
  "errors",
  "last",
  "10",
  "on",
  "off",
  "csv",
  "ada@example.com",
  "101",
  "<#C0LEADS|leads>",
  "public",
];
const typed = fc
  .array(fc.oneof(fc.constantFrom(...KNOWN, ...NAMES), HOSTILE.words), { maxLength: 6 })
  .map((words) => words.join(" "));

describe("whatever somebody types and whatever is known, Slack takes the answer and nobody is pinged:", () => {
  test.each(COMMANDS)("/sync $name", async ({ name }) => {
    await fc.assert(
      fc.asyncProperty(typed, screens, async (words, screen) => {
        expectTaken(screen, await answerCommand(`${name} ${words}`, BY, screen.context));
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 10_000 },
    );
  });
});

describe("whatever a button carries and whatever is known, Slack takes the answer and nobody is pinged:", async () => {
  const files = await Array.fromAsync(glob("*.ts", { cwd: ACTIONS }));
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(ACTIONS, file)).href)));
  const actions = modules.flatMap((exported) => Object.values(exported).filter(isAction));

  test("each has an action", () => {
    expect(actions.map(({ verb }) => verb).toSorted()).toEqual(Object.keys(ACTION_VALUES).toSorted());
  });

  test.each(actions)("$verb", async (action) => {
    const click = fc.record({
      value: CARRIED[action.verb],
      actor: fc.constant({ ...BY, allowedAs: null }),
      isEphemeral: fc.boolean(),
      triggerId: fc.constantFrom("1.1", undefined),
      isInDialog: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(click, screens, async (clicked, screen) => {
        expectTaken(screen, await action.run(clicked, screen.context));
        const progress = action.progress?.(clicked.value, screen.context.t);
        if (progress !== undefined) expectTaken(screen, { to: "asker", message: progress });
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 10_000 },
    );
  });
});

function isAction(exported: unknown): exported is Action {
  return typeof exported === "object" && exported !== null && "verb" in exported && "run" in exported;
}
