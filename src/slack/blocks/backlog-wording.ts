import type { BacklogFigures, SuspensionReport, WaitingCount } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { count, date, duration, plural } from "./text.ts";
import { waitingText } from "./wording.ts";

const HOUR_MS = 3_600_000;

/** "3 changes wait: 2 in HubSpot and 1 in Salesforce, the oldest since …, worked off in about 6 min at the present rate". */
export function backlogText(waiting: WaitingCount, figures: BacklogFigures): string {
  const left = waiting.hubspot + waiting.salesforce;
  if (left === 0) return waitingText(ENGLISH, waiting);
  const since = figures.oldestAt === null ? "" : `, the oldest since ${date(ENGLISH, figures.oldestAt)}`;
  const end = figures.perHour === null ? "" : `, worked off in ${about(left, figures.perHour)}`;
  return `${waitingText(ENGLISH, waiting)}${since}${end}`;
}

/** "412 of 1,020 left, about 6 min at the present rate". */
export function backlogLeft({ waiting, mostWaiting, backlog: { perHour } }: SuspensionReport): string {
  const left = waiting.hubspot + waiting.salesforce;
  const figures = `${count(left)} of ${count(Math.max(left, mostWaiting))} left`;
  if (left === 0) return figures;
  return `${figures}, ${perHour === null ? "how long that takes is not known yet" : about(left, perHour)}`;
}

/** What a closed suspension has left behind. */
export function backlogLeftBehind(suspension: SuspensionReport): string {
  const { waiting, mostWaiting, backlog } = suspension;
  const left = waiting.hubspot + waiting.salesforce;
  if (left === 0) return waitingText(ENGLISH, waiting);
  const time = backlog.perHour === null ? "" : `, ${about(left, backlog.perHour)}`;
  const changes = `${count(left)} of ${plural(Math.max(left, mostWaiting), "change")}`;
  return `${changes} made before it was over still ${left === 1 ? "waits" : "wait"}${time}`;
}

/** "about 6 min at the present rate". */
export function about(left: number, perHour: number): string {
  return `about ${duration((left / perHour) * HOUR_MS)} at the present rate`;
}
