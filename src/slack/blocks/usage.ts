import type { ApiReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { apiLine, percent } from "./api-calls.ts";
import { lineChart } from "./chart.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { crmText, date } from "./text.ts";

type Sample = ApiReport["samples"][number];

/** API calls of a connection: now, HubSpot's share, when they run out, and the last seven days. */
export function usageMessage(t: Language, connection: string, api: ApiReport): Message {
  const days = highestByDay(api.samples);
  const figures = days.map(({ day, used }) => `${t.weekday(day)}: ${t.count(used)}`).join(" · ");
  return composeMessage({
    text: t.say("{connection}: Salesforce API calls {use}.", { connection: crmText(connection, 100), use: apiLine(t, api) }),
    head: [
      header(t.say("{connection}: Salesforce API calls", { connection })),
      section(
        [
          t.say("*Now* {use}", { use: apiLine(t, api) }),
          t.say("*Rate* {rate}", { rate: rateText(t, api) }),
          t.say("*HubSpot's share* {share}", { share: shareText(t, api) }),
        ].join("\n"),
      ),
      ...lineChart({
        title: t.say("API calls used, highest of each day"),
        xLabel: t.say("Day (UTC)"),
        yLabel: t.say("Calls"),
        categories: days.map(({ day }) => t.weekday(day)),
        series: [{ name: t.say("Calls used"), values: days.map(({ used }) => used) }],
      }),
      context(
        days.length === 0
          ? t.say("No use has been recorded in the last seven days.")
          : t.say("Highest use by day (UTC): {figures}", { figures }),
      ),
    ],
    tail: actions(button("allocation", t.say("Change the allocation"), { connection })),
  });
}

function rateText(t: Language, { perHour, exhaustedAt, used, max }: ApiReport): string {
  if (perHour === null) return t.say("not known");
  const calls = Math.round(perHour);
  if (exhaustedAt !== null) {
    return t.say("{calls, plural, one {# call} other {# calls}} an hour; they run out {date}", {
      calls,
      date: date(t, exhaustedAt),
    });
  }
  return used === null || max === null
    ? t.say("{calls, plural, one {# call} other {# calls}} an hour", { calls })
    : t.say("{calls, plural, one {# call} other {# calls}} an hour; they last for the day", { calls });
}

function shareText(t: Language, { hubspotCalls: calls, allocation }: ApiReport): string {
  if (calls === null) {
    return allocation === null
      ? t.say("not known: no API event logs tell of it; no allocation is set here (`/sync allocation` sets it)")
      : t.say("not known: no API event logs tell of it; its allocation is {allocation, number}", { allocation });
  }
  return allocation === null
    ? t.say("{calls, number} calls in 24 h; no allocation is set here (`/sync allocation` sets it)", { calls })
    : t.say("{calls, number} calls in 24 h, of an allocation of {allocation, number} ({percent})", {
        calls,
        allocation,
        percent: percent(t, calls, allocation),
      });
}

/** The highest sample of each of the newest seven days, oldest first. */
function highestByDay(samples: readonly Sample[]): readonly { readonly day: string; readonly used: number }[] {
  const days = new Map<string, number>();
  for (const sample of samples) {
    const day = sample.at.toISOString().slice(0, 10);
    days.set(day, Math.max(days.get(day) ?? 0, sample.used));
  }
  return [...days].slice(-7).map(([day, used]) => ({ day, used }));
}
