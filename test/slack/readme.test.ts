import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { COMMANDS } from "../../src/slack/commands/table.ts";
import { type ButtonLabel, buttonLabels, labelsOf } from "../support/button-labels.ts";

const README = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

/** The rows of the table under a headline like `| command | answer |`. */
function rowsUnder(headline: string): readonly string[] {
  const [, , ...lines] = README.slice(README.indexOf(headline)).split("\n");
  return lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith("|")),
  );
}

/** `Set to {calls, number}`, as a person reads it: whatever stands in the place of the number. */
function asRead(label: string): RegExp {
  let depth = 0;
  let pattern = "";
  for (const character of label) {
    if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) pattern += ".+";
    } else if (depth === 0) pattern += character.replace(/[^\p{L}\p{N} ]/u, "\\$&");
  }
  return new RegExp(`^${pattern}$`);
}

let made: readonly ButtonLabel[];
beforeAll(async () => {
  made = await buttonLabels();
});

test("the table of commands in the README has every command, and none that doesn't exist", () => {
  const rows = rowsUnder("| command | answer |").map((row) => row.split(" | ")[0] ?? "");
  const named = rows.flatMap((cell) => [...cell.matchAll(/\/sync ([a-z]+)/g)].map(([, name]) => name));
  expect([...new Set(named)].toSorted()).toEqual(COMMANDS.map(({ name }) => name).toSorted());
});

test("the table of buttons in the README has every button by its label, and none that doesn't exist", () => {
  const rows = rowsUnder("| button | does |");
  const named = rows.flatMap((row) => [...row.matchAll(/\*([^*]+)\*/g)].map(([, label = ""]) => label));
  expect(made.filter(({ label }) => !named.some((one) => asRead(label).test(one)))).toEqual([]);
  // The one name that is no button's is the message shortcut's.
  const strangers = named.filter((one) => !made.some(({ label }) => asRead(label).test(one)));
  expect(strangers).toEqual(["Import sync errors"]);
});

test("labels are found where they are given to a constant or a parameter, and missed nowhere in silence", () => {
  const source = `
    function one(t, label) { return button("log", label, {}); }
    one(t, t.say("First"));
    function two(t) { const label = some ? t.say("Second") : t.say("Third {n, number}"); return linkButton("place", label, url); }
    const three = { type: "button", text: plainText(t.say("Fourth"), 75) };
    dialog(t, { submit: t.say("Fifth") });`;
  expect(labelsOf("a.ts", source).map(({ label }) => label)).toEqual(["First", "Second", "Third {n, number}", "Fourth", "Fifth"]);
  expect(() => labelsOf("b.ts", 'button("log", labels[0], {})')).toThrow("b.ts:1: the label of a button isn't written out");
});
