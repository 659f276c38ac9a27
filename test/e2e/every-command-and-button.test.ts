import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ACTION_VALUES, type ActionVerb } from "../../src/slack/actions/values.ts";
import { COMMANDS } from "../../src/slack/commands/table.ts";
import { eventually, wordsOf } from "../support/control.ts";
import { closeDialogs } from "../support/dialogs.ts";
import { refusalOf } from "../support/refusal.ts";
import { answerWords, directMessages, eventualMessage } from "../support/slack-reading.ts";
import { BUTTON_PLAYS, type ButtonPlay, type Shown, suspensionAlertIn } from "./surface/button-plays.ts";
import { COMMAND_PLAYS, type CommandPlay, type Typed } from "./surface/command-plays.ts";
import { CONTROL_PLAYS, DIALOG_PLAYS } from "./surface/dialog-plays.ts";
import { registeredInteractions } from "./surface/registered.ts";
import { ADMIN, answered, eventuallySays, OPERATOR, openScene, pressButton, type Scene, type, VIEWER } from "./surface/scene.ts";
import { postStaleButtons, STALE } from "./surface/stale.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
}, 120_000);

afterEach(async () => {
  for (const user of [ADMIN, OPERATOR, VIEWER]) await closeDialogs(scene.control, user);
});

afterAll(() => scene?.world.close());

const VERBS = Object.keys(ACTION_VALUES) as readonly ActionVerb[];
const commands = Object.entries(COMMAND_PLAYS);
const buttons = Object.entries(BUTTON_PLAYS);

async function typed({ text, says, by = ADMIN, channel }: Typed): Promise<void> {
  const answer = await type(scene, text, by, channel);
  await eventuallySays(scene, answer, says, by, channel);
  expect(answer.responses.map(({ ephemeral }) => ephemeral)).not.toContain(false);
}

async function commandWorksAndFails(name: string, { works, fails }: CommandPlay): Promise<void> {
  const [right, wrong] = [works(scene), fails(scene)];
  expect([name, "hlep"]).toContain(wrong.text.split(" ")[0]);
  expect(wrong.by).not.toBe(right.by ?? ADMIN);
  await Promise.all([typed(right), typed(wrong)]);
}

function pressed(verb: string, { message, inValue, variant }: Shown, user: string) {
  const actionId = variant === undefined ? `syncwarden:${verb}` : `syncwarden:${verb}:${variant}`;
  return pressButton(scene, message, actionId, { user, ...(inValue === undefined ? {} : { inValue }) });
}

/** Who may not is told so, and nothing comes of it; then an admin presses it. */
async function buttonWorksAndIsRefused(verb: string, { shown, works, afterwards, refusedAs }: ButtonPlay): Promise<void> {
  const mine = await shown(scene, ADMIN);
  const theirs = refusedAs === undefined ? null : await shown(scene, VIEWER);
  // Before an admin does: what is about to be pressed may be gone afterwards.
  if (theirs !== null && refusedAs !== undefined) {
    await eventuallySays(scene, await pressed(verb, theirs, VIEWER), refusalOf(refusedAs), VIEWER);
  }
  await eventuallySays(scene, await pressed(verb, mine, ADMIN), works);
  await afterwards?.(scene, mine);
}

test("there is a play for every command, dialog and control that the bot answers to", () => {
  expect(Object.keys(COMMAND_PLAYS).toSorted()).toEqual(COMMANDS.map(({ name }) => name).toSorted());
  const { actions, dialogs, shortcuts } = registeredInteractions();
  expect(Object.keys(DIALOG_PLAYS).toSorted()).toEqual(dialogs.toSorted());
  expect(shortcuts).toEqual(["syncwarden:import-sync-errors"]);
  // That there is one for every button, the compiler sees to; and for every pattern there is a button.
  const isOf = (pattern: string | RegExp, verb: string) => new RegExp(pattern).test(`syncwarden:${verb}`);
  for (const verb of VERBS) expect(actions.filter((pattern) => isOf(pattern, verb))).toHaveLength(1);
  const controls = actions.filter((pattern) => !VERBS.some((verb) => isOf(pattern, verb)));
  const patterns = controls.map((pattern) => (typeof pattern === "string" ? pattern : pattern.source));
  expect(Object.keys(CONTROL_PLAYS).toSorted()).toEqual(patterns.toSorted());
});

describe("commands", () => {
  test.each(commands.filter(([, { suspended }]) => !suspended))("%s", commandWorksAndFails);
});

describe("buttons", () => {
  test.each(buttons.filter(([, { when }]) => when === undefined))("%s", buttonWorksAndIsRefused);

  test("a file that Slack doesn't take is told of", async () => {
    const log = await answered(scene, "log");
    await scene.control.send("POST", "/slack/scopes", { scopes: scene.scopes.filter((scope) => scope !== "files:write") });
    try {
      await eventuallySays(scene, await pressed("log-csv", { message: log }, ADMIN), /files:write/);
    } finally {
      await scene.control.send("POST", "/slack/scopes", { scopes: scene.scopes });
    }
  });
});

test("Home has buttons too, which are answered in direct messages", async () => {
  const { control } = scene;
  await control.send("POST", "/slack/home", { user: OPERATOR });
  const press = (action_id: string) =>
    control.send("POST", "/slack/action", { user: OPERATOR, home: true, action_id, waitMs: 0 });
  const told = (says: RegExp) =>
    eventually(`a direct message that says ${says}`, async () =>
      (await directMessages(control, OPERATOR)).some((message) => says.test(wordsOf(message))),
    );
  await press("syncwarden:log");
  await told(/\*Action log\*/);
  await press("syncwarden:errors");
  await told(/acme has \d open sync errors/);
});

describe("what can be chosen in dialogs, and links", () => {
  test.each(Object.entries(CONTROL_PLAYS))("%s", (_, play) => play(scene));
});

describe("dialogs", () => {
  test.each(Object.entries(DIALOG_PLAYS))("%s", (_, play) => play(scene));
});

describe("buttons of long ago", () => {
  let ts: string;
  beforeAll(async () => {
    ts = await postStaleButtons(scene);
  });

  test.each(Object.entries(STALE))("%s says what became of its matter and does nothing", async (verb, { says }) => {
    // Of what says nothing there is nothing to wait for.
    const patience = { quietMs: 0, ...(verb === "dismiss" ? { waitMs: 300 } : {}) };
    const answer = await scene.control.click({ ts }, `syncwarden:${verb}`, patience);
    if (says !== undefined) await eventuallySays(scene, answer, says);
    else expect(answerWords(answer)).not.toMatch(/no longer|went wrong/);
  });
});

describe("once something is fixed", () => {
  test.each(buttons.filter(([, { when }]) => when === "fixed"))("%s", buttonWorksAndIsRefused);
});

describe("while the sync is suspended", () => {
  const kind = "suspension/hubspot-api-limit-exceeded";

  beforeAll(async () => {
    const { control, world } = scene;
    await control.make(kind);
    const changed = [...world.sandbox.account.records("contacts")].filter(({ properties }) => properties.salesforcecontactid);
    for (const { id } of changed.slice(-12)) {
      const update = { id, properties: { jobtitle: "Keeper of the Seals" } };
      await control.send("POST", "/records", { system: "hubspot", object: "contacts", update });
    }
    await suspensionAlertIn(scene);
  }, 90_000);

  test.each(commands.filter(([, { suspended }]) => suspended))("%s", commandWorksAndFails);

  test.each(buttons.filter(([, { when }]) => when === "suspended"))("%s", async (verb, play) => {
    if (verb === "clear") await scene.control.mend(kind);
    await buttonWorksAndIsRefused(verb, play);
  });

  test("is over once it is cleared, and all of it is in the log by who did it", async () => {
    await eventualMessage(scene.control, /the sync runs again/, 60_000);
    const log = answerWords(await type(scene, "log"));
    for (const action of ["clear", "cancel clear"]) {
      expect(log).toMatch(new RegExp(`<@${ADMIN}> _\\([^)]*\\)_ ${action}`));
      expect(log).toMatch(new RegExp(`<@${VIEWER}> ${action}.*\\*refused\\*`));
    }
  });
});
