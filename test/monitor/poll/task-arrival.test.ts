import { afterEach, expect, test } from "vitest";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";

let world: LocalWorld | null = null;
afterEach(() => world?.close());

test("a task that failed and has arrived since is no error any more within half an hour, though nothing of it has changed", async () => {
  let nowMs = Date.parse("2026-03-02T08:00:00Z");
  world = await openLocalWorld({ now: () => new Date(nowMs) });
  const { sync, scenarios, store, poll } = world;
  const pollAfter = async (minutes: number) => {
    nowMs += minutes * 60_000;
    await poll();
    const rows = await store.db.selectFrom("sync_error").select("type").where("resolved_at", "is", null).execute();
    return rows.map(({ type }) => type);
  };
  await pollAfter(1);
  scenarios.make("error/custom-code/missing-contact-id", 1);
  sync.look();
  await pollAfter(1);
  expect(await pollAfter(1)).toEqual(["missing-contact-id"]);
  scenarios.mend("error/custom-code/missing-contact-id");
  nowMs += 600_000;
  sync.look();
  expect(sync.truth().errors).toEqual([]);
  expect(await pollAfter(15)).toEqual([]);
});
