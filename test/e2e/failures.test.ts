import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFailed, test } from "vitest";
import { eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import { postedTwice } from "../support/crash.ts";
import { type BotProcess, startWorld, type World } from "../support/world.ts";

const LONG = 100_000;
const SCENARIO = "suspension/sf-object-permissions-missing";

let world: World;
let bot: BotProcess;

function beginWith(options: { healthy: boolean; contacts: number }, withBot: boolean) {
  beforeAll(async () => {
    world = await startWorld(options);
    if (withBot) {
      bot = await world.startBot();
      await known(/told in the next one|is healthy/);
    }
  }, LONG);
  afterAll(() => world.close());
  afterEach(async () => {
    world.sandbox.account.state.tokenRevoked = false;
    world.sandbox.org.restoreAccess();
    await world.control.send("POST", "/slack/token", { token: "bot", state: "active" });
    await world.control.noFaults();
  });
  beforeEach(() => {
    onTestFailed(async () => {
      console.log((await said()).map(({ text }) => text).join("\n"));
      console.log(bot.output());
    });
  });
}

const said = (channel?: string) => world.control.messages(channel);

/** Waits for a message of the bot's own account. */
function known(text: RegExp, channel?: string): Promise<SeenMessage> {
  return eventually(
    `a message like ${text}`,
    async () => (await said(channel)).find((message) => !message.ephemeral && text.test(message.text)),
    40_000,
  );
}

async function times(text: RegExp, channel?: string): Promise<number> {
  return (await said(channel)).filter((message) => !message.ephemeral && text.test(message.text)).length;
}

async function status(): Promise<string> {
  return (await world.control.command("status")).responses.map(wordsOf).join("\n");
}

async function statusSays(text: RegExp): Promise<string> {
  return eventually(`/sync status says ${text}`, async () => {
    const words = await status();
    return text.test(words) && words;
  });
}

function logged(text: RegExp): boolean {
  return bot
    .output()
    .split("\n")
    .some((line) => /"level":[4-6]0/.test(line) && text.test(line));
}

/** The bot's calls so far to paths that fit. */
async function calls(operation: RegExp): Promise<number> {
  const { bot: counts } = await world.control.get<{ bot: Record<string, Record<string, number>> }>("/calls");
  const all = Object.values(counts).flatMap((byOperation) => Object.entries(byOperation));
  return all.filter(([name]) => operation.test(name)).reduce((sum, [, count]) => sum + count, 0);
}

/** Posts so far that left no message behind. */
async function postsInVain(): Promise<number> {
  let before = Number.NaN;
  for (;;) {
    const posts = await calls(/chat\.postMessage/);
    const messages = [...(await said()), ...(await said("C0SALES"))].filter(({ ephemeral }) => !ephemeral);
    const now = posts - messages.length;
    // A message that is posted between the two readings would count as one too many.
    if (now === before) return now;
    before = now;
    await sleep(1500);
  }
}

/** An alert that was owed all along: it comes once in each channel, and the matter is closed again. */
/** The third suspension of a kind in a day is told in the message of the second. */
async function alertOnceThenMend(): Promise<void> {
  for (const channel of ["C0REVOPS", "C0SALES"]) {
    await eventually(`the alert in ${channel}`, async () => (await times(/the sync is suspended/, channel)) === 1, 60_000);
    expect(postedTwice(await said(channel))).toEqual([]);
  }
  await world.control.mend(SCENARIO);
  await world.control.send("POST", "/native-sync/clear");
  await eventually("the end in the alert", async () => (await times(/the sync is suspended/)) === 0, 40_000);
  expect(await times(/the sync runs again/)).toBeGreaterThan(0);
}

describe("midway", () => {
  beginWith({ healthy: false, contacts: 60 }, true);

  test("HubSpot's token is revoked: told once with what to do, never as a suspension; what was known stays; it recovers by itself", {
    timeout: LONG,
  }, async () => {
    const { sandbox, control } = world;
    const errors = async () =>
      (await control.command("errors")).responses
        .map(wordsOf)
        .join()
        .replace(/As of .*/, "");
    const errorsBefore = await errors();
    sandbox.account.state.tokenRevoked = true;
    const problem = await known(/can't look into HubSpot/);
    expect(wordsOf(problem)).toMatch(/INVALID_AUTHENTICATION[\s\S]*Make a new HubSpot token/);
    const words = await statusSays(/Could not look, so this is the last known state/);
    expect(words).toMatch(/HubSpot answered INVALID_AUTHENTICATION/);
    expect(words).toMatch(/As of/);
    expect(words).not.toMatch(/is healthy|suspended/i);
    expect(await errors()).toBe(errorsBefore);
    expect(logged(/INVALID_AUTHENTICATION/)).toBe(true);
    const { code, output } = await world.run("doctor");
    expect(code).toBe(1);
    expect(output).toMatch(/✗ HubSpot \(acme\): .*INVALID_AUTHENTICATION.*Check the token/);
    expect(output).toMatch(/✓ Slack.*\n.*\n?.*✓ Salesforce \(acme\)/);

    sandbox.account.state.tokenRevoked = false;
    await known(/HubSpot answers again/);
    await statusSays(/^(?![\s\S]*Could not look)[\s\S]*has sync errors/);
    expect(await times(/can't look into HubSpot/)).toBe(1);
    expect(await times(/HubSpot answers again/)).toBe(1);
    expect(await times(/the sync is suspended/)).toBe(0);
  });

  test("HubSpot is out of reach: few calls a poll, told once, over by itself", { timeout: LONG }, async () => {
    const { control } = world;
    const before = await calls(/ \/(?:crm|account-info)\//);
    const began = Date.now();
    await control.fault({ service: "hubspot", dropConnection: true });
    await eventually("a second message", async () => (await times(/can't look into HubSpot/)) === 2, 60_000);
    const problem = (await said()).findLast(({ text }) => /can't look into HubSpot/.test(text));
    expect(problem && wordsOf(problem)).toMatch(/could not be reached[\s\S]*tries again at every poll/);
    await statusSays(/Could not look.*HubSpot could not be reached/);
    // Four attempts at one call in each poll, three seconds apart at the most frequent.
    const polls = Math.ceil((Date.now() - began) / 3_000) + 1;
    expect((await calls(/ \/(?:crm|account-info)\//)) - before).toBeLessThanOrEqual(4 * polls);
    await control.noFaults();
    await eventually("told that it is over", async () => (await times(/HubSpot answers again/)) === 2, 40_000);
    expect(await times(/the sync is suspended/)).toBe(0);
  });

  test("HubSpot limits the rate: the bot waits as told and nobody hears of it", { timeout: LONG }, async () => {
    const { control } = world;
    const before = await times(/can't look into HubSpot/);
    const callsBefore = await calls(/ \/(?:crm|account-info)\//);
    const began = Date.now();
    await control.fault({
      service: "hubspot",
      times: 2,
      status: 429,
      headers: {
        "x-hubspot-ratelimit-max": "190",
        "x-hubspot-ratelimit-remaining": "0",
        "x-hubspot-ratelimit-interval-milliseconds": "10000",
      },
      body: {
        status: "error",
        message: "You have reached your ten_secondly_rolling limit.",
        errorType: "RATE_LIMIT",
        correlationId: "2f1b7c1e-7f2b-4b56-9f2b-0d4c2a7e1a10",
        policyName: "TEN_SECONDLY_ROLLING",
      },
    });
    await eventually(
      "both refusals are spent",
      async () => {
        const { faults } = await control.get<{ faults: unknown[] }>("/faults");
        return faults.length === 0;
      },
      40_000,
    );
    expect(Date.now() - began).toBeGreaterThan(9_000);
    expect((await calls(/ \/(?:crm|account-info)\//)) - callsBefore).toBeLessThanOrEqual(6);
    const asOf = await status();
    await eventually("a poll has come to its end", async () => (await status()) !== asOf, 40_000);
    expect(await times(/can't look into HubSpot/)).toBe(before);
  });

  test("Salesforce revokes sessions: the bot logs in again and nobody hears of it; refuses the login: told once with what to do", {
    timeout: LONG,
  }, async () => {
    const { sandbox, control } = world;
    const messages = (await said()).length;
    const logins = await calls(/oauth2\/token/);
    sandbox.org.revokeAccess(false);
    await eventually("a new login", async () => (await calls(/oauth2\/token/)) > logins);
    const asOf = await status();
    await eventually("a poll has come to its end", async () => (await status()) !== asOf);
    expect((await said()).filter(({ ephemeral }) => !ephemeral).length).toBeLessThanOrEqual(messages);

    sandbox.org.revokeAccess(true);
    const problem = await known(/can't look into Salesforce/);
    expect(wordsOf(problem)).toMatch(/invalid_grant[\s\S]*still approved/);
    const words = await statusSays(/Could not look, so this is the last known state.*invalid_grant/);
    expect(words).not.toMatch(/is healthy/);
    expect(words).toMatch(/has sync errors/);
    const { code, output } = await world.run("doctor");
    expect(code).toBe(1);
    expect(output).toMatch(/✗ Salesforce \(acme\): .*Check the login URL/);
    const refused = await calls(/oauth2\/token/);
    const began = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect((await calls(/oauth2\/token/)) - refused).toBeLessThanOrEqual(2 * Math.ceil((Date.now() - began) / 3_000) + 2);

    sandbox.org.restoreAccess();
    await control.send("POST", "/native-sync/clear");
    await known(/Salesforce answers again/);
    expect(await times(/can't look into Salesforce/)).toBe(1);
  });

  test("Salesforce is out of reach: told as a suspension only when seen twice, which heals", { timeout: LONG }, async () => {
    const before = await times(/the sync runs again/);
    await world.control.fault({ service: "salesforce", dropConnection: true });
    const alert = await known(/the sync is suspended/);
    expect(wordsOf(alert)).toMatch(/Salesforce could not be reached/);
    await world.control.noFaults();
    await eventually("it is over", async () => (await times(/the sync runs again/)) === before + 1, 40_000);
  });

  test("Slack's storm of 429: what is owed comes once, without a storm of ours", { timeout: LONG }, async () => {
    const { control } = world;
    const vain = await postsInVain();
    await control.send("POST", "/slack/storm", { method: "chat.postMessage", times: 6, retryAfterSeconds: 2 });
    await control.make(SCENARIO);
    await alertOnceThenMend();
    expect((await postsInVain()) - vain).toBe(6);
  });

  test("Slack is out of reach: the sync is watched on, and what is owed comes once afterwards", { timeout: LONG }, async () => {
    const { control } = world;
    await control.fault({ service: "slack", dropConnection: true });
    await control.send("POST", "/slack/sockets", { do: "drop" });
    await control.make(SCENARIO);
    await eventually("the failure is in the log", async () => logged(/Slack is out of reach/));
    const polls = await calls(/\/services\/data/);
    await eventually("it polls on", async () => (await calls(/\/services\/data/)) > polls + 2);
    await control.noFaults();
    await alertOnceThenMend();
    expect(await statusSays(/acme/)).not.toBe("");
  });

  test("Slack's token is revoked: the log says what to do, doctor too, and what is owed comes once it works again", {
    timeout: LONG,
  }, async () => {
    const { control } = world;
    await control.send("POST", "/slack/token", { token: "bot", state: "token_revoked" });
    await control.make(SCENARIO);
    await eventually("the log says so", async () => logged(/The Slack token was revoked: install the app again/));
    const { code, output } = await world.run("doctor");
    expect(code).toBe(1);
    expect(output).toMatch(/✗ Slack: The Slack token was revoked: install the app again/);
    await control.send("POST", "/slack/token", { token: "bot", state: "active" });
    await alertOnceThenMend();
  });

  test("nothing of it has left the log with a secret in it, and the bot ends in order", { timeout: LONG }, async () => {
    for (const [name, value] of Object.entries(world.sandbox.environment)) {
      if (/TOKEN|SECRET/.test(name)) expect(bot.output(), name).not.toContain(value);
    }
    expect(await bot.stop()).toBe(0);
  });
});

describe("at the start", () => {
  beginWith({ healthy: false, contacts: 40 }, false);

  test("everything is down: it starts, says what is wrong, and catches up when the causes go", { timeout: LONG }, async () => {
    const { control } = world;
    for (const service of ["slack", "hubspot", "salesforce"]) await control.fault({ service, dropConnection: true });
    bot = await world.startBot();
    await eventually("Slack's failure is in the log", async () => logged(/Slack is out of reach/));
    await eventually("polls are tried", async () => (await calls(/oauth2\/token|\/services\//)) > 1);
    await control.noFaults();
    for (const channel of ["C0REVOPS", "C0SALES"]) await known(/told in the next one/, channel);
    await statusSays(/has sync errors/);
    for (const channel of ["C0REVOPS", "C0SALES"]) {
      expect(postedTwice(await said(channel))).toEqual([]);
      // That nothing can be reached from here says nothing of the sync.
      expect(await times(/the sync is suspended|the sync runs again/, channel)).toBe(0);
    }
    expect(await bot.stop()).toBe(0);
  });

  test("Slack does not answer: the sync is watched all the same", { timeout: LONG }, async () => {
    const { control } = world;
    await control.fault({ service: "slack", delayMs: 60_000 });
    const before = await calls(/\/services\/data/);
    bot = await world.startBot();
    await eventually("two polls", async () => (await calls(/\/services\/data/)) >= before + 4);
    await control.noFaults();
    await statusSays(/as of/i);
    expect(await bot.stop()).toBe(0);
  });

  test("HubSpot and Salesforce refuse: Slack is answered with what is known and what is wrong", { timeout: LONG }, async () => {
    const { sandbox } = world;
    sandbox.account.state.tokenRevoked = true;
    sandbox.org.revokeAccess(true);
    bot = await world.startBot();
    const words = await statusSays(/HubSpot answered INVALID_AUTHENTICATION/);
    expect(words).toMatch(/Sync errors\W+\w+: \d+ error|Sync errors.*error/);
    await known(/can't look into HubSpot/);
    sandbox.account.state.tokenRevoked = false;
    sandbox.org.restoreAccess();
    await world.control.send("POST", "/native-sync/clear");
    await statusSays(/^(?![\s\S]*Could not look)[\s\S]*has sync errors/);
    expect(await times(/can't look into/)).toBe(await times(/answers again/));
    expect(await bot.stop()).toBe(0);
  });
});
