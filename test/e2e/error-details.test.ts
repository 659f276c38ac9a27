import { afterAll, beforeAll, expect, test } from "vitest";
import { readCsv } from "../slack/csv/reading.ts";
import { type Control, eventually, wordsOf } from "../support/control.ts";
import { answerMessage, answerWords, eventualMessage, listedErrors, press } from "../support/slack-reading.ts";
import { type BotProcess, QUICK, startWorld, type World } from "../support/world.ts";

/** A modal as Slack's client has it. */
interface SeenView {
  readonly id: string;
  readonly blocks: readonly { readonly block_id?: string; readonly text?: { readonly text?: string } }[];
}

let world: World;
let control: Control;
let bot: BotProcess;
let id = "";

beforeAll(async () => {
  world = await startWorld({ contacts: 80, connection: QUICK });
  control = world.control;
  bot = await world.startBot();
  await control.send("POST", "/slack/locale", { user: "U0VIEWER", locale: "en-GB" });
  await eventualMessage(control, /acme is healthy/, 90_000);
  await control.make("error/custom-code/custom-validation-rule", 14);
  world.sandbox.sync.look();
  await eventually(
    "the error is listed with all its records",
    async () => {
      const found = (await listedErrors(control)).find(({ row }) => /\b14 contacts/.test(row));
      id = found?.id ?? "";
      return found !== undefined;
    },
    90_000,
  );
}, 180_000);

afterAll(() => world?.close());

const details = async (user = "U0ADMIN") => answerMessage(await control.command(`error ${id}`, { user }));

async function modalThat(says: RegExp): Promise<SeenView> {
  return eventually(`a dialog that says ${says}`, async () => {
    const { modal } = await control.get<{ modal: SeenView | null }>("/slack/views?user=U0ADMIN");
    return modal !== null && says.test(JSON.stringify(modal)) ? modal : null;
  });
}

async function inModal(view: SeenView, action_id: string, more: Record<string, unknown> = {}): Promise<void> {
  await control.send("POST", "/slack/action", { user: "U0ADMIN", view_id: view.id, action_id, ...more });
}

function recordBlocks({ blocks }: SeenView): readonly string[] {
  return blocks.flatMap(({ block_id = "" }) => (block_id.startsWith("record:") ? [block_id] : []));
}

test("export gives the asker alone a line for each record, as the error's details show them", async () => {
  expect(answerWords(await control.command("export custom code"))).toContain("1 sync error with 14 affected records");
  const files = async (user: string) =>
    (await control.get<{ files: readonly { name: string; content?: string }[] }>(`/slack/files?user=${user}`)).files;
  const [file] = await files("U0ADMIN");
  expect(file?.name).toMatch(/^syncwarden-errors-custom-code-\d{4}-\d\d-\d\d\.csv$/);
  const [head = [], ...lines] = readCsv(String(file?.content ?? ""));
  const at = (name: string) => head.indexOf(name);
  expect(lines).toHaveLength(14);
  const truth = await control.truth();
  const failing = truth.errors.flatMap(({ records }) => records.map(({ hubspotId }) => hubspotId)).toSorted();
  expect(lines.map((line) => line[at("HubSpot id")] ?? null).toSorted()).toEqual(failing);
  for (const line of lines) {
    expect(line[at("error id")]).toBe(id);
    expect(line[at("HubSpot link")]).toMatch(/^https:\/\/.+\/record\/0-1\/\d+$/);
    expect(line[at("refused with")]).toMatch(/FIELD_CUSTOM_VALIDATION_EXCEPTION|validation/i);
  }
  expect(await files("U0OPERATOR")).toEqual([]);
  expect(answerWords(await control.command("export", { user: "U0VIEWER" }))).toContain("(export)");
  expect(answerWords(await control.command("export tasks"))).toContain("There is nothing to export");
  expect(answerWords(await control.command("log"))).toMatch(/export.*category custom-code.*\*done\*/);
});

test("a HubSpot list has the records, pressed twice it is one, and the log tells", async () => {
  const first = answerWords(await press(control, await details(), "syncwarden:hubspot-list"));
  expect(first).toMatch(
    /The static list <https:[^|]+objectLists\/\d+\/filters\|Sync error E\w{5}: .+> is in HubSpot, with 14 contacts in it\./,
  );
  const second = answerWords(
    await press(control, await details("U0OPERATOR"), "syncwarden:hubspot-list", { user: "U0OPERATOR" }),
  );
  expect(second).toContain("The list of today is in HubSpot already");
  const made = [...world.sandbox.account.lists()].filter(({ name }) => name.includes(id));
  expect(made.map(({ addedAt }) => addedAt.size)).toEqual([14]);
  world.sandbox.account.state.scopes.delete("crm.lists.write");
  expect(answerWords(await press(control, await details(), "syncwarden:hubspot-list"))).toContain(
    "lacks the scope crm.lists.write",
  );
  world.sandbox.account.state.scopes.add("crm.lists.write");
});

test("Mute asks for how long and why; who and why is shown until Unmute", async () => {
  await press(control, await details(), "syncwarden:mute");
  const dialog = await modalThat(/How long/);
  await control.send("POST", "/slack/submit", {
    user: "U0ADMIN",
    view_id: dialog.id,
    values: { span: "7d", reason: "Ada mends the rule" },
  });
  await modalThat(/is muted until/);
  const muted = await details();
  expect(wordsOf(muted)).toMatch(/<@U0ADMIN>.*Ada mends the rule/);
  expect(answerWords(await press(control, muted, "syncwarden:unmute"))).toContain("speaks again");
  expect(answerWords(await press(control, await details("U0VIEWER"), "syncwarden:mute", { user: "U0VIEWER" }))).toContain(
    "(mute)",
  );
});

test("the allocation is read by all, set by admins, and survives a restart of the bot", async () => {
  expect(answerWords(await control.command("allocation", { user: "U0VIEWER" }))).toContain("60,000");
  expect(answerWords(await control.command("allocation 50000", { user: "U0OPERATOR" }))).toContain("Only admins can do this");
  expect(answerWords(await control.command("allocation lots"))).toContain("for example `/sync allocation 50000`");
  const preview = answerMessage(await control.command("allocation 55k"));
  expect(answerWords(await press(control, preview, "syncwarden:set-allocation"))).toContain("HubSpot's allocation is 55,000");
  expect(await bot.stop()).toBe(0);
  bot = await world.startBot();
  expect(answerWords(await control.command("usage"))).toContain("an allocation of 55,000");
});

test("records are chosen over pages, and only those are resynced, after a preview", async () => {
  await press(control, await details(), "syncwarden:records");
  const first = await modalThat(/1 to 10 of 14/);
  const [one = ""] = recordBlocks(first);
  await inModal(first, "syncwarden:record-tick", { block_id: one, selected: ["ticked"] });
  await inModal(first, "syncwarden:records-turn:next");
  const second = await modalThat(/11 to 14 of 14/);
  const [two = ""] = recordBlocks(second);
  await inModal(second, "syncwarden:record-tick", { block_id: two, selected: ["ticked"] });
  await control.send("POST", "/slack/submit", { user: "U0ADMIN", view_id: second.id });
  const preview = await modalThat(/A resync of 2 selected records of error/);
  await control.mend("error/custom-code/custom-validation-rule");
  await control.send("POST", "/slack/submit", { user: "U0ADMIN", view_id: preview.id });
  await modalThat(/The resync has begun/);
  await eventualMessage(control, /2 selected records of error [\s\S]*2 verified as synced/, 60_000);
}, 180_000);
