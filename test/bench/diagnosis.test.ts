import { afterAll, beforeAll, expect, test } from "vitest";
import { planWorld } from "../../bench/diagnosis/plan.ts";
import { type PlayedWorld, playWorld } from "../../bench/diagnosis/play-world.ts";
import { brokenBy, report } from "../../bench/diagnosis/report.ts";
import { scoreOf } from "../../bench/diagnosis/score.ts";
import { emptyStore, openTestStore } from "../support/store.ts";

/** One of each kind of world, and a few more. */
const SEEDS = [2, 4, 6, 8, 9, 13, 15, 23] as const;

let store: Awaited<ReturnType<typeof openTestStore>>;
const worlds: PlayedWorld[] = [];

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test("the bench plays worlds, and finds the diagnosis right in them", { timeout: 300_000 }, async () => {
  for (const seed of SEEDS) {
    await emptyStore(store);
    worlds.push(await playWorld(planWorld(seed), store));
  }
  const scores = scoreOf(worlds);
  expect(brokenBy(worlds, scores), report(worlds, scores)).toEqual([]);
  expect(scores.errors.size).toBeGreaterThan(2);
});

test("what is missed, false or of another type counts against the diagnosis, by its seed", () => {
  const [world] = worlds.filter(({ comparisons }) => comparisons.some(({ truth }) => truth.length > 0));
  if (world === undefined) throw new Error("No world had an error");
  const mistyped = world.comparisons.map((comparison) => ({
    ...comparison,
    told: comparison.told.map((record) => ({ ...record, type: "other" })),
    suspension: { truth: "sf-org-locked", told: null, statement: "" },
  }));
  const scores = scoreOf([{ ...world, comparisons: mistyped }]);
  expect(brokenBy([world], scores).length).toBeGreaterThan(1);
  expect(scores.failures.map(({ seed }) => seed)).toEqual([world.plan.seed]);
});
