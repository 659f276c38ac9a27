import { day, sentence } from "../language/sentence.ts";
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
      statement: sentence("{left, number} of {most, number} API calls are left, and about {perHour, number} go in an hour", {
        left,
        most: newest.max,
        perHour: Math.round(perHour),
      }),
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
    details: { storage, used: String(percentage(used)), remaining: String(limit.remaining), max: String(limit.max) },
    evidence: {
      at: at.toISOString(),
      statement: sentence(
        "Salesforce's {storage, select, file {file storage} other {data storage}} is {used, number} % full: {left, number} of {most, number} MB are left",
        { storage, used: percentage(used), left: limit.remaining, most: limit.max },
      ),
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
    details: { used: String(percentage(used)), calls: String(hubspotCalls), allocation: String(allocation) },
    evidence: {
      at: at.toISOString(),
      statement: sentence(
        "HubSpot has made {calls, number} of the {allocation, number} Salesforce calls that are allocated to it in 24 hours ({used, number} %)",
        { calls: hubspotCalls, allocation, used: percentage(used) },
      ),
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
  return {
    key: `credentials-expiring:${system}`,
    kind: "credentials-expiring",
    details: {
      system,
      expires: day(expires).utc,
      setting: system === "hubspot" ? "hubspot.tokenExpires" : "salesforce.loginExpires",
    },
    evidence: {
      at: now.toISOString(),
      statement:
        expires <= now
          ? sentence(
              "By syncwarden.yaml, {system, select, hubspot {HubSpot's token} other {the Salesforce secret or certificate}} has expired on {day}",
              { system, day: day(expires) },
            )
          : sentence(
              "By syncwarden.yaml, {system, select, hubspot {HubSpot's token} other {the Salesforce secret or certificate}} expires on {day}",
              { system, day: day(expires) },
            ),
    },
  };
}

/** With one decimal, never rounded up to what it isn't yet. */
function percentage(part: number): number {
  return Math.floor(part * 1000) / 10;
}
