import { afterAll, beforeAll, expect, test } from "vitest";
import { type Control, eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import {
  answerMessage,
  answerWords,
  buttonsOf,
  current,
  eventualMessage,
  listedErrors,
  press,
  shownError,
} from "../support/slack-reading.ts";
import { QUICK, startWorld, type World } from "../support/world.ts";

/** A modal as Slack's client has it. */
interface SeenView {
  readonly id: string;
  readonly blocks: readonly Record<string, unknown>[];
}

interface Submitted {
  readonly outcome: { readonly kind: string; readonly errors?: Readonly<Record<string, string>> };
  readonly view: SeenView | null;
}

let world: World;
let control: Control;
const ids = new Map<string, string>();

beforeAll(async () => {
  world = await startWorld({ contacts: 80, connection: QUICK });
  control = world.control;
  await world.startBot();
  await control.send("POST", "/slack/locale", { user: "U0VIEWER", locale: "en-GB" });
  await eventualMessage(control, /acme is healthy: no sync errors/, 30_000);
  await control.make("error/picklists/restricted-picklist-value", 4);
  await control.make("error/property-values/string-too-long", 2);
  await control.make("error/custom-code/custom-validation-rule", 2);
  world.sandbox.sync.look();
  await eventually(
    "the three errors are listed",
    async () => {
      for (const { id, label, row } of await listedErrors(control)) if (/\b[24] contacts/.test(row)) ids.set(label, id);
      return ids.size === 3;
    },
    60_000,
  );
}, 120_000);

afterAll(() => world?.close());

function idOf(label: string): string {
  const id = ids.get(label);
  if (id === undefined) throw new Error(`There is no error ${label} but ${[...ids.keys()].join(", ")}`);
  return id;
}

async function modalThat(says: RegExp, user = "U0ADMIN"): Promise<SeenView> {
  return eventually(`a dialog that says ${says}`, async () => {
    const { modal } = await control.get<{ modal: SeenView | null }>(`/slack/views?user=${user}`);
    return modal !== null && says.test(JSON.stringify(modal)) ? modal : null;
  });
}

/** Opens the dialog from an error's details. */
async function dialogOf(label: string, user = "U0ADMIN"): Promise<SeenView> {
  const { first } = await shownError(control, idOf(label));
  await press(control, first, "syncwarden:fix", { user });
  return modalThat(/now: /, user);
}

function submit(view: SeenView, values: Readonly<Record<string, unknown>> = {}): Promise<Submitted> {
  return control.send("POST", "/slack/submit", { user: "U0ADMIN", view_id: view.id, values, waitMs: 5_000 });
}

/** The message of the newest fix or undo, once it says that it is over. */
function endedMessage(says: RegExp): Promise<SeenMessage> {
  return eventualMessage(control, says, 60_000);
}

function hubspotValues(property: string): readonly (string | null | undefined)[] {
  return [...world.sandbox.world.account.records("contacts")].map(({ properties }) => properties[property]);
}

async function undoButtonOf(words: RegExp): Promise<{ readonly log: SeenMessage; readonly value: string }> {
  const log = answerMessage(await control.command("log"));
  const blocks = (log.blocks ?? []) as readonly { accessory?: { action_id: string; value: string }; text?: { text: string } }[];
  const line = blocks.find(({ accessory, text }) => accessory?.action_id === "syncwarden:undo" && words.test(text?.text ?? ""));
  if (line?.accessory === undefined) throw new Error(`No line with Undo says ${words}: ${wordsOf(log)}`);
  return { log, value: line.accessory.value };
}

test("an error that no single value puts right offers no fix", async () => {
  const { first } = await shownError(control, idOf("Salesforce custom field validation rule"));
  expect(buttonsOf(first).map(({ action_id }) => action_id)).not.toContain("syncwarden:fix");
});

test("one record: the value now and those allowed, before and after, synced, and undone from the log", async () => {
  const dialog = await dialogOf("Restricted picklist value");
  const words = JSON.stringify(dialog);
  expect(words).toContain("Customer tier in HubSpot now: “Platinum”");
  for (const tier of ["Bronze", "Silver", "Gold"]) expect(words).toContain(`"value":"${tier}"`);
  expect(words).toContain("All 4 records of this error with the same value");
  const submitted = await submit(dialog, { entered: "Gold" });
  expect(submitted.outcome.kind).toBe("updated");
  await modalThat(/The fix has begun/);
  const message = await endedMessage(/Customer tier\*: “Platinum” → “Gold” in HubSpot, 1 record\b[\s\S]*1 verified as synced/);
  expect(wordsOf(message)).toContain("is done");

  const { log, value } = await undoButtonOf(/“Platinum” → “Gold”/);
  const pressed = await Promise.all([
    control.click(log, "syncwarden:undo", { value }),
    control.click(log, "syncwarden:undo", { value }),
  ]);
  expect(pressed.map(answerWords).join(" ")).toContain("The values from before are being put back");
  await endedMessage(/undoing the fix of error \w+ is done[\s\S]*1 put back/);
  expect(hubspotValues("customer_tier").filter((tier) => tier === "Platinum")).toHaveLength(4);
  // The button on the old log is stale now, and the fix's own message says who undid it.
  expect(answerWords(await control.click(log, "syncwarden:undo", { value }))).toMatch(
    /There is nothing left to undo\. Undone in 1 record by <@U0ADMIN>/,
  );
  await eventually("the fix's message says so", async () => /Undone in 1 record/.test(wordsOf(await current(control, message))));
}, 120_000);

test("a group: asked once more, written in all of them but the one that a person has changed, and undone where it stands", async () => {
  await eventually("the record that was put back is held back again", async () => {
    const { records } = await shownError(control, idOf("Restricted picklist value"));
    return records.length === 4;
  });
  const dialog = await dialogOf("Restricted picklist value");
  const confirmation = await submit(dialog, { entered: "Silver", all: ["all"] });
  expect(JSON.stringify(confirmation.view)).toContain("“Platinum” → “Silver” in HubSpot, 4 records");
  const [someone] = [...world.sandbox.world.account.records("contacts")].filter(
    ({ properties }) => properties.customer_tier === "Platinum",
  );
  await control.send("POST", "/records", {
    system: "hubspot",
    object: "contacts",
    update: { id: someone?.id, properties: { customer_tier: "Bronze" } },
  });
  if (confirmation.view === null) throw new Error("No question");
  await submit(confirmation.view);
  const message = await endedMessage(/“Platinum” → “Silver” in HubSpot[\s\S]*3 verified as synced[\s\S]*left alone/);
  expect(wordsOf(message)).toMatch(/changed by somebody since: HubSpot has “Bronze” now/);
  const undo = await press(control, message, "syncwarden:undo");
  expect(answerWords(undo)).toContain("being put back");
  await endedMessage(/“Silver” → “Platinum” in HubSpot[\s\S]*3 put back/);
}, 120_000);

test("a value that would fail again is refused in the dialog, in words", async () => {
  const dialog = await dialogOf("String too long");
  const words = JSON.stringify(dialog);
  expect(words).toContain("At most 128 characters.");
  const [before] = hubspotValues("jobtitle").filter((title) => (title ?? "").length > 128);
  expect(words).toContain(`"initial_value":"${before?.slice(0, 128).trimEnd()}"`);
  const refused = await submit(dialog, { entered: "   " });
  expect(refused.outcome).toMatchObject({ kind: "errors", errors: expect.any(Object) });
  expect(Object.values(refused.outcome.errors ?? {})).toEqual(["A value is needed."]);
  const again = await modalThat(/At most 128/);
  await submit(again, { entered: "Deputy Director" });
  await endedMessage(/“Deputy Director” in HubSpot, 1 record\b[\s\S]*1 verified as synced/);
}, 120_000);

test("who may not act is told who may, for the fix and for the undo", async () => {
  const { first } = await shownError(control, idOf("Restricted picklist value"));
  const seen = await control.command(`error ${idOf("Restricted picklist value")}`, { user: "U0VIEWER" });
  expect(first.ts).not.toBe("");
  const refused = await press(control, answerMessage(seen), "syncwarden:fix", { user: "U0VIEWER" });
  expect(answerWords(refused)).toMatch(/You can't do this \(fix\)\. Only operators/);
  const { value } = await undoButtonOf(/“Deputy Director”/);
  const log = answerMessage(await control.command("log", { user: "U0VIEWER" }));
  expect(answerWords(await control.click(log, "syncwarden:undo", { value, user: "U0VIEWER" }))).toMatch(
    /You can't do this \(undo\)/,
  );
});

test("the log as a file comes to who asks alone", async () => {
  expect(answerWords(await control.command("log csv", { user: "U0VIEWER" }))).toContain("in your direct messages with me");
  const { files } = await control.get<{ files: readonly { name: string; content?: string; channels?: unknown }[] }>(
    "/slack/files?user=U0VIEWER",
  );
  expect(files.map(({ name }) => name)).toEqual([expect.stringMatching(/^syncwarden-log-\d{4}-\d\d-\d\d\.csv$/)]);
  const others = await control.get<{ files: readonly unknown[] }>("/slack/files?user=U0ADMIN");
  expect(others.files).toEqual([]);
});
