import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Control, eventually, wordsOf } from "../support/control.ts";
import { crashOf, postedTwice } from "../support/crash.ts";
import { answerMessage, answerWords, channelMessages, eventualMessage, press } from "../support/slack-reading.ts";
import { type BotProcess, QUICK, startWorld, type World } from "../support/world.ts";

const LONG = 120_000;
const PAGE_OF_CONTACTS = /GET \/crm\/v3\/objects\/contacts$/;

let world: World;
let control: Control;
let bot: BotProcess;

beforeAll(async () => {
  world = await startWorld({
    healthy: true,
    contacts: 450,
    connection: { ...QUICK, poll: { cron: "*/3 * * * * *", timeZone: "UTC" } },
  });
  control = world.control;
  bot = await world.startBot();
  await control.send("POST", "/slack/locale", { user: "U0VIEWER", locale: "en-GB" });
}, LONG);

afterAll(() => world.close());

async function eventualAudit(says: RegExp) {
  return eventualMessage(control, says, 60_000);
}

describe("/sync audit", () => {
  test("is for operators; says what it costs, asks, and ends with the drift in the one message that showed its progress", {
    timeout: LONG,
  }, async () => {
    const refused = await control.command("audit", { user: "U0VIEWER" });
    expect(answerWords(refused)).toContain("(audit)");
    expect(JSON.stringify(refused.responses)).not.toContain("syncwarden:confirm-audit");

    // A contact that is taken out of the inclusion list: linked, and frozen from now on.
    const { account } = world.sandbox;
    const frozen = [...account.records("contacts")].find(({ properties }) => Boolean(properties.salesforcecontactid));
    const email = frozen?.properties.email ?? "";
    account.update("contacts", frozen?.id ?? "", { keep_out_of_salesforce: "true" }, "CRM_UI");

    const preview = answerMessage(await control.command("audit", { user: "U0OPERATOR" }));
    expect(wordsOf(preview)).toMatch(
      /compares every record on both sides \(\d+ contacts, \d+ companies and \d+ deals in HubSpot/,
    );
    expect(wordsOf(preview)).toMatch(/about 4 Salesforce and \d+ HubSpot API calls/);
    const confirmed = await press(control, preview, "syncwarden:confirm-audit", { user: "U0OPERATOR" });
    expect(answerWords(confirmed)).toContain("The audit has begun");

    const done = await eventualAudit(/audit: drift found/);
    const words = wordsOf(done);
    expect(words).toContain("Contacts frozen outside the inclusion list");
    expect(words).toContain(email);
    expect(words).toMatch(new RegExp(`record/0-1/${frozen?.id}`));
    expect((await channelMessages(control)).filter(({ text }) => /audit/.test(text))).toHaveLength(1);

    const all = answerWords(await press(control, done, "syncwarden:audit", { user: "U0VIEWER", inValue: '"offset":0}' }));
    expect(all).toContain(email);
    expect(answerWords(await control.command("audit last", { user: "U0VIEWER" }))).toContain(email);
    expect(answerWords(await control.command("log"))).toMatch(/audit .*– \*?done/);
  });

  test("that is killed while it reads goes on after the restart and is told once", { timeout: LONG }, async () => {
    const preview = answerMessage(await control.command("audit", { user: "U0OPERATOR" }));
    const dead = crashOf(world, bot).whenCalled(PAGE_OF_CONTACTS, 2);
    await press(control, preview, "syncwarden:confirm-audit", { user: "U0OPERATOR" });
    await dead;
    bot = await world.startBot();
    await eventually(
      "the second audit's outcome",
      async () =>
        (await channelMessages(control)).filter(({ text }) => /none of it new since the last audit/.test(text)).length === 1,
      60_000,
    );
    expect(postedTwice(await control.messages())).toEqual([]);
  });
});
