import { type Acknowledgements, acknowledgementsDuring } from "./acknowledgements.ts";
import { type Bot, startBot } from "./bot.ts";
import { type Calls, countCalls } from "./calls.ts";
import { type Changes, changesOf } from "./changes.ts";
import { type Measurement, report } from "./report.ts";
import { openBenchWorld } from "./world.ts";

/** A full round of the settings that idle polls read in turn. */
const IDLE_POLLS = 12;
const COUNTS = [100, 1_000, 10_000] as const;
const REFUSED_PART = 0.05;
/** Within so many polls every refused record has been tried. */
const MOST_POLLS = 10;

type CallsSince = () => Promise<Calls>;
type Poll = Pick<Measurement, "kind" | "what" | "count" | "refused">;

const IDLE_POLL: Poll = { kind: "idle", what: "nothing changed", count: 0, refused: 0 };

console.error("A world of 13,500 contacts is made and left alone for two minutes …");
const world = await openBenchWorld();
try {
  const changes = changesOf(world.sandbox);
  const calls = await countCalls(world.sandbox.url);
  const measurements: Measurement[] = [await firstPoll(calls), ...(await idlePolls(calls))];
  for (const count of COUNTS) {
    measurements.push(await changed(calls, "contacts changed in HubSpot", count, () => changes.inHubSpot(count)));
  }
  for (const count of COUNTS) {
    measurements.push(await changed(calls, "contacts changed in Salesforce", count, () => changes.inSalesforce(count)));
  }
  for (const count of COUNTS) measurements.push(...(await mixed(calls, changes, count)));
  const { markdown, broken } = report(measurements, await acknowledgements(changes));
  console.log(markdown);
  for (const sentence of broken) console.error(`Broken: ${sentence}`);
  if (broken.length > 0) process.exitCode = 1;
} finally {
  await world.close();
}

/** Runs something with a bot of its own that has made its first poll since it was started. */
async function withBot<T>(run: (bot: Bot) => Promise<T>): Promise<T> {
  const bot = startBot(world.environment);
  try {
    await bot.polled(1);
    return await run(bot);
  } finally {
    await bot.stop();
  }
}

/** From starting the bot with no data at all. */
async function firstPoll(calls: CallsSince): Promise<Measurement> {
  await calls();
  const count = [...world.sandbox.account.records("contacts")].length;
  const started = performance.now();
  return withBot(async (bot) => {
    const seconds = (performance.now() - started) / 1000;
    const { now, peak } = await bot.memory();
    const memory = { before: 0, after: now, peak };
    const what = "contacts that it has never seen";
    return told({ kind: "first", what, count, refused: 0, calls: await calls(), memory, seconds, next: null });
  });
}

async function idlePolls(calls: CallsSince): Promise<Measurement[]> {
  return withBot(async (bot) => {
    const measurements: Measurement[] = [];
    while (measurements.length < IDLE_POLLS) measurements.push(await onePoll(bot, calls, IDLE_POLL));
    return measurements;
  });
}

async function changed(calls: CallsSince, what: string, count: number, change: () => void): Promise<Measurement> {
  return withBot(async (bot) => {
    change();
    await world.settle();
    const measurement = await onePoll(bot, calls, { kind: "changed", what, count, refused: 0 });
    return { ...measurement, next: (await onePoll(bot, calls, IDLE_POLL)).calls };
  });
}

/** The poll that finds them, and those after it until each refused record has been tried. */
async function mixed(calls: CallsSince, changes: Changes, count: number): Promise<Measurement[]> {
  const refused = Math.ceil(count * REFUSED_PART);
  const what = `contacts changed in both, ${refused} of them refused`;
  const measurements = await withBot(async (bot) => {
    changes.mixed(count, refused);
    await world.settle();
    const polls = [await onePoll(bot, calls, { kind: "changed", what, count, refused })];
    while (polls.length < MOST_POLLS && polls.at(-1)?.calls.salesforce.trials !== 0) {
      polls.push(await onePoll(bot, calls, { kind: "looking", what: "the next one, for the rest of them", count: 0, refused }));
    }
    return polls;
  });
  changes.mend();
  await world.settle();
  await withBot(async () => {});
  return measurements;
}

async function onePoll(bot: Bot, calls: CallsSince, poll: Poll): Promise<Measurement> {
  await calls();
  const before = (await bot.memory()).now;
  const started = performance.now();
  const polls = bot.polls();
  await askForPoll();
  await bot.polled(polls + 1);
  const seconds = (performance.now() - started) / 1000;
  const { now, peak } = await bot.memory();
  return told({ ...poll, calls: await calls(), memory: { before, after: now, peak }, seconds, next: null });
}

/** Says how far the bench is. */
function told(measurement: Measurement): Measurement {
  const { count, what, calls, seconds } = measurement;
  console.error(`${count} ${what}: ${JSON.stringify(calls)}, ${seconds.toFixed(1)} s`);
  return measurement;
}

async function askForPoll(): Promise<void> {
  const response = await fetch(`${world.slackUrl}/sandbox/slack/command`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user: "U0ADMIN", channel: "C0REVOPS", text: "refresh" }),
  });
  if (!response.ok) throw new Error(`/sync refresh was answered with ${response.status}: ${await response.text()}`);
}

/** How fast commands are acknowledged while the largest poll runs. */
async function acknowledgements(changes: Changes): Promise<Acknowledgements> {
  return withBot(async (bot) => {
    changes.inHubSpot(Math.max(...COUNTS));
    await world.settle();
    const polls = bot.polls();
    await askForPoll();
    return acknowledgementsDuring(world.slackUrl, () => bot.polls() === polls);
  });
}
