import { afterAll, beforeAll, expect, test } from "vitest";
import { type Control, eventually } from "../support/control.ts";
import { answerWords, channelMessages, eventualMessage } from "../support/slack-reading.ts";
import { type BotProcess, QUICK, startWorld, type World } from "../support/world.ts";

interface Calls {
  readonly salesforce: number;
  readonly hubspot: number;
}

const POLLS = 20;

let world: World;
let control: Control;
let bot: BotProcess;

async function calls(): Promise<Calls> {
  const { bot: made } = await control.get<{ bot: Record<"salesforce" | "hubspot", Record<string, number>> }>("/calls");
  const total = (operations: Record<string, number>) => Object.values(operations).reduce((sum, count) => sum + count, 0);
  return { salesforce: total(made.salesforce), hubspot: total(made.hubspot) };
}

/** The polls that the bot says it has made. */
function polls(): number {
  return bot
    .output()
    .split("\n")
    .filter((line) => line.includes('"msg":"polled"')).length;
}

beforeAll(async () => {
  world = await startWorld({ seed: 3, contacts: 250, connection: QUICK, settings: { logLevel: "debug" } });
  control = world.control;
  bot = await world.startBot();
  await eventualMessage(control, /acme is healthy: no sync errors/, 40_000);
}, 90_000);

afterAll(async () => {
  await world?.close();
});

test("a healthy world polled twenty times raises nothing, at two Salesforce and four HubSpot calls a poll", async () => {
  const digests = await channelMessages(control);
  const before = { polls: polls(), calls: await calls() };
  const after = await eventually(
    `${POLLS} polls`,
    async () => (polls() >= before.polls + POLLS ? { polls: polls(), calls: await calls() } : null),
    90_000,
  );
  // A poll may have been at work at either end.
  const most = after.polls - before.polls + 1;
  expect(after.calls.salesforce - before.calls.salesforce).toBeLessThanOrEqual(2 * most);
  expect(after.calls.hubspot - before.calls.hubspot).toBeLessThanOrEqual(4 * most);
  expect(after.calls.salesforce).toBeGreaterThan(before.calls.salesforce);

  expect((await channelMessages(control)).map(({ ts }) => ts)).toEqual(digests.map(({ ts }) => ts));
  expect(digests).toHaveLength(1);
  expect(await control.truth()).toEqual({ suspension: null, errors: [] });
  expect(answerWords(await control.command("errors"))).toContain("no open sync errors are known");
  expect(answerWords(await control.command("suspension"))).toContain("no suspension is known");
  expect(answerWords(await control.command("status"))).toMatch(/acme is healthy, as of/);
  expect(answerWords(await control.command("log"))).toContain("Nobody has done anything");
}, 120_000);

test("edits that sync, on either side, raise nothing either", async () => {
  const [contact] = [...world.sandbox.account.records("contacts")];
  if (!contact) throw new Error("The world has no contacts");
  const before = polls();
  await control.send("POST", "/records", {
    system: "hubspot",
    object: "contacts",
    update: [{ id: contact.id, properties: { jobtitle: "Head of Everything" } }],
  });
  const { salesforcecontactid: contactId, salesforceleadid: leadId } = contact.properties;
  await control.send("POST", "/records", {
    system: "salesforce",
    object: contactId ? "Contact" : "Lead",
    update: [{ id: contactId ?? leadId, fields: { Phone: "+47 22 00 11 22" } }],
  });
  await eventually("ten more polls", async () => polls() >= before + 10, 60_000);
  expect(await control.truth()).toEqual({ suspension: null, errors: [] });
  expect(await channelMessages(control)).toHaveLength(1);
  expect(answerWords(await control.command("errors"))).toContain("no open sync errors are known");
}, 90_000);
