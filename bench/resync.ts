import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { openSandbox } from "../src/sandbox/start.ts";
import { startBot } from "./bot.ts";
import { type Calls, countCalls } from "./calls.ts";

// A resync as people ask for it, of so many records, 3 % of which go on failing: calls, records a second and memory.

const { values } = parseArgs({
  options: { records: { type: "string", default: "100000" }, strategy: { type: "string", default: "touch" } },
});
const RECORDS = Number(values.records);
const STRATEGY = z.enum(["touch", "write"]).parse(values.strategy);
const FAILING = Math.round(RECORDS * 0.03);
const MENDED = "error/picklists/restricted-picklist-value";
/** Certain by the schema: what takes rolled-back writes to find, the bot finds 200 a poll. */
const STANDING = "error/property-values/string-too-long";
const NEVER = 86_400_000;
/** Of all contacts of a world, those that are free for a scenario, with some to spare. */
const PART_FREE = 0.7;

const answerSchema = z.object({
  responses: z.array(
    z.object({
      ts: z.string(),
      text: z.string(),
      blocks: z
        .array(
          z.looseObject({
            elements: z.array(z.looseObject({ action_id: z.string().optional(), value: z.string().optional() })).optional(),
          }),
        )
        .default([]),
    }),
  ),
});

const directory = await mkdtemp(join(tmpdir(), "syncwarden-bench-"));
console.error(`A world with ${RECORDS.toLocaleString("en")} records in error is made …`);
const sandbox = await openSandbox(
  { port: 0, seed: 1, contacts: Math.ceil(RECORDS / PART_FREE), healthy: true, journal: null },
  { times: { retryEveryMs: NEVER, nightlyRetryMs: NEVER } },
);
try {
  await control("POST", `/scenarios/${MENDED}`, { count: RECORDS - FAILING });
  await control("POST", `/scenarios/${STANDING}`, { count: FAILING });
  const bot = startBot({
    ...sandbox.environment,
    SYNCWARDEN_CONFIG: await configuration(),
    SYNCWARDEN_DATA: join(directory, "data"),
  });
  try {
    await bot.polled(1);
    for (let polls = 1; (await inError()) < RECORDS; polls += 1) {
      console.error(`${(await inError()).toLocaleString("en")} are known to be in error …`);
      await command("refresh");
      await bot.polled(polls + 1);
    }
    await control("DELETE", `/scenarios/${MENDED}`);
    const calls = await countCalls(sandbox.url);
    const before = (await bot.memory()).now;
    await command("resync all", "confirm-resync");
    const begun = performance.now();
    await messageLike(/is being verified|is done/);
    const sentIn = (performance.now() - begun) / 1000;
    const sending = await calls();
    const { peak } = await bot.memory();
    const done = await messageLike(/resync of all errors is done/);
    const doneIn = (performance.now() - begun) / 1000;
    report({ sending, sentIn, verifying: await calls(), doneIn, before, peak, outcome: done });
  } finally {
    await bot.stop();
  }
} finally {
  await sandbox.close();
  await rm(directory, { recursive: true, force: true });
}

async function configuration(): Promise<string> {
  const file = join(directory, "syncwarden.yaml");
  const content = parse(await readFile(sandbox.environment.SYNCWARDEN_CONFIG ?? "", "utf8"));
  content.logLevel = "debug";
  Object.assign(content.connections[0], {
    poll: { cron: "0 0 1 1 *", timeZone: "UTC" },
    grace: "5s",
    stall: "1h",
    ownerMessages: null,
    budget: { shareOfDailyLimit: 1, pauseBelow: 0.01 },
    resync: { ...content.connections[0].resync, strategy: STRATEGY },
    audit: { cron: null },
  });
  await writeFile(file, stringify(content));
  return file;
}

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${sandbox.url}/sandbox${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Types a command, and presses a button of its answer. */
async function command(text: string, press?: string): Promise<string> {
  const whom = { user: "U0ADMIN", channel: "C0REVOPS", waitMs: 30_000 };
  const { responses } = answerSchema.parse(await control("POST", "/slack/command", { ...whom, text }));
  const [answer] = responses;
  const button = answer?.blocks
    .flatMap(({ elements = [] }) => elements)
    .find(({ action_id }) => action_id === `syncwarden:${press}`);
  if (press === undefined) return responses.map((one) => `${one.text}\n${JSON.stringify(one.blocks)}`).join("\n");
  if (answer === undefined || button === undefined) throw new Error(`There is no button ${press} under: ${answer?.text}`);
  await control("POST", "/slack/action", { ...whom, ts: answer.ts, action_id: button.action_id, value: button.value });
  return answer.text;
}

async function inError(): Promise<number> {
  const [, figure] = /([\d,]+) affected records/.exec(await command("status")) ?? [];
  return Number((figure ?? "0").replaceAll(",", ""));
}

async function messageLike(text: RegExp): Promise<string> {
  const schema = z.object({ messages: z.array(z.object({ text: z.string() })) });
  for (;;) {
    const { messages } = schema.parse(await control("GET", "/slack/messages?channel=C0REVOPS&user=U0ADMIN"));
    const found = messages.find((message) => text.test(message.text));
    if (found !== undefined) return found.text;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function report(measured: {
  readonly sending: Calls;
  readonly sentIn: number;
  readonly verifying: Calls;
  readonly doneIn: number;
  readonly before: number;
  readonly peak: number;
  readonly outcome: string;
}): void {
  const { sending, sentIn, verifying, doneIn, before, peak, outcome } = measured;
  const hubspot = ({ hubspot: { searches, lookups, settings } }: Calls) => searches + lookups + settings;
  const least = STRATEGY === "touch" ? Math.ceil(RECORDS / 100) : Math.ceil(RECORDS / 200) + Math.ceil(RECORDS / 2_000);
  const counted = STRATEGY === "touch" ? hubspot(sending) : sending.salesforce.reads;
  const over = (counted / least - 1) * 100;
  console.log(
    [
      `| a resync by ${STRATEGY} of | HubSpot calls, sending + verifying | Salesforce calls, sending + verifying | records a second, sent (verified) | memory, MB: before → peak |`,
      "|---|---|---|---|---|",
      `| ${RECORDS.toLocaleString("en")} records | ${hubspot(sending)} + ${hubspot(verifying)} | ${sending.salesforce.reads} + ${verifying.salesforce.reads + verifying.salesforce.trials} | ${(RECORDS / sentIn).toFixed(0)} (${(RECORDS / doneIn).toFixed(0)}) | ${(before / 1e6).toFixed(0)} → ${(peak / 1e6).toFixed(0)} |`,
      "",
      `${counted} calls of ${STRATEGY === "touch" ? "HubSpot" : "Salesforce"} to send them, ${over.toFixed(1)} % over ${least}. ${outcome}`,
      `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}).`,
    ].join("\n"),
  );
  if (over > 5) {
    console.error("Broken: more than 5 % over the least that it takes.");
    process.exitCode = 1;
  }
  const english = (records: number) => records.toLocaleString("en");
  if (!outcome.includes(`${english(RECORDS - FAILING)} verified as synced, ${english(FAILING)} still failing`)) {
    console.error(`Broken: ${english(RECORDS - FAILING)} records are in step, and ${english(FAILING)} are not.`);
    process.exitCode = 1;
  }
}
