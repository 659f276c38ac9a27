import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from "vitest";
import { createRandom } from "../../src/sandbox/world/random.ts";
import { eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import { crashOf, postedTwice } from "../support/crash.ts";
import { channelMessages, press } from "../support/slack-reading.ts";
import { type BotProcess, startWorld, type World } from "../support/world.ts";

// SEED=… plays other moments of death.
const SEED = Number(process.env.SEED ?? 11);
const random = createRandom(SEED);
const MENDED = "error/picklists/restricted-picklist-value";
const STANDING = "error/custom-code/custom-validation-rule";
const SUSPENSION = "suspension/sf-object-permissions-missing";
const RECORDS = 10_000;
const FAILING = 300;
const NEVER = 3_600_000;
/** Thousands of records take their time on a busy machine. */
const PATIENCE_MS = 240_000;

let world: World;
let bot: BotProcess;

beforeAll(async () => {
  world = await startWorld({
    seed: SEED,
    contacts: 14_000,
    // Hundreds of megabytes of the same few calls.
    journal: false,
    // What is mended stays as it is until the resync comes to it.
    times: { retryEveryMs: NEVER, nightlyRetryMs: NEVER },
    connection: {
      poll: { cron: "*/2 * * * * *", timeZone: "UTC" },
      grace: "3s",
      // A first look at all of them must not count as a sync that stands still.
      stall: "1h",
      budget: { shareOfDailyLimit: 1, pauseBelow: 0.01 },
    },
  });
});

afterAll(() => world?.close());

beforeEach(() => {
  onTestFailed(async () => {
    console.log((await world.control.messages()).map(({ text }) => text).join("\n"));
    console.log(bot?.output().slice(-5_000));
  });
});

async function messageLike(text: RegExp, patienceMs: number): Promise<SeenMessage> {
  return eventually(
    `a message like ${text}`,
    async () => (await channelMessages(world.control)).find((message) => text.test(message.text)),
    patienceMs,
  );
}

async function statusSays(text: RegExp, patienceMs: number): Promise<void> {
  await eventually(
    `the status says ${text}`,
    async () => {
      const { responses } = await world.control.command("status");
      return responses.some((response) => text.test(wordsOf(response)));
    },
    patienceMs,
    1_000,
  );
}

/** What the bot itself has written to HubSpot: how often to each record, and with how many different values. */
function touches() {
  const byRecord = new Map<string, { times: number; values: Set<string> }>();
  for (const { object, id, properties, source } of world.sandbox.account.writes()) {
    if (source !== "INTEGRATION") continue;
    const known = byRecord.get(`${object}:${id}`) ?? { times: 0, values: new Set() };
    known.times += 1;
    known.values.add(JSON.stringify(properties));
    byRecord.set(`${object}:${id}`, known);
  }
  return byRecord;
}

async function dieAt(death: (crash: ReturnType<typeof crashOf>) => Promise<void>): Promise<void> {
  await death(crashOf(world, bot, PATIENCE_MS));
  bot = await world.startBot();
}

test(`${RECORDS} records, 3 % of them failing for good, 429s and 5xx, a suspension in the middle and five kills: each is written once and told as it is`, {
  timeout: 1_500_000,
}, async () => {
  const { control } = world;
  await control.make(MENDED, RECORDS - FAILING);
  await control.make(STANDING, FAILING);
  bot = await world.startBot();
  await statusSays(/10,000 affected records/, 2 * PATIENCE_MS);
  await control.mend(MENDED);

  const tooMany = {
    status: 429,
    headers: { "retry-after": "1" },
    body: {
      status: "error",
      message: "You have reached your ten_secondly_rolling limit.",
      errorType: "RATE_LIMIT",
      policyName: "TEN_SECONDLY_ROLLING",
    },
  };
  const down = { status: 503, body: { status: "error", message: "Service unavailable" } };
  await control.fault({ service: "hubspot", path: "/crm/v3/objects/contacts/batch/update", ...tooMany, times: 3 });
  const { responses } = await control.command("resync all");
  const [preview] = responses;
  expect(preview?.text).toContain("covers 10,000 records");
  if (preview === undefined) return;
  // Its answer may never come: the bot dies before.
  void press(control, preview, "syncwarden:confirm-resync").catch(() => null);

  await dieAt((crash) => crash.whenHubSpotSaves(random.integer(1, 400)));
  await control.fault({ service: "hubspot", path: "/crm/v3/objects/contacts/batch/update", ...down, times: 2 });
  // So slow that the suspension comes in the middle.
  await control.fault({ service: "hubspot", path: "/crm/v3/objects/contacts/batch/update", delayMs: 5_000, times: 40 });
  await dieAt((crash) => crash.whenHubSpotSaves(random.integer(600, 1_500)));
  await control.make(SUSPENSION);
  await messageLike(/the sync is suspended/, PATIENCE_MS);
  const whileSuspended = touches().size;
  await dieAt((crash) => crash.whenCalled(/ \/services\//));
  await messageLike(/resync of all errors is at work/, PATIENCE_MS);
  await control.mend(SUSPENSION);
  await control.send("POST", "/native-sync/clear");
  await control.fault({ service: "salesforce", path: "/services/data", ...down, times: 2 });
  await dieAt((crash) => crash.whenHubSpotSaves(random.integer(500, 2_000)));
  expect(touches().size).toBeGreaterThan(whileSuspended);
  await dieAt((crash) => crash.whenSlackShows(/resync of all errors is being verified/));

  const done = await messageLike(/resync of all errors is done/, 2 * PATIENCE_MS);
  expect(wordsOf(done)).toContain("9,700 verified as synced, 300 still failing");
  const written = [...touches().values()];
  expect(written).toHaveLength(RECORDS);
  expect(written.filter(({ times }) => times !== 1)).toEqual([]);
  expect(new Set(written.flatMap(({ values }) => [...values])).size).toBe(1);
  const { errors } = await control.truth();
  expect(errors.flatMap(({ records }) => records)).toHaveLength(FAILING);
  await statusSays(/300 affected records/, PATIENCE_MS);
  const messages = await control.messages();
  expect(messages.filter(({ text, thread_ts }) => !thread_ts && /resync of all errors/.test(text))).toHaveLength(1);
  expect(postedTwice(messages)).toEqual([]);
});
