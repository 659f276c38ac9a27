import type { ApiReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { date } from "./text.ts";

/** "1,204 of 15,000 (8%) used in 24 h, seen …": Salesforce's count of calls, or that it isn't known. */
export function apiLine(t: Language, api: ApiReport): string {
  const { used, max, asOf, exhaustedAt } = api;
  if (used === null) return t.say("not known");
  return t.list(
    [
      max === null
        ? t.say("{used, number} used in 24 h", { used })
        : t.say("{used, number} of {max, number} ({percent}) used in 24 h", { used, max, percent: percent(t, used, max) }),
      ...(asOf === null ? [] : [t.say("seen {date}", { date: date(t, asOf) })]),
      ...(exhaustedAt === null ? [] : [t.say("at this rate they run out {date}", { date: date(t, exhaustedAt) })]),
    ],
    "figures",
  );
}

/** "8%"; below one percent says so rather than 0. */
export function percent(t: Language, part: number, whole: number): string {
  if (whole <= 0) return t.say("no calls are allowed");
  const share = part / whole;
  return share > 0 && share < 0.01 ? t.say("under {percent}", { percent: t.percent(0.01) }) : t.percent(share);
}
