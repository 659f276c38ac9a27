import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from "vitest";
import { createRandom } from "../../src/sandbox/world/random.ts";
import { eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import { crashOf, postedTwice } from "../support/crash.ts";
import { channelMessages } from "../support/slack-reading.ts";
import { type BotProcess, startWorld, type World } from "../support/world.ts";

// One world and one data directory, in which the bot is killed (SIGKILL) again and again; each test goes on where the last one
// left it. SEED=… plays other random moments.
const SEED = Number(process.env.SEED ?? 7);
const random = createRandom(SEED);
const LONG = 120_000;

const SCENARIO = "error/custom-code/custom-validation-rule";
const DIGEST = /told in the next one/;

let world: World;
let bot: BotProcess;

beforeAll(async () => {
  // The time that the bot is dead must not count as a sync that stalls.
  world = await startWorld({ healthy: false, contacts: 80, seed: SEED, connection: { stall: "60s" } });
});

afterAll(() => world.close());

beforeEach(() => {
  onTestFailed(async () => {
    console.log((await all()).map(({ text }) => text).join("\n"));
    console.log(bot?.output());
  });
});

/** Lets the bot run into its death, does what sets off the work meanwhile, and starts it again. */
async function dieAt(
  death: (crash: ReturnType<typeof crashOf>) => Promise<void>,
  setOff: () => Promise<unknown> = async () => {},
) {
  const dead = death(crashOf(world, bot));
  await setOff();
  await dead;
  bot = await world.startBot();
}

function find(text: RegExp, channel?: string): Promise<SeenMessage> {
  return eventually(
    `a message like ${text}`,
    async () => (await channelMessages(world.control, channel)).find((message) => text.test(message.text)),
    40_000,
  );
}

const all = (channel?: string) => world.control.messages(channel);

async function texts(text: RegExp, channel?: string): Promise<readonly string[]> {
  return (await channelMessages(world.control, channel)).map((message) => message.text).filter((seen) => text.test(seen));
}

async function nothingPostedTwice(): Promise<void> {
  for (const channel of ["C0REVOPS", "C0SALES"]) expect(postedTwice(await all(channel)), `keys in ${channel}`).toEqual([]);
}

function buttonIn({ blocks }: Pick<SeenMessage, "blocks">, actionId: RegExp): { action_id: string; value: string } {
  const found = (blocks ?? [])
    .flatMap((block) => (Array.isArray(block.elements) ? block.elements : []))
    .find((element) => actionId.test(element.action_id));
  if (!found) throw new Error(`There is no button ${actionId} in ${JSON.stringify(blocks)}`);
  return found;
}

/** Asks for a resync of all records in error and confirms it; answers where the bot's own writes to HubSpot begin. */
async function confirmResync(): Promise<number> {
  const { responses } = await world.control.command("resync all");
  const [preview] = responses;
  if (!preview) throw new Error("No preview came");
  const { action_id, value } = buttonIn(preview, /confirm-resync/);
  const before = botWrites().length;
  await click(preview, action_id, value);
  return before;
}

function botWrites() {
  return world.sandbox.account.writes().filter(({ source }) => source === "INTEGRATION");
}

/** Each record's writes in the bot's own name, as the different values that they carried and how many there were. */
function writesByRecord(since: number) {
  const byRecord = new Map<string, { values: Set<string>; times: number }>();
  for (const { object, id, properties } of botWrites().slice(since)) {
    const known = byRecord.get(`${object}:${id}`) ?? { values: new Set(), times: 0 };
    known.values.add(JSON.stringify(properties));
    byRecord.set(`${object}:${id}`, { values: known.values, times: known.times + 1 });
  }
  return [...byRecord.values()];
}

async function resyncEnds(number: number): Promise<void> {
  const done = await eventually(
    `resync ${number} is done`,
    async () => {
      const resyncs = (await channelMessages(world.control)).filter(({ text }) => /resync of all errors is done/.test(text));
      return resyncs.length === number && resyncs[number - 1];
    },
    60_000,
  );
  expect(wordsOf(done)).not.toContain("0 of ");
  const notes = await eventually("the outcome in its thread", async () => {
    const replies = (await all()).filter(({ thread_ts, text }) => thread_ts === done.ts && /asked for ended/.test(text));
    return replies.length > 0 && replies;
  });
  expect(notes).toHaveLength(1);
}

/** A click whose answer may never come: the bot may be dead before. */
async function click(message: SeenMessage, actionId: string, value?: string): Promise<void> {
  void world.control.click(message, actionId, value === undefined ? {} : { value }).catch(() => null);
}

async function clearEnds(alert: SeenMessage, since: number): Promise<void> {
  await eventually(
    "the clear's outcome in the thread",
    async () => (await replies(alert)).some((text) => /cleared it/.test(text)),
    60_000,
  );
  expect((await replies(alert)).map((text) => /asked to clear it|cleared it/.exec(text)?.[0])).toEqual([
    "asked to clear it",
    "cleared it",
  ]);
  await eventually("the alert says so", async () =>
    (await all()).some(({ ts, text }) => ts === alert.ts && /runs again after .*Cleared by/.test(text)),
  );
  expect((await world.control.truth()).suspension).toBeNull();
  for (const { values, times } of writesByRecord(since)) {
    expect(values.size).toBe(1);
    expect(times).toBeLessThanOrEqual(2);
  }
  await nothingPostedTwice();
}

async function replies(alert: SeenMessage): Promise<readonly string[]> {
  return (await all()).filter(({ thread_ts, ts }) => thread_ts === alert.ts && ts !== alert.ts).map(({ text }) => text);
}

test("at random calls of its first poll and with the digest just posted: all that is wrong is found, one digest a channel", {
  timeout: LONG,
}, async () => {
  for (const call of [random.integer(1, 12), random.integer(1, 12)]) {
    bot = await world.startBot();
    await crashOf(world, bot).whenCalled(/ \/(?:services|crm|account-info)\//, call);
  }
  bot = await world.startBot();
  await dieAt((crash) => crash.whenSlackShows(DIGEST));
  for (const channel of ["C0REVOPS", "C0SALES"]) {
    await find(DIGEST, channel);
    expect(await texts(DIGEST, channel)).toHaveLength(1);
  }
  const { errors } = await world.control.truth();
  const failing = new Set(
    errors.flatMap(({ records }) => records.map(({ hubspotId, salesforceId }) => hubspotId ?? salesforceId)),
  );
  await eventually("every failing record is known", async () => {
    const { responses } = await world.control.command("status");
    return responses.some(({ text }) => text.includes(`${failing.size} affected records`));
  });
  await nothingPostedTwice();
});

test("with the alert in the air before Slack has it: it is posted once", { timeout: LONG }, async () => {
  const { control } = world;
  await control.fault({ service: "slack", path: "/api/chat.postMessage", delayMs: 4_000, dropConnection: true, times: 1 });
  await dieAt(
    (crash) => crash.whenCalled(/chat\.postMessage/),
    () => control.make("suspension/sf-object-permissions-missing"),
  );
  for (const channel of ["C0REVOPS", "C0SALES"]) {
    await find(/the sync is suspended/, channel);
    expect(await texts(/the sync is suspended/, channel)).toHaveLength(1);
  }
});

test("while a clear is taken up: it ends, with one line in the thread for each step of it", { timeout: LONG }, async () => {
  const alert = await find(/the sync is suspended/);
  await world.control.mend("suspension/sf-object-permissions-missing");
  const before = botWrites().length;
  await dieAt(
    (crash) => crash.whenSlackShows(/asked to clear it/),
    () => click(alert, "syncwarden:clear"),
  );
  await clearEnds(alert, before);
});

test("with a clear's nudge just saved: it is given the same value again or not at all, and the clear ends", {
  timeout: LONG,
}, async () => {
  const { control } = world;
  await control.make("suspension/sf-object-permissions-missing");
  const alert = await find(/the sync is suspended/);
  await control.mend("suspension/sf-object-permissions-missing");
  const before = botWrites().length;
  await dieAt(
    (crash) => crash.whenHubSpotSaves(1),
    () => click(alert, "syncwarden:clear"),
  );
  await clearEnds(alert, before);
});

test("with the alert just posted, and with its last change just made: the alert stands once and ends up saying that it is over", {
  timeout: LONG,
}, async () => {
  const { control } = world;
  await dieAt(
    (crash) => crash.whenSlackShows(/the sync is suspended.*api/is),
    () => control.make("suspension/sf-api-limit-exceeded"),
  );
  const alert = await find(/the sync is suspended.*api/is);
  await dieAt(
    (crash) => crash.whenSlackShows(/runs again/),
    () => control.mend("suspension/sf-api-limit-exceeded"),
  );
  await eventually("a line about its end", async () => (await replies(alert)).length > 0);
  for (const channel of ["C0REVOPS", "C0SALES"]) {
    await eventually("no alert still says suspended", async () => (await texts(/the sync is suspended/, channel)).length === 0);
    expect(await texts(/runs again/, channel)).toHaveLength(3);
  }
  expect(await replies(alert)).toEqual([expect.stringMatching(/cleared by itself/)]);
  await nothingPostedTwice();
});

test("with a batch in the air before HubSpot has it: each record is written once", { timeout: LONG }, async () => {
  const { control } = world;
  await control.fault({
    service: "hubspot",
    path: "/crm/v3/objects/contacts/batch/update",
    delayMs: 4_000,
    dropConnection: true,
    times: 1,
  });
  let before = 0;
  await dieAt(
    (crash) => crash.whenCalled(/contacts\/batch\/update/),
    async () => {
      before = await confirmResync();
    },
  );
  await resyncEnds(1);
  const written = writesByRecord(before);
  expect(written.length).toBeGreaterThan(3);
  for (const { values, times } of written) expect({ different: values.size, times }).toEqual({ different: 1, times: 1 });
});

test("in the middle of a batch, and while verifying: each record is written the same value, those of the batch at most twice", {
  timeout: LONG,
}, async () => {
  let before = 0;
  await dieAt(
    (crash) => crash.whenHubSpotSaves(random.integer(2, 4)),
    async () => {
      before = await confirmResync();
    },
  );
  await dieAt((crash) => crash.whenSlackShows(/resync of all errors is being verified/));
  await resyncEnds(2);
  const written = writesByRecord(before);
  expect(written.length).toBeGreaterThan(3);
  for (const { values, times } of written) {
    expect(values.size).toBe(1);
    expect(times).toBeLessThanOrEqual(2);
  }
  await nothingPostedTwice();
});

describe("where a resync writes the values itself", () => {
  let writing: World;
  let round = 0;

  beforeAll(async () => {
    // The native sync must not have mended the records before the resync comes to them.
    const never = 3_600_000;
    writing = await startWorld({
      contacts: 60,
      times: { retryEveryMs: never, nightlyRetryMs: never },
      connection: { stall: "60s", resync: { strategy: "write" } },
    });
  });

  afterAll(() => writing.close());

  function salesforceWrites() {
    return writing.sandbox.org.writes().filter(({ app }) => app === "Syncwarden");
  }

  test.each([
    ["being sent", /PATCH .*composite\/sobjects/],
    ["just saved by Salesforce", null],
  ])("with its values %s: each record gets the same values, at most twice", { timeout: LONG }, async (_, operation) => {
    const { control } = writing;
    let writer = await writing.startBot();
    await control.make(SCENARIO, 6);
    await eventually("the records in error", async () => {
      const { responses } = await control.command("status");
      return responses.some(({ text }) => /6 affected records/.test(text));
    });
    await control.mend(SCENARIO);
    const before = salesforceWrites().length;
    const crash = crashOf(writing, writer);
    const dead = operation === null ? crash.whenSalesforceSaves() : crash.whenCalled(operation);
    const [preview] = (await control.command("resync all")).responses;
    if (!preview) throw new Error("No preview came");
    const { action_id, value } = buttonIn(preview, /confirm-resync/);
    void control.click(preview, action_id, { value }).catch(() => null);
    await dead;
    writer = await writing.startBot();
    round += 1;
    const outcome = await eventually(
      "the resync is done",
      async () => {
        const done = (await channelMessages(control)).filter(({ text }) => /resync of all errors is done/.test(text));
        return done.length === round && done.at(-1);
      },
      60_000,
    );
    expect(outcome.text).toContain("6 verified as synced");
    const byRecord = Map.groupBy(salesforceWrites().slice(before), ({ id }) => id);
    expect(byRecord.size).toBe(6);
    for (const writes of byRecord.values()) {
      expect(new Set(writes.map(({ fields }) => JSON.stringify(fields))).size).toBe(1);
      expect(writes.length).toBeLessThanOrEqual(2);
    }
    expect(postedTwice(await control.messages())).toEqual([]);
    await writer.kill();
  });
});
