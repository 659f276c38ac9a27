import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../support/control.ts";
import { postedTwice } from "../support/crash.ts";
import { createServerDatabase } from "../support/store.ts";
import { type BotProcess, startWorld, type World } from "../support/world.ts";

const LONG = 90_000;
const server = process.env.TEST_DATABASE_URL;

describe.skipIf(server === undefined)("two processes on one PostgreSQL database", () => {
  let world: World;
  let database: Awaited<ReturnType<typeof createServerDatabase>>;
  let bots: readonly BotProcess[] = [];

  beforeAll(async () => {
    database = await createServerDatabase(server ?? "");
    world = await startWorld({ healthy: false, contacts: 40 });
    const environment = { DATABASE_URL: database.url, SYNCWARDEN_DATA: undefined };
    // Both at once, so that they meet in the migrations too.
    bots = await Promise.all([world.startBot(environment), world.startBot(environment)]);
  }, LONG);

  afterAll(async () => {
    await world.close();
    await database.drop();
  });

  async function texts(text: RegExp, channel = "C0REVOPS"): Promise<readonly string[]> {
    return (await world.control.messages(channel)).map((message) => message.text).filter((seen) => text.test(seen));
  }

  async function probes(): Promise<number> {
    const { bot } = await world.control.get<{ bot: { salesforce: Record<string, number> } }>("/calls");
    return Object.entries(bot.salesforce).reduce((sum, [name, count]) => (/\/limits$/.test(name) ? sum + count : sum), 0);
  }

  test("one digest, one alert, one end of it in each channel", { timeout: LONG }, async () => {
    const { control } = world;
    await eventually("the digest", async () => (await texts(/told in the next one/)).length > 0, 40_000);
    await control.make("suspension/sf-api-limit-exceeded");
    await eventually("the alert", async () => (await texts(/the sync is suspended/)).length > 0, 40_000);
    await control.mend("suspension/sf-api-limit-exceeded");
    await eventually("its end", async () => (await texts(/the sync runs again/)).length > 0, 40_000);
    for (const channel of ["C0REVOPS", "C0SALES"]) {
      await eventually("the end in each", async () => (await texts(/the sync runs again/, channel)).length === 1);
      expect(await texts(/told in the next one/, channel)).toHaveLength(1);
      expect(postedTwice(await control.messages(channel))).toEqual([]);
    }
  });

  test("one poll a tick, and the other process goes on when one is killed", { timeout: LONG }, async () => {
    const { control } = world;
    const [before, began] = [await probes(), Date.now()];
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    const ticks = (Date.now() - began) / 3_000;
    const polls = (await probes()) - before;
    expect(polls).toBeLessThanOrEqual(Math.ceil(ticks) + 1);
    expect(polls).toBeGreaterThanOrEqual(Math.floor(ticks) - 2);
    const [first, second] = bots;
    await first?.kill();
    await control.make("suspension/sf-api-limit-exceeded");
    await eventually("the alert", async () => (await texts(/the sync is suspended/)).length === 1, 60_000);
    expect((await control.command("status")).responses.map(({ text }) => text).join()).toContain("is suspended");
    expect(await second?.stop()).toBe(0);
    expect(postedTwice(await control.messages())).toEqual([]);
  });
});
