import { beforeEach, expect, test } from "vitest";
import { readCalls } from "../../src/slack/commands/allocation.ts";
import { saying } from "../support/said.ts";
import { eventually, serveBot } from "./local-slack.ts";

const { slack, bot } = await serveBot();

const CHANNEL = "C0REVOPS";

beforeEach(() => {
  bot.monitor.asked.length = 0;
  bot.monitor.names = ["acme"];
  bot.monitor.answer = { result: "accepted", requestId: "acme" };
  bot.monitor.allocated = { ...bot.monitor.allocated, calls: 60_000, set: null, configured: 60_000, hubspotCalls: 1_200 };
});

async function type(text: string, user = "U0ADMIN") {
  const [answer] = (await slack.service.control.command({ user, channel: CHANNEL, text })).responses;
  if (answer === undefined) throw new Error("There was no answer");
  return answer;
}

async function click(ts: string, action: string, user = "U0ADMIN", dismiss = false) {
  const place = { user, channel: CHANNEL, ts, action_id: `syncwarden:${action}`, dismiss };
  return (await slack.service.control.action(place)).responses.at(-1);
}

test("says what is set, who told so, what is used, and where the setting itself stands; to anybody, in public too", async () => {
  const answer = await type("allocation public", "U0OPERATOR");
  expect(answer).toMatchObject({ ephemeral: false });
  expect(answer.text).toContain("HubSpot's allocation is 60,000 of Salesforce's API calls a day (as syncwarden.yaml has it)");
  expect(answer.text).toContain("HubSpot has made 1,200 calls in 24 h (2%)");
  expect(JSON.stringify(answer.blocks)).toContain("No API shows or changes HubSpot's own setting");
  expect(JSON.stringify(answer.blocks)).toContain("https://app.hubspot.com/integrations-settings/4242");
});

test("a number is asked about once more, in Slack's own dialog, before it is noted", async () => {
  const preview = await type("allocation 50k");
  expect(preview.text).toContain("Set HubSpot's allocation in acme to 50,000 of Salesforce's API calls a day?");
  expect(JSON.stringify(preview.blocks)).toContain("it changes nothing in HubSpot");
  await click(preview.ts, "set-allocation", "U0ADMIN", true);
  expect(bot.monitor.asked).toEqual([]);
  const set = await click(preview.ts, "set-allocation");
  expect(set?.text).toContain(
    "That is noted. acme: HubSpot's allocation is 50,000 of Salesforce's API calls a day (set by <@U0ADMIN>",
  );
  expect(bot.monitor.asked).toMatchObject([
    { what: "allocation", target: { connection: "acme", calls: 50_000 }, actor: { allowedAs: saying("admin by name") } },
  ]);
});

test("an operator reads it and is refused setting it, by command and by button", async () => {
  const refused = await type("allocation 50000", "U0OPERATOR");
  expect(refused.text).toContain("You can't do this (allocation). Only admins can do this");
  const reading = await type("allocation", "U0OPERATOR");
  expect((await click(reading.ts, "allocation", "U0OPERATOR"))?.text).toContain("Only admins can do this");
  expect(bot.monitor.asked.map(({ what }) => what)).toEqual(["refusal", "refusal"]);
});

test("the button opens a dialog with a number to enter; one that can't be comes back under it", async () => {
  const reading = await type("allocation");
  await click(reading.ts, "allocation");
  const view = slack.service.control.views("U0ADMIN").modal as { id: string } | null;
  expect(JSON.stringify(view)).toContain('"initial_value":"60000"');
  const wrong = await slack.service.control
    .submit({ user: "U0ADMIN", view_id: view?.id ?? "", values: { calls: "0" } })
    .catch(String);
  expect(JSON.stringify(wrong)).toMatch(/Enter a whole number|min_value|at least/);
  await slack.service.control.submit({ user: "U0ADMIN", view_id: view?.id ?? "", values: { calls: "45000" } });
  const words = () => JSON.stringify(slack.service.control.views("U0ADMIN").modal);
  await eventually(() => words().includes("That is noted."), "the outcome");
  expect(bot.monitor.asked).toMatchObject([{ what: "allocation", target: { calls: 45_000 } }]);
});

test("what was set in Slack can be withdrawn, and the configuration's holds again", async () => {
  bot.monitor.allocated = { ...bot.monitor.allocated, calls: 50_000, set: { by: "U0ADMIN", at: new Date() } };
  const reading = await type("allocation");
  expect((await click(reading.ts, "set-allocation"))?.text).toContain("The number of syncwarden.yaml holds again.");
  expect(bot.monitor.asked).toMatchObject([{ target: { connection: "acme", calls: null } }]);
});

test("a number that Salesforce's limit rules out is declined with the reason", async () => {
  bot.monitor.answer = { result: "declined", why: "Salesforce lets this org make 100,000 API calls a day." };
  const preview = await type("allocation 200000");
  expect((await click(preview.ts, "set-allocation"))?.text).toContain("Salesforce lets this org make 100,000");
});

test("what is no number, or could be of several connections, is told with what to type", async () => {
  expect((await type("allocation plenty")).text).toContain("I don't understand “plenty”. Type a whole number");
  bot.monitor.names = ["acme", "globex"];
  expect((await type("allocation 50000")).text).toContain("/sync allocation 50000 acme");
  expect((await type("allocation 50000 globex")).text).toContain("allocation in globex to 50,000");
});

test.each([
  ["50000", 50_000],
  ["50,000", 50_000],
  ["50.000", 50_000],
  ["50 000", 50_000],
  ["50k", 50_000],
  ["1.5k", 1_500],
  ["0", null],
  ["-5", null],
  ["5.5", null],
  ["5,00", null],
  ["99999999999", null],
  ["", null],
])("%j is read as %j calls", (text, calls) => expect(readCalls(text)).toBe(calls));
