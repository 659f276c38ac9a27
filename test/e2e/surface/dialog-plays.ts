import { WebClient } from "@slack/web-api";
import { expect } from "vitest";
import { ALLOCATION_CALLS, ALLOCATION_DIALOG } from "../../../src/slack/views/allocation-dialog.ts";
import { FIX_CONFIRMATION, FIX_DIALOG } from "../../../src/slack/views/fix-dialog.ts";
import { IMPORT_DIALOG } from "../../../src/slack/views/import-dialog.ts";
import { MUTE_DATE, MUTE_DIALOG } from "../../../src/slack/views/mute-dialog.ts";
import { RECORDS_DIALOG } from "../../../src/slack/views/records-dialog.ts";
import { RESYNC_DIALOG } from "../../../src/slack/views/resync-dialog.ts";
import { FIELDS, SUBSCRIPTION_DIALOG } from "../../../src/slack/views/subscription-dialog.ts";
import { eventually, type SeenMessage } from "../../support/control.ts";
import { actInDialog, dialogThat, openDialogOf, type SeenView, submitDialog } from "../../support/dialogs.ts";
import { ADMIN, answered, CHANNEL, type ErrorLabel, OPERATOR, pressButton, type Scene } from "./scene.ts";

/** Submits a dialog so that it is refused, and so that something comes of it. */
export type DialogPlay = (scene: Scene) => Promise<void>;

async function ofError(scene: Scene, label: ErrorLabel, verb: string, says: RegExp, by = ADMIN): Promise<SeenView> {
  const details = await answered(scene, `error ${scene.errorCalled(label)}`, by);
  await pressButton(scene, details, `syncwarden:${verb}`, { user: by });
  return dialogThat(scene.control, says, by);
}

/** What stands under the inputs of a dialog that is kept open. */
async function mistakesOf(
  { control }: Scene,
  view: SeenView,
  values: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, string>>> {
  const { outcome } = await submitDialog(control, view, values);
  expect(outcome.kind).toBe("errors");
  return outcome.errors ?? {};
}

/** A message with two files: the dialog asks which. */
async function sharedFiles(scene: Scene): Promise<SeenMessage> {
  const { SLACK_API_URL = "", SLACK_BOT_TOKEN = "" } = scene.world.sandbox.environment;
  const slack = new WebClient(SLACK_BOT_TOKEN, { slackApiUrl: SLACK_API_URL });
  const known = new Set((await scene.control.messages()).map(({ ts }) => ts));
  await slack.filesUploadV2({
    channel_id: CHANNEL,
    file_uploads: [
      { filename: "cities.csv", content: "City,Population\nOslo,1\nBergen,2\n" },
      { filename: "errors.csv", content: "Record ID,Object type,Error type,Error message\n1,Contact,String too long,\n" },
    ],
  });
  return eventually("the message with both files", async () =>
    (await scene.control.messages()).find((one) => !known.has(one.ts) && filesOf(one).length === 2),
  );
}

function filesOf(message: SeenMessage): readonly { readonly id: string; readonly name: string }[] {
  return (message as SeenMessage & { files?: readonly { id: string; name: string }[] }).files ?? [];
}

/** Imports one of a message's files, and waits for what the dialog says of it. */
async function imported({ control }: Scene, message: SeenMessage, file: string, says: RegExp): Promise<void> {
  await control.send("POST", "/slack/shortcut", {
    user: OPERATOR,
    channel: CHANNEL,
    ts: message.ts,
    callback_id: "syncwarden:import-sync-errors",
    quietMs: 0,
  });
  const dialog = await dialogThat(control, /Connection that it is of/, OPERATOR);
  const values = { file: filesOf(message).find(({ name }) => name === file)?.id, connection: "acme" };
  await submitDialog(control, dialog, values, OPERATOR);
  await dialogThat(control, says, OPERATOR);
  await control.send("POST", "/slack/close", { user: OPERATOR, view_id: dialog.id });
}

/** Every dialog that can be submitted, by its callback_id. */
export const DIALOG_PLAYS: Readonly<Record<string, DialogPlay>> = {
  async [FIX_DIALOG](scene) {
    const dialog = await ofError(scene, "String too long", "fix", /now: /);
    expect(Object.values(await mistakesOf(scene, dialog, { entered: "  " }))).toEqual(["A value is needed."]);
    await submitDialog(scene.control, dialog, { entered: "Deputy Director" });
    await dialogThat(scene.control, /The fix has begun/);
  },

  async [FIX_CONFIRMATION](scene) {
    const { control } = scene;
    const asked = async (by: string) => {
      const dialog = await ofError(scene, "Restricted picklist value", "fix", /now: /, by);
      const values = { entered: optionIn(dialog), all: ["all"] };
      const { view } = await submitDialog(control, dialog, values, by);
      expect(JSON.stringify(view)).toContain("Write it");
      return dialogThat(control, /Write it/, by);
    };
    const [mine, theirs] = await Promise.all([asked(ADMIN), asked(OPERATOR)]);
    await submitDialog(control, mine);
    await dialogThat(control, /The fix has begun/);
    await submitDialog(control, theirs, {}, OPERATOR);
    await dialogThat(control, /has already asked for this|has changed it meanwhile/, OPERATOR);
  },

  async [MUTE_DIALOG](scene) {
    const dialog = await ofError(scene, "Inactive Salesforce owner", "mute", /How long/);
    const past = { span: "date", [MUTE_DATE]: "2020-01-01" };
    expect(await mistakesOf(scene, dialog, past)).toEqual({ [MUTE_DATE]: expect.stringContaining("has begun already") });
    await submitDialog(scene.control, dialog, { span: "7d", reason: "They are on it" });
    await dialogThat(scene.control, /is muted until/);
  },

  async [RECORDS_DIALOG](scene) {
    const { control } = scene;
    const dialog = await ofError(scene, "Salesforce custom field validation rule", "records", /1 to 10 of 14/);
    await submitDialog(control, dialog);
    const told = await dialogThat(control, /Nothing is selected/);
    await actInDialog(control, told, "syncwarden:records-turn:all");
    await submitDialog(control, await dialogThat(control, /14 of 14 selected/));
    await dialogThat(control, /A resync of 14 selected records of error/);
  },

  async [RESYNC_DIALOG](scene) {
    const { control } = scene;
    const asked = (by: string) => ofError(scene, "Salesforce custom field validation rule", "resync", /covers 14 records/, by);
    const [mine, theirs] = await Promise.all([asked(ADMIN), asked(OPERATOR)]);
    await submitDialog(control, mine);
    await dialogThat(control, /The resync has begun/);
    await submitDialog(control, theirs, {}, OPERATOR);
    await dialogThat(control, /<@U0ADMIN> has already asked for this/, OPERATOR);
  },

  async [SUBSCRIPTION_DIALOG](scene) {
    const list = await answered(scene, "subscriptions");
    await pressButton(scene, list, "syncwarden:change-subscription", { inValue: subscriptionIn(list) });
    const dialog = await dialogThat(scene.control, /How <#C0REVOPS> hears/);
    const [mistake] = Object.entries(await mistakesOf(scene, dialog, { [FIELDS.quietFrom]: "22:00" }));
    expect(mistake).toEqual([expect.stringMatching(/^quiet_/), expect.stringMatching(/\w/)]);
    await submitDialog(scene.control, dialog, { [FIELDS.quietFrom]: null, [FIELDS.atLeast]: "2" });
    await dialogThat(scene.control, /Saved\. <#C0REVOPS> hears/);
  },

  async [ALLOCATION_DIALOG](scene) {
    await pressButton(scene, await answered(scene, "allocation"), "syncwarden:allocation");
    const dialog = await dialogThat(scene.control, /calls a day that HubSpot may use/);
    const wrong = await mistakesOf(scene, dialog, { [ALLOCATION_CALLS]: "5000000000" });
    expect(wrong).toEqual({ [ALLOCATION_CALLS]: expect.stringContaining("a whole number") });
    await submitDialog(scene.control, dialog, { [ALLOCATION_CALLS]: "60000" });
    await dialogThat(scene.control, /That is noted\. acme: HubSpot's allocation is 60,000/);
  },

  async [IMPORT_DIALOG](scene) {
    const message = await sharedFiles(scene);
    await imported(scene, message, "cities.csv", /I imported nothing from cities.csv/);
    await imported(scene, message, "errors.csv", /1 line read/);
  },
};

/**
 * What else can be pressed and chosen, by its action_id's pattern: in dialogs, and links. None of it can be refused: a choice is
 * kept until the dialog is submitted, a page that is gone by then shows the first one, and links are the browser's to follow.
 */
export const CONTROL_PLAYS: Readonly<Record<string, DialogPlay>> = {
  "syncwarden:record-tick": async (scene) => {
    const dialog = await ofError(scene, "Salesforce custom field validation rule", "records", /1 to 10 of 14/);
    const { block_id } = dialog.blocks.find((block) => String(block.block_id).startsWith("record:")) ?? {};
    await actInDialog(scene.control, dialog, "syncwarden:record-tick", { block_id, selected: ["ticked"] });
    await actInDialog(scene.control, dialog, "syncwarden:records-turn:next");
    await dialogThat(scene.control, /11 to 14 of 14[\s\S]*1 of 14 selected/);
  },
  "^syncwarden:records-turn:[a-z]+$": async (scene) => {
    const turned = async (way: string, says: RegExp) => {
      const dialog = await dialogThat(scene.control, /of 14/);
      await actInDialog(scene.control, dialog, `syncwarden:records-turn:${way}`);
      await dialogThat(scene.control, says);
    };
    await ofError(scene, "Salesforce custom field validation rule", "records", /1 to 10 of 14/);
    await turned("all", /14 of 14 selected/);
    await turned("next", /11 to 14 of 14/);
    await turned("none", /None is selected/);
    await turned("previous", /1 to 10 of 14/);
  },
  "syncwarden:fix-record": async (scene) => {
    const dialog = await ofError(scene, "Inactive Salesforce owner", "fix", /now: /);
    const select = dialog.blocks.find(({ block_id }) => block_id === "record") as {
      elements: { options: { value: string }[] }[];
    };
    const other = select.elements[0]?.options[1]?.value ?? "";
    await actInDialog(scene.control, dialog, "syncwarden:fix-record", { selected: other });
    await eventually("the other record", async () =>
      JSON.stringify(await openDialogOf(scene.control)).includes(`"block_id":"value:${other}"`),
    );
  },
  "^syncwarden:open-": async (scene) => {
    const check = await answered(scene, `check ${scene.inStep}`, ADMIN, /Looked at live/);
    const { ack } = await scene.control.click(check, "syncwarden:open-hubspot", { waitMs: 0 });
    expect(ack?.acknowledged).toBe(true);
  },
};

/** The first option of the select that takes the value. */
function optionIn({ blocks }: SeenView): string {
  const elements = blocks.map(
    ({ element }) => element as { action_id?: string; options?: readonly { value: string }[] } | undefined,
  );
  const option = elements.find((element) => element?.action_id === "entered")?.options?.[0];
  if (option === undefined) throw new Error(`No value can be chosen in ${JSON.stringify(blocks)}`);
  return option.value;
}

/** The first subscription that a list shows. */
function subscriptionIn(list: SeenMessage): string {
  return /"subscriptionId\\":\\"([^"\\]+)/.exec(JSON.stringify(list.blocks))?.[1] ?? "";
}
