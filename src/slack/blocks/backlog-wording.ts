import type { BacklogFigures, SuspensionReport, WaitingCount } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { date } from "./text.ts";
import { waitingText } from "./wording.ts";

const HOUR_MS = 3_600_000;

/** "3 changes wait: 2 in HubSpot and 1 in Salesforce, the oldest since …, worked off in about 6 mins at the present rate". */
export function backlogText(t: Language, waiting: WaitingCount, figures: BacklogFigures): string {
  const left = waiting.hubspot + waiting.salesforce;
  if (left === 0) return waitingText(t, waiting);
  return t.list([waitingText(t, waiting), ...oldestText(t, figures), ...workedOffText(t, left, figures)], "figures");
}

/** "the oldest since …", where that is known. */
export function oldestText(t: Language, { oldestAt }: BacklogFigures): readonly string[] {
  return oldestAt === null ? [] : [t.say("the oldest since {date}", { date: date(t, oldestAt) })];
}

function workedOffText(t: Language, left: number, { perHour }: BacklogFigures): readonly string[] {
  if (!isKnown(perHour)) return [];
  return [t.say("worked off in about {duration} at the present rate", { duration: t.duration(timeFor(left, perHour)) })];
}

/** "412 of 1,020 left, about 6 mins at the present rate". */
export function backlogLeft(t: Language, { waiting, mostWaiting, backlog: { perHour } }: SuspensionReport): string {
  const left = waiting.hubspot + waiting.salesforce;
  const figures = t.say("{left, number} of {most, number} left", { left, most: Math.max(left, mostWaiting) });
  if (left === 0) return figures;
  const time = isKnown(perHour) ? aboutText(t, left, perHour) : t.say("how long that takes is not known yet");
  return t.list([figures, time], "figures");
}

/** What a closed suspension has left behind. */
export function backlogLeftBehind(t: Language, { waiting, mostWaiting, backlog: { perHour } }: SuspensionReport): string {
  const left = waiting.hubspot + waiting.salesforce;
  if (left === 0) return waitingText(t, waiting);
  const changes = t.say(
    "{left, number} of {changes, plural, one {# change} other {# changes}} made before it was over still {left, plural, one {waits} other {wait}}",
    { left, changes: Math.max(left, mostWaiting) },
  );
  return isKnown(perHour) ? t.list([changes, aboutText(t, left, perHour)], "figures") : changes;
}

/** "about 6 mins at the present rate". */
function aboutText(t: Language, left: number, perHour: number): string {
  return t.say("about {duration} at the present rate", { duration: t.duration(timeFor(left, perHour)) });
}

/** Whether a rate tells when it ends: a backlog that doesn't shrink has no end. */
export function isKnown(perHour: number | null): perHour is number {
  return perHour !== null && perHour > 0;
}

/** How long so many changes take at a rate, in milliseconds. */
export function timeFor(left: number, perHour: number): number {
  return (left / perHour) * HOUR_MS;
}
