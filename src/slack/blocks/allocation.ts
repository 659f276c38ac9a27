import type { Language } from "../../language/language.ts";
import type { AllocationReport } from "../../monitor/monitor.ts";
import { percent } from "./api-calls.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, context, linkButton, section } from "./parts.ts";
import { crmText, date, person } from "./text.ts";

/** What HubSpot's integration may use of Salesforce's calls a day, who told so, and what it has used. */
export function allocationMessage(t: Language, report: AllocationReport): Message {
  const text = allocationText(t, report);
  return composeMessage({
    text,
    head: [section(text), context(elsewhereText(t))],
    tail: actions(
      button("allocation", t.say("Change the allocation"), { connection: report.connection }),
      report.set === null ? null : withdrawButton(t, report),
      hubspotButton(t, report),
    ),
  });
}

/** Says what a new number will do, with the button that sets it. */
export function allocationPreview(t: Language, report: AllocationReport, calls: number): Message {
  const connection = crmText(report.connection, 100);
  const label = t.say("Set to {calls, number}", { calls });
  const asks = t.say("Set HubSpot's allocation in {connection} to {calls, number} of Salesforce's API calls a day?", {
    connection,
    calls,
  });
  const text = `${asks} ${allocationText(t, report)}`;
  const confirm = confirmDialog(t, t.say("Set the allocation?"), `${asks} ${consequenceText(t)}`, label);
  return composeMessage({
    text,
    head: [section(text), context(`${consequenceText(t)} ${elsewhereText(t)}`)],
    tail: actions(
      button("set-allocation", label, { connection: report.connection, calls }, { style: "primary", confirm }),
      button("dismiss", t.say("Not now"), {}),
      hubspotButton(t, report),
    ),
  });
}

/** What came of setting it. */
export function allocationSet(t: Language, report: AllocationReport): Message {
  const done = report.set === null ? t.say("The number of syncwarden.yaml holds again.") : t.say("That is noted.");
  const text = `${done} ${allocationText(t, report)}`;
  return composeMessage({ text, head: [section(text), context(elsewhereText(t))], tail: actions(hubspotButton(t, report)) });
}

export function allocationText(t: Language, { connection, calls, set, hubspotCalls }: AllocationReport): string {
  const name = crmText(connection, 100);
  if (calls === null) {
    return t.say(
      "{connection}: nobody has told me HubSpot's allocation of Salesforce's API calls, so I can't warn of it. {use}",
      {
        connection: name,
        use: usedText(t, hubspotCalls, null),
      },
    );
  }
  const told =
    set === null
      ? t.say("as syncwarden.yaml has it")
      : t.say("set by {person} {date}", { person: person(set.by), date: date(t, set.at) });
  const use = usedText(t, hubspotCalls, calls);
  return t.say("{connection}: HubSpot's allocation is {calls, number} of Salesforce's API calls a day ({told}). {use}", {
    connection: name,
    calls,
    told,
    use,
  });
}

function usedText(t: Language, hubspotCalls: number | null, calls: number | null): string {
  if (hubspotCalls === null) return t.say("What HubSpot has used of them isn't known: no API event logs tell of it.");
  return calls === null
    ? t.say("HubSpot has made {hubspotCalls, number} calls in 24 h.", { hubspotCalls })
    : t.say("HubSpot has made {hubspotCalls, number} calls in 24 h ({percent}).", {
        hubspotCalls,
        percent: percent(t, hubspotCalls, calls),
      });
}

/** What the number is for. */
export function consequenceText(t: Language): string {
  return t.say("My warnings and forecasts go by this number; it changes nothing in HubSpot.");
}

/** Where the setting itself is. */
export function elsewhereText(t: Language): string {
  return t.say(
    "No API shows or changes HubSpot's own setting: it stands in HubSpot under Settings, Integrations, Connected Apps, Salesforce, Sync Health, API call use.",
  );
}

function withdrawButton(t: Language, { connection, configured }: AllocationReport) {
  const label = t.say("Use that of syncwarden.yaml");
  const text =
    configured === null
      ? t.say("syncwarden.yaml has none: I will warn of no allocation then.")
      : t.say("It is {configured, number} calls a day.", { configured });
  const confirm = confirmDialog(t, t.say("Use the number of syncwarden.yaml?"), text, t.say("Use it"));
  return button("set-allocation", label, { connection, calls: null }, { confirm });
}

function hubspotButton(t: Language, { links }: AllocationReport) {
  return linkButton("sync-health", t.say("Open in HubSpot"), links.syncHealth);
}
