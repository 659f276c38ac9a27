import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ENGLISH, type Language } from "../../../src/language/language.ts";
import { sentence } from "../../../src/language/sentence.ts";
import { errorTarget } from "../../../src/monitor/actions/targets.ts";
import type { ActionLogEntry } from "../../../src/monitor/monitor.ts";
import { actionName } from "../../../src/slack/blocks/action-names.ts";
import { entryText } from "../../../src/slack/blocks/log.ts";
import type { Command } from "../../../src/slack/commands/command.ts";

const SOURCE = join(import.meta.dirname, "../../../src");

/** Says sentences with a mark, so that what isn't one shows. */
const MARKED: Language = { ...ENGLISH, say: (english, values) => `«${ENGLISH.say(english, values)}»` };

const filesIn = (pattern: string) => Array.fromAsync(glob(pattern, { cwd: SOURCE }));

/** Names that the monitor gives to what it logs. */
async function loggedNames(): Promise<readonly string[]> {
  const texts = (await filesIn("monitor/**/*.ts")).map((file) => readFileSync(join(SOURCE, file), "utf8"));
  return texts
    .filter((text) => /logAction\(|finishAction\(/.test(text))
    .flatMap((text) => [...text.matchAll(/\baction(?::| =[^"\n]*\?) "([^"]+)"(?: : "([^"]+)")?/g)])
    .flatMap(([, ...names]) => names.filter((name) => name !== undefined));
}

/** Commands and buttons that are refused to somebody, by their names. */
async function refusedNames(): Promise<readonly string[]> {
  const files = [...(await filesIn("slack/actions/*.ts")), ...(await filesIn("slack/commands/*.ts"))];
  const modules = await Promise.all(files.map((file): Promise<object> => import(join(SOURCE, file))));
  const exported: unknown[] = modules.flatMap((module) => Object.values(module));
  return exported.flatMap((one) => (isNamed(one) && one.role !== "viewer" ? [one.name] : []));
}

function isNamed(one: unknown): one is Pick<Command, "name" | "role"> {
  return typeof one === "object" && one !== null && "name" in one && "role" in one && "run" in one;
}

describe("the action log", () => {
  test("knows a name in every language for all that is done or refused", async () => {
    const names = new Set([...(await loggedNames()), ...(await refusedNames())]);
    expect([...names]).toEqual(expect.arrayContaining(["allocation", "stop owner messages", "undo", "cancel fix", "subscribe"]));
    expect([...names].filter((name) => actionName(MARKED, name) === name)).toEqual([]);
  });

  test("says all of a line in the reader's language, and lines from before there were languages as they are", () => {
    const entry: ActionLogEntry = {
      at: new Date("2026-11-22T10:00:00Z"),
      connection: "acme",
      userId: "U0ADMIN",
      action: "resync",
      target: errorTarget("E7K3Q"),
      outcome: "done",
      detail: sentence("{figures}.", { figures: [sentence("{synced, number} synced", { synced: 3 })] }),
      allowedAs: sentence("admin by name"),
      fix: null,
    };
    expect(entryText(ENGLISH, entry)).toMatch(
      /<@U0ADMIN> _\(admin by name\)_ resync error E7K3Q \(acme\) – \*done\*: 3 synced\.$/,
    );
    const before = { ...entry, target: "hubspot-api-limit-exceeded", detail: "Cancelled: 3 synced.", userId: "configuration" };
    expect(entryText(ENGLISH, before)).toMatch(
      /the configuration _\(admin by name\)_ resync HubSpot API limit exceeded .*: Cancelled: 3 synced\.$/,
    );
  });
});
