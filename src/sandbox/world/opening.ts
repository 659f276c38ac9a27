import { createHubSpotAccount } from "../hubspot/account.ts";
import { createNativeSync, type NativeSync } from "../native-sync/native-sync.ts";
import { DEFAULT_TIMES, type SyncTimes } from "../native-sync/settings.ts";
import { createSalesforceOrg } from "../salesforce/org.ts";
import type { SandboxOptions } from "../sandbox.ts";
import type { ScenarioPlayer } from "../scenarios/catalogue.ts";
import { createWorldClock } from "./clock.ts";
import { CREDENTIALS } from "./credentials.ts";
import { WORLD_MAPPINGS } from "./mappings.ts";
import { createRandom } from "./random.ts";
import { populate, type World } from "./world.ts";

const MINUTE_MS = 60_000;
/** How long ago the errors of the opening were made: the native sync has given up retrying them by now. */
const ERRORS_SINCE_MS = 25 * MINUTE_MS;

/** What is wrong when the sandbox opens, unless it is to be healthy, and with how many records. */
export const OPENING_ERRORS = [
  ["error/custom-code/custom-validation-rule", 14],
  ["error/picklists/restricted-picklist-value", 9],
  ["error/associations/waiting-for-account", 5],
  ["error/picklists/inactive-owner", 4],
  ["error/duplicates/email-already-in-use", 3],
  ["error/property-values/string-too-long", 2],
] as const;

/** What the org's apps have called earlier today. */
const EARLIER_CALLS = [
  { app: "HubSpot", count: 1_240 },
  { app: "Reporting", count: 2_610 },
] as const;

/** A company's Salesforce org and HubSpot account with the native sync between them, all in step. `now`: the time there, else the real one. */
export function openWorld(
  options: Pick<SandboxOptions, "seed" | "contacts">,
  times: Partial<SyncTimes>,
  now?: () => Date,
): { readonly world: World; readonly sync: NativeSync } {
  const clock = createWorldClock(now);
  const org = createSalesforceOrg({ now: clock.now, random: createRandom(options.seed).next });
  const account = createHubSpotAccount({ now: clock.now, token: CREDENTIALS.hubspotToken });
  org.state.eventLogs = true;
  const world = populate(org, account, clock, options.seed, options.contacts);
  const { inclusionList } = world;
  const sync = createNativeSync({ org, account, mappings: WORLD_MAPPINGS, inclusionList, now: clock.now, times });
  for (const { app, count } of EARLIER_CALLS) {
    org.addCalls(app, count, new Date(clock.now().getTime() - 90 * MINUTE_MS));
    if (app === "HubSpot") sync.countCalls(count);
  }
  return { world, sync };
}

/** Lets things go wrong some time ago, with all that the native sync has tried since. */
export function openWithErrors(world: World, sync: NativeSync, scenarios: ScenarioPlayer, times: Partial<SyncTimes>): void {
  const { retries, retryEveryMs } = { ...DEFAULT_TIMES, ...times };
  world.clock.setBack(ERRORS_SINCE_MS);
  // A small world has fewer records than the opening wants.
  const scale = Math.min(1, [...world.account.records("contacts")].length / 150);
  for (const [id, count] of OPENING_ERRORS) scenarios.make(id, Math.max(1, Math.floor(count * scale)));
  sync.look();
  for (let retry = 1; retry <= retries; retry++) {
    world.clock.setBack(ERRORS_SINCE_MS - retry * (retryEveryMs + 1));
    sync.look();
  }
  world.clock.setBack(0);
}
