import { afterAll, beforeAll, expect, test } from "vitest";
import { allocationReport, setAllocation } from "../../src/monitor/allocation.ts";
import type { Connection } from "../../src/monitor/context.ts";
import { apiReport } from "../../src/monitor/reports.ts";
import { standingWarnings } from "../../src/store/warnings.ts";
import { ACTOR } from "../support/held-store.ts";
import { type LocalWorld, openLocalWorld } from "../support/local-world.ts";
import { saying } from "../support/said.ts";

let world: LocalWorld;
let connection: Connection;

beforeAll(async () => {
  world = await openLocalWorld();
  const found = world.context.connections.get("main");
  if (found === undefined) throw new Error("There is no connection");
  connection = found;
  world.scenarios.make("warning/allocation-nearly-used");
  await world.poll();
}, 60_000);

afterAll(() => world.close());

const set = (calls: number | null) => setAllocation(world.context, connection, calls, ACTOR);
const report = () => allocationReport(world.context, connection);
const warned = async () => (await standingWarnings(world.store.db, "main")).map(({ kind }) => kind);

test("the configuration's number holds until somebody sets another, which then holds for reports and warnings alike", async () => {
  expect(await report()).toMatchObject({ calls: 60_000, set: null, configured: 60_000 });
  expect((await report()).hubspotCalls).toBeGreaterThan(48_000);
  expect(await warned()).toContain("allocation-nearly-used");

  expect(await set(90_000)).toMatchObject({ result: "accepted" });
  expect(world.jobs).toContainEqual({ kind: "poll", connection: "main" });
  expect(await report()).toMatchObject({ calls: 90_000, set: { by: "U0OPERATOR" }, configured: 60_000 });
  expect((await apiReport(world.context, "main")).allocation).toBe(90_000);
  await world.poll();
  expect(await warned()).not.toContain("allocation-nearly-used");

  expect(await set(null)).toMatchObject({ result: "accepted" });
  expect(await report()).toMatchObject({ calls: 60_000, set: null });
  await world.poll();
  expect(await warned()).toContain("allocation-nearly-used");
});

test("more than Salesforce allows is declined and stored nowhere; what is set is in the log", async () => {
  expect(await set(10_000_000)).toMatchObject({ result: "declined" });
  expect(await report()).toMatchObject({ calls: 60_000 });
  const log = await world.store.db.selectFrom("action_log").selectAll().where("action", "=", "allocation").execute();
  expect(log).toMatchObject([
    { outcome: "done", allowed_as: "operator by name", detail: saying("60,000 before, 90,000 now") },
    { target: saying("as configured"), detail: saying("90,000 before, 60,000 now") },
  ]);
});
