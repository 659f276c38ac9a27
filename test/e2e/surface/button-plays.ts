import type { ActionVerb } from "../../../src/slack/actions/values.ts";
import { eventually, type SeenMessage, wordsOf } from "../../support/control.ts";
import { dialogThat, submitDialog } from "../../support/dialogs.ts";
import { buttonsOf, channelMessages, current, eventualMessage } from "../../support/slack-reading.ts";
import { ADMIN, answered, eventuallySays, pressButton, type Scene, type } from "./scene.ts";
import { LONG_AGO } from "./stale.ts";

/** A message with a button, and which of its buttons is meant where several have its verb. */
export interface Shown {
  readonly message: SeenMessage;
  readonly inValue?: string;
  /** "again" of `syncwarden:check:again`. */
  readonly variant?: string;
}

export interface ButtonPlay {
  /** Leads somebody to a message with the button. */
  readonly shown: (scene: Scene, by: string) => Promise<Shown>;
  /** What an admin sees who presses it, in a message or a dialog. */
  readonly works: RegExp;
  /** What comes of it where that isn't said to who presses. */
  readonly afterwards?: (scene: Scene, shown: Shown) => Promise<void>;
  /** What a viewer is told that they can't do; left out where everybody may, or a viewer never sees the button. */
  readonly refusedAs?: string;
  /** What has to come before: a fix that a dialog's play makes, or that the sync is suspended. */
  readonly when?: "fixed" | "suspended";
}

async function ofError(scene: Scene, label: Parameters<Scene["errorCalled"]>[0], by: string): Promise<Shown> {
  return { message: await answered(scene, `error ${scene.errorCalled(label)}`, by) };
}

/** The message of everybody's that shows a request at work with its button to cancel it. */
async function atWork(scene: Scene, verb: `cancel-${string}`): Promise<Shown> {
  const message = await eventually(`a message with ${verb}`, async () =>
    (await channelMessages(scene.control)).findLast(
      (one) => one.text !== LONG_AGO && buttonsOf(one).some(({ action_id }) => action_id === `syncwarden:${verb}`),
    ),
  );
  return { message };
}

/** The alert about the suspension that there is. */
export function suspensionAlertIn({ control }: Scene): Promise<SeenMessage> {
  return eventualMessage(control, /acme: the sync is suspended since/, 60_000);
}

/** Has the same message be awaited by whoever asks for it: what leads there is done once. */
function once<T>(lead: (scene: Scene) => Promise<T>): (scene: Scene) => Promise<T> {
  let led: Promise<T> | undefined;
  return (scene) => {
    led ??= lead(scene);
    return led;
  };
}

/** Salesforce takes its time, so that a clear can still be cancelled when somebody gets to it. */
const slowClear = once(async (scene) => {
  const alert = await suspensionAlertIn(scene);
  await scene.control.fault({ service: "salesforce", path: "/services/data", delayMs: 3_000 });
  await pressButton(scene, alert, "syncwarden:clear");
  return atWork(scene, "cancel-clear");
});

const waitingResync = once(async (scene) => {
  const preview = await answered(scene, "resync duplicates");
  await pressButton(scene, preview, "syncwarden:confirm-resync");
  return atWork(scene, "cancel-resync");
});

const waitingAudit = once(async (scene) => {
  const preview = await answered(scene, "audit");
  await pressButton(scene, preview, "syncwarden:confirm-audit");
  return atWork(scene, "cancel-audit");
});

const waitingFix = once(async (scene) => {
  const { message } = await ofError(scene, "String too long", ADMIN);
  await pressButton(scene, message, "syncwarden:fix");
  const dialog = await dialogThat(scene.control, /now: /);
  await submitDialog(scene.control, dialog, { entered: "Managing Director" });
  await dialogThat(scene.control, /The fix has begun/);
  return atWork(scene, "cancel-fix");
});

/** Muted, and told so in its details. */
async function muted(scene: Scene, by: string): Promise<Shown> {
  const id = scene.errorCalled("Inactive Salesforce owner");
  await type(scene, `mute ${id} until fixed`, ADMIN);
  return { message: await answered(scene, `error ${id}`, by) };
}

/** The subscription of a channel that isn't the one where it is asked for. */
async function elsewhere(scene: Scene, by: string): Promise<Shown> {
  const there = "<#C0SALES|sales>";
  const none = !wordsOf(await answered(scene, `subscriptions ${there}`)).includes("daily at 07:00");
  if (none) await type(scene, `subscribe daily 07:00 ${there}`);
  return { message: await answered(scene, `subscriptions ${there}`, by) };
}

const withAllocation = once(async (scene) => {
  const preview = await answered(scene, "allocation 55k");
  await eventuallySays(scene, await pressButton(scene, preview, "syncwarden:set-allocation"), /That is noted/);
});

/** Every button: where it is, what comes of it, and who may not. What has become void by the time it is pressed: `STALE`. */
export const BUTTON_PLAYS: Readonly<Record<ActionVerb, ButtonPlay>> = {
  errors: {
    shown: async (scene, by) => ({ message: await answered(scene, "status", by) }),
    works: /acme has 6 open sync errors/,
  },
  refresh: {
    shown: async (scene, by) => ({ message: await answered(scene, "status", by) }),
    works: /I'm looking at acme now/,
    refusedAs: "refresh",
  },
  share: {
    shown: async (scene, by) => ({ message: await answered(scene, "status", by) }),
    works: /acme has sync errors/,
    afterwards: async ({ control }) =>
      void (await eventually("the status for everybody", async () =>
        /^acme has sync errors, 6 sync errors/.test((await channelMessages(control)).at(-1)?.text ?? ""),
      )),
  },
  details: {
    shown: async (scene, by) => ({
      message: await answered(scene, "errors", by),
      inValue: scene.errorCalled("Salesforce custom field validation rule"),
    }),
    works: /\*Affected records\* 1 to 10 of 14/,
  },
  records: {
    shown: (scene, by) => ofError(scene, "Salesforce custom field validation rule", by),
    works: /1 to 10 of 14\./,
  },
  "hubspot-list": {
    shown: (scene, by) => ofError(scene, "Salesforce custom field validation rule", by),
    works: /The static list .* is in HubSpot, with 14 contacts in it/,
    refusedAs: "create HubSpot list",
  },
  mute: {
    shown: (scene, by) => ofError(scene, "Salesforce custom field validation rule", by),
    works: /How long/,
    refusedAs: "mute",
  },
  unmute: { shown: muted, works: /speaks again/, refusedAs: "unmute" },
  export: {
    shown: (scene, by) => ofError(scene, "Restricted picklist value", by),
    works: /1 sync error with 9 affected records/,
    refusedAs: "export",
  },
  fix: {
    shown: (scene, by) => ofError(scene, "Restricted picklist value", by),
    works: /now: /,
    refusedAs: "fix",
  },
  resync: {
    shown: (scene, by) => ofError(scene, "String too long", by),
    works: /covers 2 records\.[\s\S]*It has begun/,
    refusedAs: "resync",
  },
  "confirm-resync": {
    shown: async (scene) => ({ message: await answered(scene, `resync ${scene.errorCalled("Inactive Salesforce owner")}`) }),
    works: /The resync has begun/,
    afterwards: async ({ control }) => void (await eventualMessage(control, /the resync of error E\w{5} is/)),
  },
  "confirm-audit": {
    shown: async (scene) => ({ message: await answered(scene, "audit") }),
    works: /The audit has begun/,
  },
  audit: {
    shown: async ({ control }) => ({ message: await eventualMessage(control, /acme: audit: /, 60_000), inValue: '"offset":0}' }),
    works: /acme, audit: all findings, 1 to \d+ of \d+/,
  },
  check: {
    shown: async (scene, by) => ({
      message: await answered(scene, `check ${scene.inStep}`, by, /Looked at live/),
      variant: "again",
    }),
    works: /is in step[\s\S]*Looked at live in acme/,
  },
  dismiss: {
    shown: async (scene) => ({ message: await answered(scene, "resync picklists") }),
    works: /^/,
    afterwards: async ({ control }, { message }) =>
      void (await eventually("the question to be gone", async () =>
        (await control.messages()).every(({ ts }) => ts !== message.ts),
      )),
  },
  allocation: {
    shown: async (scene, by) => ({ message: await answered(scene, "allocation", by) }),
    works: /Salesforce API calls a day that HubSpot may use/,
    refusedAs: "allocation",
  },
  "set-allocation": {
    async shown(scene, by) {
      await withAllocation(scene);
      return { message: await answered(scene, "allocation", by) };
    },
    works: /The number of syncwarden.yaml holds again/,
    refusedAs: "allocation",
  },
  "owner-messages": {
    shown: async (scene, by) => ({ message: await answered(scene, "mine", by) }),
    works: /You hear no more of your own records/,
  },
  "change-subscription": {
    shown: elsewhere,
    works: /How <#C0SALES> hears of \*acme\*/,
    refusedAs: "change subscription",
  },
  "remove-subscription": {
    shown: elsewhere,
    works: /<#C0SALES> no longer hears of this/,
    refusedAs: "unsubscribe",
  },
  log: {
    shown: async (scene, by) => ({ message: await answered(scene, "log", by) }),
    works: /\bNewer\b/,
  },
  "log-csv": {
    shown: async (scene, by) => ({ message: await answered(scene, "log", by) }),
    works: /in your direct messages with me/,
  },
  undo: {
    when: "fixed",
    shown: async ({ control }) => ({
      message: await eventualMessage(control, /“Deputy Director” in HubSpot[\s\S]*Undo/, 60_000),
    }),
    works: /are being put back/,
    refusedAs: "undo",
  },
  backlog: {
    when: "suspended",
    shown: async (scene, by) => ({ message: await answered(scene, "backlog", by) }),
    works: /\bPrevious\b/,
  },
  acknowledge: {
    when: "suspended",
    shown: async (scene) => ({ message: await suspensionAlertIn(scene) }),
    works: /You acknowledged this suspension/,
    afterwards: async ({ control }, { message }) =>
      void (await eventually("the alert to say who", async () =>
        wordsOf(await current(control, message)).includes("Acknowledged by <@U0ADMIN>"),
      )),
    refusedAs: "acknowledge",
  },
  "cancel-resync": { when: "suspended", shown: waitingResync, works: /stops after the batch/, refusedAs: "cancel resync" },
  "cancel-audit": { when: "suspended", shown: waitingAudit, works: /stops after the page/, refusedAs: "cancel audit" },
  "cancel-fix": { when: "suspended", shown: waitingFix, works: /It stops after the records/, refusedAs: "cancel fix" },
  "cancel-clear": {
    when: "suspended",
    shown: slowClear,
    works: /The clear ends at its next look/,
    afterwards: async ({ control }, { message }) => {
      await control.noFaults();
      await eventually("the alert to offer a clear again", async () =>
        buttonsOf(await current(control, message)).some(({ action_id }) => action_id === "syncwarden:clear"),
      );
    },
    refusedAs: "cancel clear",
  },
  clear: {
    when: "suspended",
    shown: async (scene) => ({ message: await suspensionAlertIn(scene) }),
    works: /The clear has begun/,
    refusedAs: "clear",
  },
};
