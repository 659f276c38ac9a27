import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { SCENARIOS } from "../../src/sandbox/scenarios/catalogue.ts";
import { openTestStore } from "../../test/support/store.ts";
import { planWorld } from "./plan.ts";
import { type PlayedWorld, playWorld } from "./play-world.ts";
import { playWorlds } from "./play-worlds.ts";
import { brokenByRefusedWrites, measureRefusedWrites, type RefusedWrites, refusedWritesTable } from "./refused-writes.ts";
import { brokenBy, report } from "./report.ts";
import { scoreOf } from "./score.ts";

const { values } = parseArgs({
  options: {
    /** How many worlds, from which seed on. */
    worlds: { type: "string", default: "240" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: String(availableParallelism()) },
    /** One world alone, by its seed. */
    world: { type: "string" },
    verbose: { type: "boolean", default: false },
    /** Whether to measure what finding out about many refused records costs (not for one world alone). */
    calls: { type: "boolean", default: true },
  },
  allowNegative: true,
});

const worlds = values.world === undefined ? await many() : [await one(Number(values.world))];
const scores = scoreOf(worlds);
console.log(report(worlds, scores));
const refused: RefusedWrites[] = [];
if (values.calls && values.world === undefined) {
  for (const shows of ["every-failure", "first-failure"] as const) refused.push(await measureRefusedWrites(shows));
  console.log(`\n${refusedWritesTable(refused)}`);
}
const broken = [...brokenBy(worlds, scores), ...brokenByRefusedWrites(refused)];
for (const sentence of broken) console.error(`Broken: ${sentence}`);
// The stores that were played on in this process would keep it alive.
process.exit(broken.length > 0 ? 1 : 0);

async function many(): Promise<readonly PlayedWorld[]> {
  const seeds = Array.from({ length: Number(values.worlds) }, (_, index) => Number(values.seed) + index);
  console.error(`${seeds.length} worlds with ${SCENARIOS.length} scenarios …`);
  return playWorlds(seeds, Number(values.workers), ({ plan, polls, seconds }) => {
    if (values.verbose) console.error(`world ${plan.seed} (${plan.kind}): ${polls} polls, ${seconds.toFixed(1)} s`);
  });
}

async function one(seed: number): Promise<PlayedWorld> {
  const store = await openTestStore();
  try {
    return await playWorld(planWorld(seed), store, values.verbose ? console.error : undefined);
  } finally {
    await store.close();
  }
}
