import { type ApiSample, forecast } from "./api-forecast.ts";
import type { Warning, WarningThresholds } from "./warnings.ts";

/** A warning that stands goes on standing until the figure is this much better, so that it doesn't come and go. */
const EASE = 0.02;
/** A forecast that stands goes on standing up to this many times the time in which calls would have to run out. */
const EASE_IN_TIME = 1.5;

/** Calls that run out soon, by a rate that one burst doesn't make; null where they don't, or too little is known. */
export function callsWarning(
  samples: readonly ApiSample[],
  { callsWithinMs, rateOverMs }: WarningThresholds,
  standing: boolean,
  now: Date,
): Warning | null {
  const { perHour, exhaustedAt } = forecast(samples, now, rateOverMs);
  const newest = samples.toSorted((left, right) => right.at.getTime() - left.at.getTime())[0];
  if (perHour === null || exhaustedAt === null || newest === undefined || newest.used >= newest.max) return null;
  const within = callsWithinMs * (standing ? EASE_IN_TIME : 1);
  if (exhaustedAt.getTime() - now.getTime() > within) return null;
  const left = newest.max - newest.used;
  return {
    key: "calls-running-out",
    kind: "calls-running-out",
    details: { left: String(left), perHour: String(Math.round(perHour)), exhaustedAt: exhaustedAt.toISOString() },
    evidence: {
      at: newest.at.toISOString(),
      statement: `${left} of ${newest.max} API calls are left, and about ${Math.round(perHour)} go in an hour`,
    },
  };
}

/** Storage that is nearly full. `remaining` and `max` in MB, as `/limits` gives them. A full one is a suspension's matter. */
export function storageWarning(
  storage: "data" | "file",
  limit: { readonly max: number; readonly remaining: number } | null,
  { storageAbove }: WarningThresholds,
  standing: boolean,
  at: Date,
): Warning | null {
  if (limit === null || limit.max <= 0 || limit.remaining <= 0) return null;
  const used = 1 - limit.remaining / limit.max;
  if (used < storageAbove - (standing ? EASE : 0)) return null;
  return {
    key: `storage-nearly-full:${storage}`,
    kind: "storage-nearly-full",
    details: { storage, used: percent(used), remaining: String(limit.remaining), max: String(limit.max) },
    evidence: {
      at: at.toISOString(),
      statement: `Salesforce's ${storage} storage is ${percent(used)} full: ${limit.remaining} of ${limit.max} MB are left`,
    },
  };
}

/** HubSpot's calls near its allocation. One that is used up is a suspension's matter. */
export function allocationWarning(
  hubspotCalls: number | null,
  allocation: number | null,
  { allocationAbove }: WarningThresholds,
  standing: boolean,
  at: Date,
): Warning | null {
  if (hubspotCalls === null || allocation === null || hubspotCalls >= allocation) return null;
  const used = hubspotCalls / allocation;
  if (used < allocationAbove - (standing ? EASE : 0)) return null;
  return {
    key: "allocation-nearly-used",
    kind: "allocation-nearly-used",
    details: { used: percent(used), calls: String(hubspotCalls), allocation: String(allocation) },
    evidence: {
      at: at.toISOString(),
      statement: `HubSpot has made ${hubspotCalls} of the ${allocation} Salesforce calls that are allocated to it in 24 hours (${percent(used)})`,
    },
  };
}

/** Credentials whose day, as kept in the configuration, is near or past. */
export function credentialsWarning(
  credential: { readonly system: "hubspot" | "salesforce"; readonly expires: Date | null },
  { credentialsWithinMs }: WarningThresholds,
  now: Date,
): Warning | null {
  const { system, expires } = credential;
  if (expires === null || expires.getTime() - now.getTime() > credentialsWithinMs) return null;
  const day = expires.toISOString().slice(0, 10);
  const what = system === "hubspot" ? "HubSpot's token" : "the Salesforce secret or certificate";
  const verb = expires <= now ? "has expired" : "expires";
  return {
    key: `credentials-expiring:${system}`,
    kind: "credentials-expiring",
    details: { what, expires: day, setting: system === "hubspot" ? "hubspot.tokenExpires" : "salesforce.loginExpires" },
    evidence: { at: now.toISOString(), statement: `By syncwarden.yaml, ${what} ${verb} on ${day}` },
  };
}

function percent(part: number): string {
  return `${Math.floor(part * 1000) / 10} %`;
}
