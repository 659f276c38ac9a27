import type { Cadence } from "../../config/config.ts";
import type { Language } from "../../language/language.ts";
import { LANGUAGE_NAMES } from "../../language/tags.ts";
import { nextDue } from "../../monitor/announcements/digest-schedule.ts";
import type { Subscription } from "../../monitor/monitor.ts";
import type { SyncedObject } from "../../records/record.ts";
import { categoryLabel } from "./catalogue.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, confirmDialog, context, section } from "./parts.ts";
import { crmText, date, person } from "./text.ts";

/** "at once", "daily at 09:00 (Europe/Berlin)", "weekly on Monday at 09:00 (…)". */
export function cadenceText(t: Language, cadence: Cadence): string {
  if (cadence.kind === "immediate") return t.say("at once");
  const said = { time: cadence.time, timeZone: crmText(cadence.timeZone, 60) };
  switch (cadence.kind) {
    case "daily":
      return t.say("daily at {time} ({timeZone})", said);
    case "weekdays":
      return t.say("Monday to Friday at {time} ({timeZone})", said);
    case "weekly":
      return t.say("weekly on {weekday} at {time} ({timeZone})", { ...said, weekday: weekdayName(t, cadence.weekday) });
  }
}

/** "Monday" in the language; 0 is Sunday. */
export function weekdayName(t: Language, weekday: number): string {
  // 4 January 1970 was a Sunday.
  const day = new Date(Date.UTC(1970, 0, 4 + weekday));
  return new Intl.DateTimeFormat(t.locale, { weekday: "long", timeZone: "UTC" }).format(day);
}

/** "contacts" in the language. */
export function objectName(t: Language, object: SyncedObject): string {
  switch (object) {
    case "contacts":
      return t.say("contacts");
    case "companies":
      return t.say("companies");
    case "deals":
      return t.say("deals");
    case "tasks":
      return t.say("tasks");
  }
}

/** One subscription in words, without its channel. */
export function subscriptionText(t: Language, subscription: Subscription): string {
  const { categories, objects, quietHours, reminder, atLeast, changes, language } = subscription;
  const connection = crmText(subscription.connection, 100);
  const cadence = cadenceText(t, subscription.cadence);
  const main =
    categories === null
      ? t.say("{connection}, {cadence}: suspensions and all sync errors", { connection, cadence })
      : t.say("{connection}, {cadence}: suspensions and sync errors of {categories}", {
          connection,
          cadence,
          categories: t.list(categories.map((category) => categoryLabel(t, category))),
        });
  const isDigest = subscription.cadence.kind !== "immediate";
  const more = [
    objects === null ? null : t.say("{objects} only", { objects: t.list(objects.map((object) => objectName(t, object))) }),
    atLeast <= 1 ? null : t.say("only errors with at least {records} affected records", { records: t.count(atLeast) }),
    subscription.quietWhenHealthy && isDigest ? t.say("nothing while healthy") : null,
    quietHours === null ? null : t.say("only suspensions from {from} to {to} ({timeZone})", { ...quietHours }),
    changes === "thread" ? null : t.say("changes in the channel too"),
    reminder === null
      ? null
      : t.say("suspensions that nobody acknowledges for {time} are told in {channel} too", {
          time: t.duration(reminder.afterMs),
          channel: `<#${crmText(reminder.channel, 40)}>`,
        }),
    language === null ? null : t.say("in {language}", { language: LANGUAGE_NAMES[language] }),
  ];
  return [main, ...more.filter((part) => part !== null)].join(", ");
}

/** What somebody is told who has just subscribed a channel. */
export function subscribedMessage(t: Language, subscription: Subscription, now: Date): Message {
  const channel = `<#${crmText(subscription.channel, 40)}>`;
  const text = t.say("{channel} is subscribed: {subscription}.", { channel, subscription: subscriptionText(t, subscription) });
  const next = nextText(t, subscription, now);
  return composeMessage({
    text,
    head: [section(next === null ? text : `${text} ${next}`)],
    tail: subscriptionButtons(t, subscription),
  });
}

function nextText(t: Language, { cadence }: Subscription, now: Date): string | null {
  const next = nextDue(cadence, now);
  return next === null ? null : t.say("The next digest comes {at}.", { at: date(t, next) });
}

/** What a channel hears of; `/sync subscriptions` in it. */
export function subscriptionList(t: Language, channel: string, subscriptions: readonly Subscription[], now: Date): Message {
  const place = `<#${crmText(channel, 40)}>`;
  if (subscriptions.length === 0) {
    const text = t.say("{place} has no subscriptions. `/sync subscribe daily 9am` makes one.", { place });
    return composeMessage({ text, head: [section(text)] });
  }
  const said = { place, subscriptions: subscriptions.length };
  const headline = t.say("{place} has {subscriptions, plural, one {# subscription} other {# subscriptions}}", said);
  return composeMessage({
    text: `${headline}: ${subscriptions.map((subscription) => subscriptionText(t, subscription)).join("; ")}.`,
    head: [section(`*${headline}*`)],
    items: subscriptions.map((subscription) => subscriptionRow(t, subscription, now)),
    more: (hidden) => [
      context(
        t.say(
          "… and {hidden, plural, one {# more subscription} other {# more subscriptions}}: `/sync subscriptions` with a connection's name shows fewer.",
          { hidden },
        ),
      ),
    ],
  });
}

/** One subscription with who made it, when its next digest comes, and buttons to change it. */
export function subscriptionRow(t: Language, subscription: Subscription, now: Date): MessageBlock[] {
  const by = subscription.createdBy === "configuration" ? "syncwarden.yaml" : person(subscription.createdBy);
  const said = { subscription: subscriptionText(t, subscription), by };
  const next = nextText(t, subscription, now);
  const row = t.say("{subscription} – by {by}.", said);
  return [section(`• ${next === null ? row : `${row} ${next}`}`), ...subscriptionButtons(t, subscription)];
}

/** Change and Remove. */
export function subscriptionButtons(t: Language, subscription: Subscription): MessageBlock[] {
  const { id, connection, cadence } = subscription;
  const named = { connection: crmText(connection, 30), cadence: cadenceText(t, cadence) };
  return actions(
    button(
      "change-subscription",
      t.say("Change"),
      { subscriptionId: id },
      {
        accessibilityLabel: t.say("Change the subscription {connection}, {cadence}", named),
      },
    ),
    button(
      "remove-subscription",
      t.say("Remove"),
      { subscriptionId: id },
      {
        accessibilityLabel: t.say("Remove the subscription {connection}, {cadence}", named),
        confirm: confirmDialog(
          t,
          t.say("Remove the subscription?"),
          t.say("The channel hears no more of this: {subscription}.", { subscription: `${named.connection}, ${named.cadence}` }),
          t.say("Remove"),
        ),
      },
    ),
  );
}
