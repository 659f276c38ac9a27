import type { SyncTimes } from "../../../src/sandbox/native-sync/settings.ts";
import { createScenarioPlayer } from "../../../src/sandbox/scenarios/catalogue.ts";
import { createPlay } from "../../../src/sandbox/scenarios/play.ts";
import { openWorld } from "../../../src/sandbox/world/opening.ts";

/** A healthy world whose native sync moves only when a test calls `look`. */
export function smallWorld(times: Partial<SyncTimes> = {}, seed = 1) {
  const { world, sync } = openWorld({ seed, contacts: 120 }, times);
  const play = createPlay(world, sync);
  const scenarios = createScenarioPlayer(play);
  const { org, account, clock } = world;
  const [someone] = world.salesPeople;
  if (!someone) throw new Error("The world has no sales people");
  return {
    world,
    sync,
    play,
    scenarios,
    org,
    account,
    /** The first linked contact with all its ids. */
    contact() {
      const [found] = play.linked("Contact", 1);
      if (!found) throw new Error("The world has no contact");
      play.giveBack([found]);
      return found;
    },
    salesforceFields(object: string, id: string) {
      return org.get(object, id)?.fields ?? {};
    },
    hubspotProperties(object: "contacts" | "companies" | "deals", id: string) {
      return account.get(object, id)?.properties ?? {};
    },
    /** Lets time pass and has the sync look once. */
    lookAfter(ms: number) {
      clock.setBack(-ms);
      sync.look();
    },
  };
}
