import { z } from "zod";
import { ALL_OR_NONE } from "../src/sandbox/http/calls.ts";

/** The calls that the services themselves have counted, by operation. */
const callsSchema = z.object({
  bot: z.object({ salesforce: z.record(z.string(), z.number()), hubspot: z.record(z.string(), z.number()) }),
});
type Counts = z.infer<typeof callsSchema>["bot"];

/** API calls of one stretch of time, sorted by what they are for. */
export interface Calls {
  readonly salesforce: {
    /** All but trials. */
    readonly reads: number;
    /** Writes made for real and rolled back. */
    readonly trials: number;
  };
  readonly hubspot: {
    readonly searches: number;
    /** Records by id, with the history of some properties or without, and their list memberships. */
    readonly lookups: number;
    /** Settings: properties, pipelines, owners, the account. */
    readonly settings: number;
  };
}

/** Starts counting now; each look answers the calls since the look before. */
export async function countCalls(url: string): Promise<() => Promise<Calls>> {
  const counts = async () => callsSchema.parse(await (await fetch(`${url}/sandbox/calls`)).json()).bot;
  let before = await counts();
  return async () => {
    const now = await counts();
    const calls = sorted(since(before.salesforce, now.salesforce), since(before.hubspot, now.hubspot));
    before = now;
    return calls;
  };
}

type Operations = Counts["salesforce"];

function since(before: Operations, now: Operations): Operations {
  return Object.fromEntries(Object.entries(now).map(([operation, count]) => [operation, count - (before[operation] ?? 0)]));
}

function sorted(salesforce: Operations, hubspot: Operations): Calls {
  // Logins by OAuth don't count against an org's limit.
  const api = Object.entries(salesforce).filter(([operation]) => operation.includes("/services/data/"));
  const isTrial = ([operation]: readonly [string, number]) => operation.endsWith(ALL_OR_NONE);
  const of = (kind: (operation: string) => boolean) => sum(Object.entries(hubspot).filter(([operation]) => kind(operation)));
  const isSearch = (operation: string) => operation.endsWith("/search");
  const isLookup = (operation: string) => operation.endsWith("/batch/read");
  return {
    salesforce: { reads: sum(api.filter((entry) => !isTrial(entry))), trials: sum(api.filter(isTrial)) },
    hubspot: {
      searches: of(isSearch),
      lookups: of(isLookup),
      settings: of((operation) => !isSearch(operation) && !isLookup(operation)),
    },
  };
}

function sum(entries: readonly (readonly [string, number])[]): number {
  return entries.reduce((total, [, count]) => total + count, 0);
}
