import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type AbandonedJob, type JobHandlers, type JobQueue, openJobQueue } from "../../src/jobs/queue.ts";
import type { Job } from "../../src/monitor/job.ts";
import type { Store } from "../../src/store/database.ts";
import { openTestStore } from "../support/store.ts";

const silent = pino({ level: "silent" });
const noReport: AbandonedJob = async () => {};

let store: Store;
let queues: JobQueue[] = [];
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(async () => {
  for (const queue of queues) await queue.stop(2000);
  queues = [];
  await store.close();
});

async function open(): Promise<JobQueue> {
  const queue = await openJobQueue(store.boss, silent, noReport);
  queues.push(queue);
  return queue;
}

function handlers(overrides: Partial<JobHandlers>): JobHandlers {
  const nothing = async () => {};
  return {
    poll: nothing,
    digest: nothing,
    owners: nothing,
    announce: nothing,
    resync: nothing,
    clear: nothing,
    fix: nothing,
    audit: nothing,
    ...overrides,
  };
}

test("a job sent in a transaction exists if and only if the transaction commits", async () => {
  const queue = await open();
  const done: string[] = [];
  await queue.start(handlers({ announce: async ({ channel }) => void done.push(channel) }));
  const undone = store.db.transaction().execute(async (transaction) => {
    await queue.send({ kind: "announce", channel: "C0UNDONE" }, { transaction });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await store.db.transaction().execute((transaction) => queue.send({ kind: "announce", channel: "C0DONE" }, { transaction }));
  await vi.waitFor(() => expect(done).toEqual(["C0DONE"]), { timeout: 5000 });
});

test("jobs of one subject never run beside each other, and those waiting are one", async () => {
  const queue = await open();
  let running = 0;
  let most = 0;
  const runs: string[] = [];
  await queue.start(
    handlers({
      poll: async ({ connection }) => {
        running += 1;
        most = Math.max(most, running);
        await sleep(700);
        runs.push(connection);
        running -= 1;
      },
    }),
  );
  await queue.send({ kind: "poll", connection: "acme" });
  await sleep(650);
  for (let sent = 0; sent < 5; sent += 1) await queue.send({ kind: "poll", connection: "acme" });
  await vi.waitFor(() => expect(runs).toHaveLength(2), { timeout: 5000 });
  await sleep(1200);
  expect(runs).toHaveLength(2);
  expect(most).toBe(1);
});

test("a job that fails is tried again", async () => {
  const queue = await open();
  let attempts = 0;
  const announce = async () => {
    attempts += 1;
    if (attempts === 1) throw new Error("Slack is down");
  };
  await queue.start(handlers({ announce }));
  await queue.send({ kind: "announce", channel: "C1" });
  await vi.waitFor(() => expect(attempts).toBe(2), { timeout: 8000 });
});

test("a job with a time waits for it", async () => {
  const queue = await open();
  const done: Job[] = [];
  await queue.start(handlers({ clear: async (job) => void done.push(job) }));
  await queue.send({ kind: "clear", requestId: "r1" }, { after: new Date(Date.now() + 2000) });
  await sleep(1000);
  expect(done).toEqual([]);
  await vi.waitFor(() => expect(done).toEqual([{ kind: "clear", requestId: "r1" }]), { timeout: 5000 });
});

test.runIf(process.env.TEST_DATABASE_URL === undefined)(
  "what a killed process had at work is taken up by the next one",
  async () => {
    const killed = await open();
    let started = false;
    const hang = async () => {
      started = true;
      await sleep(60_000, undefined, { ref: false });
    };
    await killed.start(handlers({ resync: hang }));
    await killed.send({ kind: "resync", requestId: "r1" });
    await vi.waitFor(() => expect(started).toBe(true), { timeout: 5000 });
    const next = await open();
    const done: string[] = [];
    await next.start(handlers({ resync: async ({ requestId }) => void done.push(requestId) }));
    await vi.waitFor(() => expect(done).toEqual(["r1"]), { timeout: 8000 });
  },
);
