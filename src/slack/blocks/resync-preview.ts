import type { Language } from "../../language/language.ts";
import type { ResyncPreview, ResyncSelection } from "../../monitor/monitor.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, section } from "./parts.ts";
import { crmText } from "./text.ts";

/** A resync of more records than this is asked about once more. */
export const CONFIRM_OVER = 10;

/** How many records, how, and what it will cost. Plain text that is safe in mrkdwn. */
export function previewSentence(t: Language, preview: ResyncPreview): string {
  const { records, pause, salesforceLeft } = preview;
  return [
    t.say("A resync of {target} in {connection} covers {records, plural, one {# record} other {# records}}.", {
      target: crmText(t.render(preview.target), 200),
      connection: crmText(preview.connection, 100),
      records,
    }),
    strategyText(t, preview),
    costText(t, preview.cost),
    t.say("Sending takes about {duration} at the present limits; what the native sync takes after that is its own.", {
      duration: t.duration(preview.seconds * 1000),
    }),
    ...(pause === null ? [] : [t.say("It will wait at first: {reason}.", { reason: crmText(t.render(pause), 300) })]),
    ...(preview.runsShort && salesforceLeft !== null
      ? [
          t.say(
            "Salesforce has {calls, plural, one {# API call} other {# API calls}} left today: it will wait when they run low, and go on by itself.",
            { calls: salesforceLeft },
          ),
        ]
      : []),
  ].join(" ");
}

function strategyText(t: Language, { strategy }: ResyncPreview): string {
  return strategy === "touch"
    ? t.say("It touches a mapped property of each, so that the native sync takes them up.")
    : t.say("It writes the mapped values of each itself.");
}

function costText(t: Language, { hubspot, salesforce }: ResyncPreview["cost"]): string {
  if (hubspot === 0 && salesforce === 0) return t.say("It costs no API calls.");
  return t.say(
    "It costs about {hubspot, number} HubSpot and {salesforce, number} Salesforce API calls, the look at each record's outcome included.",
    { hubspot, salesforce },
  );
}

/** What a resync would do, with the button that starts it. */
export function resyncPreview(t: Language, preview: ResyncPreview, selection: ResyncSelection, earlier?: "old"): Message {
  const sentence = previewSentence(t, preview);
  const old = t.say("The earlier preview is more than an hour old; this is how it is now.");
  const text = earlier === "old" ? `${old} ${sentence}` : sentence;
  const { records } = preview;
  const resync = t.say("Resync {records, plural, one {# record} other {# records}}", { records });
  const question = t.say("Resync {records, plural, one {# record} other {# records}}?", { records });
  const what = [strategyText(t, preview), costText(t, preview.cost)].join(" ");
  const value = { connection: preview.connection, selection, at: preview.at.toISOString() };
  const confirm = records > CONFIRM_OVER ? { confirm: confirmDialog(t, question, what, t.say("Resync")) } : {};
  return composeMessage({
    text,
    head: [section(text)],
    tail: actions(
      button("confirm-resync", resync, value, { style: "primary", ...confirm }),
      button("dismiss", t.say("Not now"), {}),
    ),
  });
}
