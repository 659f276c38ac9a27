import { emptyStore, openTestStore } from "../../test/support/store.ts";
import { planWorld } from "./plan.ts";
import { playWorld } from "./play-world.ts";

/** Plays worlds one after another, each by the seed that it is sent, until its parent lets go of it. */
const store = await openTestStore();

process.on("message", async (seed: number) => {
  await emptyStore(store);
  process.send?.(await playWorld(planWorld(seed), store));
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
