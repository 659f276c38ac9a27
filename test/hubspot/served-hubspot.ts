import { createHubSpot, type HubSpotOptions } from "../../src/hubspot/client.ts";
import type { HubSpot } from "../../src/hubspot/hubspot.ts";
import { createHubSpotAccount } from "../../src/sandbox/hubspot/account.ts";
import { createHubSpotApi, type HubSpotApiOptions } from "../../src/sandbox/hubspot/api.ts";
import type { AccountRecord, HubSpotAccount, ObjectType } from "../../src/sandbox/hubspot/model.ts";
import { type ServedApi, serveApi } from "../support/served-api.ts";

export const TOKEN = "pat-na1-secret-of-this-test";

export interface ServedHubSpot extends ServedApi {
  readonly account: HubSpotAccount;
  readonly client: HubSpot;
  connect(options?: Partial<HubSpotOptions>): HubSpot;
  seed(object: ObjectType, properties: Readonly<Record<string, string>>): AccountRecord;
  /** What the sandbox takes for now, in epoch milliseconds; moves only when told. */
  readonly time: { now: number };
  /** How long the client has waited each time, in milliseconds; no time passes for it otherwise. */
  readonly waits: number[];
}

/** HubSpot's emulator with no lag in search, and our client connected to it. */
export async function serveHubSpot(options: HubSpotApiOptions = {}): Promise<ServedHubSpot> {
  const time = { now: Date.parse("2026-03-01T10:00:00Z") };
  const account = createHubSpotAccount({ token: TOKEN, now: () => new Date(time.now) });
  account.state.searchLagMs = 0;
  const served = await serveApi(createHubSpotApi(account, { rates: { searchesPerSecond: 10_000 }, ...options }));
  const waits: number[] = [];
  const connect = (own: Partial<HubSpotOptions> = {}): HubSpot => {
    let elapsed = 0;
    return createHubSpot(
      { apiUrl: served.url, token: TOKEN, inclusionList: null, tokenExpires: null },
      {
        clock: { now: () => new Date(time.now) },
        random: () => 0.5,
        elapsed: () => elapsed,
        sleep: async (ms) => {
          waits.push(ms);
          elapsed += ms;
        },
        ...own,
      },
    );
  };
  return {
    ...served,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
    account,
    time,
    waits,
    connect,
    client: connect(),
    seed(object, properties) {
      // Only the native sync may set the link properties.
      const written = account.create(object, properties, "SALESFORCE");
      if (!written.ok) throw new Error(written.refusal.message);
      return written.record;
    },
  };
}

/** All pages as one list. */
export async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}
