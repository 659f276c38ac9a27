import type { ApiReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { apiLine, percent } from "./api-calls.ts";
import { lineChart } from "./chart.ts";
import { composeMessage, type Message } from "./message.ts";
import { context, header, section } from "./parts.ts";
import { count, crmText, date } from "./text.ts";

type Sample = ApiReport["samples"][number];

/** API calls of a connection: now, HubSpot's share, when they run out, and the last seven days. */
export function usageMessage(connection: string, api: ApiReport): Message {
  const name = crmText(connection, 100);
  const days = highestByDay(api.samples);
  return composeMessage({
    text: `${name}: Salesforce API calls ${apiLine(ENGLISH, api)}.`,
    head: [
      header(`${connection}: Salesforce API calls`),
      section([`*Now* ${apiLine(ENGLISH, api)}`, `*Rate* ${rateLine(api)}`, `*HubSpot's share* ${shareLine(api)}`].join("\n")),
      ...lineChart({
        title: "API calls used, highest of each day",
        xLabel: "Day (UTC)",
        yLabel: "Calls",
        categories: days.map((day) => day.day),
        series: [{ name: "Calls used", values: days.map((day) => day.used) }],
      }),
      ...(days.length === 0
        ? [context("No use has been recorded in the last seven days.")]
        : [context(`Highest use by day (UTC): ${days.map((day) => `${day.day}: ${count(day.used)}`).join(" · ")}`)]),
    ],
  });
}

function rateLine(api: ApiReport): string {
  if (api.perHour === null) return "not known";
  const rate = `${count(api.perHour)} calls an hour`;
  if (api.exhaustedAt !== null) return `${rate}; they run out ${date(ENGLISH, api.exhaustedAt)}`;
  return api.used === null || api.max === null ? rate : `${rate}; they last for the day`;
}

function shareLine(api: ApiReport): string {
  const allocation = api.allocation === null ? "no allocation is set here" : `of an allocation of ${count(api.allocation)}`;
  if (api.hubspotCalls === null) return `not known: no API event logs tell of it; ${allocation}`;
  const part = api.allocation === null ? "" : ` (${percent(ENGLISH, api.hubspotCalls, api.allocation)})`;
  return `${count(api.hubspotCalls)} calls in 24 h, ${allocation}${part}`;
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
