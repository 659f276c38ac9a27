import { WEEKDAYS } from "../../config/cadence.ts";
import type { Cadence } from "../../config/config.ts";
import { ENGLISH } from "../../language/language.ts";
import type { Subscription } from "../../monitor/monitor.ts";
import { categoryLabel } from "./catalogue.ts";
import { composeMessage, type Message } from "./message.ts";
import { context, section } from "./parts.ts";
import { crmText, list, person, plural } from "./text.ts";

/** "at once", "daily at 09:00 (Europe/Berlin)", "weekly on Monday at 09:00 (…)". */
export function cadenceText(cadence: Cadence): string {
  if (cadence.kind === "immediate") return "at once";
  const time = `at ${cadence.time} (${crmText(cadence.timeZone, 60)})`;
  if (cadence.kind === "daily") return `daily ${time}`;
  const day = WEEKDAYS[cadence.weekday] ?? "sunday";
  return `weekly on ${day.charAt(0).toUpperCase()}${day.slice(1)} ${time}`;
}

/** One subscription in words, without its channel. */
export function subscriptionText(subscription: Subscription): string {
  const { categories } = subscription;
  const about =
    categories === null
      ? "suspensions and all sync errors"
      : `suspensions and sync errors of ${list(categories.map((category) => categoryLabel(ENGLISH, category)))}`;
  const quiet = subscription.quietWhenHealthy && subscription.cadence.kind !== "immediate" ? ", nothing while healthy" : "";
  return `${crmText(subscription.connection, 100)}, ${cadenceText(subscription.cadence)}: ${about}${quiet}`;
}

/** What a channel hears of; `/sync subscriptions` in it. */
export function subscriptionList(channel: string, subscriptions: readonly Subscription[]): Message {
  const name = `<#${crmText(channel, 40)}>`;
  if (subscriptions.length === 0) {
    const text = `${name} has no subscriptions. \`/sync subscribe daily 09:00\` makes one.`;
    return composeMessage({ text, head: [section(text)] });
  }
  return composeMessage({
    text: `${name} has ${plural(subscriptions.length, "subscription")}: ${subscriptions.map(subscriptionText).join("; ")}.`,
    head: [section(`*${name} has ${plural(subscriptions.length, "subscription")}*`)],
    items: subscriptions.map((subscription) => [section(`• ${subscriptionText(subscription)} – by ${author(subscription)}`)]),
    more: (hidden) => [
      context(`… and ${plural(hidden, "more subscription")}: \`/sync subscriptions\` with a connection's name shows fewer.`),
    ],
  });
}

function author(subscription: Subscription): string {
  return subscription.createdBy === "configuration" ? "syncwarden.yaml" : person(subscription.createdBy);
}
