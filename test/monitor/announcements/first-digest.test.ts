import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { makeDigest, queueDueDigests } from "../../../src/monitor/announcements/digest.ts";
import { subscribe } from "../../../src/monitor/subscriptions.ts";
import { openLocalWorld } from "../../support/local-world.ts";

test("the first digest comes once, however many polls have queued it before it was made", async () => {
  const local = await openLocalWorld({ contacts: 20 });
  try {
    const { context, jobs, poll, store } = local;
    const actor = { userId: "U0ADMIN", channel: "C0REVOPS", messageTs: null, allowedAs: null };
    const cadences = [{ kind: "immediate" }, { kind: "daily", time: "09:00", timeZone: "Europe/Oslo" }] as const;
    for (const cadence of cadences) {
      await subscribe(
        context,
        { connection: "main", channel: "C0REVOPS", cadence, categories: null, quietWhenHealthy: false },
        actor,
      );
    }
    await queueDueDigests(context);
    expect(jobs).toEqual([]);
    for (let round = 0; round < 3; round += 1) {
      await poll();
      await queueDueDigests(context);
      await sleep(5);
    }
    const queued = jobs.filter((job) => job.kind === "digest");
    expect(queued.length).toBeGreaterThan(2);
    for (const { subscriptionId, dueAt } of queued) await makeDigest(context, subscriptionId, new Date(dueAt));
    const told = await store.db.selectFrom("announcement").select(["key", "channel"]).execute();
    expect(told).toEqual([{ key: "digest:main:first:C0REVOPS", channel: "C0REVOPS" }]);
  } finally {
    await local.close();
  }
});
