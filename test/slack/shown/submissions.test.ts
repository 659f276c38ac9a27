import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import fc from "fast-check";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createInteractions } from "../../../src/slack/interactions.ts";
import { registerViews } from "../../../src/slack/views/index.ts";
import { FIELDS } from "../../../src/slack/views/subscription-dialog.ts";
import { DIALOGS } from "./dialogs.ts";
import { expectTaken, type Screen, screens } from "./screen.ts";
import { HOSTILE } from "./texts.ts";

const RUNS = 40;

type Handler = (sent: unknown) => Promise<void>;

/** What Slack sends of a dialog's inputs, by the function that makes the dialog. */
const ENTERED: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  fixDialog: fc.record({
    value: fc.record({ entered: fc.record({ value: HOSTILE.words }) }),
    all: fc.record({ all: fc.record({ selected_options: fc.constantFrom([], [{ value: "all" }]) }) }),
  }),
  fixConfirmation: fc.constant({}),
  resyncDialog: fc.constant({}),
  recordsDialog: fc.constantFrom({}, { "record:1:hubspot:contacts:1": { "syncwarden:record-tick": { selected_options: [{}] } } }),
  muteDialog: fc.record({
    span: chosen({ selected_option: fc.record({ value: fc.constantFrom("1d", "fixed", "date") }) }),
    date: chosen({ selected_date: fc.constantFrom(null, "2020-01-01", "2999-01-01") }),
    reason: fc.record({ entered: fc.record({ value: HOSTILE.words }) }),
  }),
  importDialog: fc.record({
    file: chosen({ selected_option: fc.constant({ value: "F1" }) }),
    connection: chosen({ selected_option: fc.record({ value: HOSTILE.name }) }),
  }),
  allocationDialog: fc.record({
    calls: fc.record({ entered: fc.record({ value: fc.constantFrom("0", "x", "<!here>", "50000") }) }),
  }),
  subscriptionDialog: fc.constantFrom("immediate", "daily", "weekly-1", "never").map((value) => ({
    [FIELDS.cadence]: { [FIELDS.cadence]: { selected_option: { value } } },
    [FIELDS.timeZone]: { [FIELDS.timeZone]: { selected_option: { value: "Europe/Berlin" } } },
    [FIELDS.atLeast]: { [FIELDS.atLeast]: { value: "1" } },
  })),
};

function chosen(value: Readonly<Record<string, fc.Arbitrary<unknown>>>) {
  return fc.record({ chosen: fc.record(value) });
}

/** Sends a dialog as somebody has filled it in; what is shown is kept with the screen. */
async function submit({ context, shown }: Screen, view: ModalView, values: unknown): Promise<void> {
  const failures: string[] = [];
  const logger = pino({ level: "error" }, { write: (line: string) => void failures.push(line) });
  const file = { id: "F1", name: "<!here> errors.csv" };
  const files = { ...context.files, find: async () => file };
  const handlers = new Map<string, Handler>();
  const register = ({ callback_id: id }: { readonly callback_id: string }, handler: Handler) => void handlers.set(id, handler);
  const app = { action: () => undefined, view: register } as unknown as App;
  registerViews(app, createInteractions({ ...context, logger, files }));
  const ack = async (answer?: { readonly view?: ModalView; readonly errors?: Readonly<Record<string, string>> }) => {
    if (answer?.view !== undefined) shown.push(answer.view);
    for (const error of Object.values(answer?.errors ?? {})) expect(error.trim()).not.toBe("");
  };
  const body = { user: { id: "U0ADMIN" } };
  const state = { values };
  const sent = { body, view: { ...JSON.parse(JSON.stringify(view)), id: "V1", hash: "1.h", state }, ack };
  const handler = handlers.get(view.callback_id ?? "");
  if (handler === undefined) return;
  await handler(sent);
  expect(failures).toEqual([]);
}

describe("whatever is entered into a dialog and whatever is known, Slack takes what comes of it and nobody is pinged:", () => {
  test("each dialog that is answered is among them", () => {
    const answered = DIALOGS.map(({ name }) => name).filter((name) => name in ENTERED);
    expect(answered.toSorted()).toEqual(Object.keys(ENTERED).toSorted());
  });

  test.each(DIALOGS.filter(({ name }) => name in ENTERED))("$name", async ({ name, cases }) => {
    const entered = ENTERED[name] ?? fc.constant({});
    await fc.assert(
      fc.asyncProperty(cases(HOSTILE), entered, screens, async ({ show }, values, screen) => {
        const view = show(screen.context.t);
        if (view === null || !("type" in view) || view.type !== "modal") return;
        await submit(screen, view, values);
        expectTaken(screen, null);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 10_000 },
    );
  });
});
