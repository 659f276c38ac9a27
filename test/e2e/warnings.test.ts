import { afterAll, beforeAll, expect, test } from "vitest";
import { type Control, eventually, wordsOf } from "../support/control.ts";
import { answerWords, channelMessages, current, eventualMessage } from "../support/slack-reading.ts";
import { QUICK, startWorld, type World } from "../support/world.ts";

let world: World;
let control: Control;

beforeAll(async () => {
  world = await startWorld({ healthy: true, contacts: 60, seed: 3, connection: { ...QUICK, warnings: { rateOver: "2s" } } });
  control = world.control;
  await world.startBot();
  await eventualMessage(control, /acme is healthy: no sync errors/, 40_000);
}, 90_000);

afterAll(async () => {
  await world?.close();
});

test.each([
  ["storage-nearly-full", "Salesforce storage is nearly full", "storage is 97 % full"],
  ["allocation-nearly-used", "allocation is nearly used", "Salesforce calls that are allocated to it"],
  ["picklist-option", "A mapped field is about to fail", "no longer takes Bronze"],
  ["validation-rule", "A mapped field is about to fail", "Department_Required"],
  ["calls-running-out", "API calls are running out", "At this rate none are left"],
])("%s is told before it comes true, and that it is over", { timeout: 120_000 }, async (name, headline, evidence) => {
  await control.make(`warning/${name}`);
  const message = await eventually(
    `the warning of ${name}`,
    async () =>
      (await channelMessages(control)).find((one) => wordsOf(one).includes(headline) && wordsOf(one).includes(evidence)),
    60_000,
  );
  expect(wordsOf(message)).toContain("What to do");
  expect(answerWords(await control.command("status"))).toContain(headline);
  await control.mend(`warning/${name}`);
  await eventually(
    `the end of ${name}`,
    async () => wordsOf(await current(control, message)).includes("the warning is over"),
    60_000,
  );
});
