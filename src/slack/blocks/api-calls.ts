import type { ApiReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { count, date } from "./text.ts";

/** "1,204 of 15,000 (8 %) used in 24 h, seen …": Salesforce's count of calls, or that it isn't known. */
export function apiLine(api: ApiReport): string {
  if (api.used === null) return "not known";
  const of = api.max === null ? "" : ` of ${count(api.max)} (${percent(api.used, api.max)})`;
  const seen = api.asOf === null ? "" : `, seen ${date(ENGLISH, api.asOf)}`;
  const runOut = api.exhaustedAt === null ? "" : `; at this rate they run out ${date(ENGLISH, api.exhaustedAt)}`;
  return `${count(api.used)}${of} used in 24 h${seen}${runOut}`;
}

/** "8 %"; below one percent says so rather than 0. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return "of no calls";
  const value = (part / whole) * 100;
  return value > 0 && value < 1 ? "under 1 %" : `${Math.round(value)} %`;
}
