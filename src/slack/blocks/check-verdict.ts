import type { Language } from "../../language/language.ts";
import type { CheckReport, CheckVerdict } from "../../monitor/check/check-report.ts";
import { errorLabel } from "./catalogue.ts";
import { reasonLabels } from "./check-reasons.ts";
import { crmText, date, truncate } from "./text.ts";

/** The one emoji at the head of a check's answer. */
export function checkMark({ verdict, suspension }: CheckReport): string {
  switch (verdict.state) {
    case "in-step":
      return ":large_green_circle:";
    case "waiting":
      return suspension === null ? ":large_yellow_circle:" : ":red_circle:";
    case "in-error":
    case "old-difference":
      return ":large_yellow_circle:";
    case "excluded":
    case "not-known":
      return ":white_circle:";
  }
}

/** How the record stands, without a full stop; its name isn't escaped. */
export function checkHeadline(t: Language, { verdict, record, reasons, suspension }: CheckReport): string {
  const name = truncate(record.label, 80);
  const [first] = reasons;
  switch (verdict.state) {
    case "in-step":
      return t.say("{name} is in step", { name });
    case "waiting":
      return suspension === null
        ? t.say("{name} waits for the sync", { name })
        : t.say("{name} waits: the sync is suspended", { name });
    case "in-error":
      return first === undefined
        ? t.say("{name} does not sync", { name })
        : t.say("{name} does not sync: {reason}", { name, reason: errorLabel(t, first.finding.type) });
    case "old-difference":
      return t.say("{name} differs, and no change waits", { name });
    case "excluded":
      return t.say("{name} is left out of the sync", { name });
    case "not-known":
      return t.say("{name} can't be compared now", { name });
  }
}

/** The same in a sentence or two. */
export function verdictText(t: Language, report: CheckReport): string {
  const { verdict, reasons } = report;
  switch (verdict.state) {
    case "in-step":
      return inStepText(t, report);
    case "waiting":
      return waitingText(t, verdict);
    case "in-error":
      return reasons.length === 0
        ? t.say("A change is held back.")
        : t.say("A change is held back: {reasons}.", { reasons: t.list(reasonLabels(t, reasons)) });
    case "old-difference":
      return oldText(t, verdict);
    case "excluded":
      return t.say("{why}: nothing of it travels.", { why: crmText(t.render(verdict.why), 300) });
    case "not-known":
      return t.say("{why}. What stands below is what HubSpot has and what I knew before.", {
        why: crmText(t.render(verdict.why).replace(/\.\s*$/, ""), 500),
      });
  }
}

function waitingText(t: Language, { direction, since, isDue }: Extract<CheckVerdict, { state: "waiting" }>): string {
  const values = { to: direction === "salesforce-to-hubspot" ? "hubspot" : "salesforce", since: date(t, since) };
  return isDue
    ? t.say(
        "{to, select, hubspot {A change waits since {since} to go from Salesforce to HubSpot.} other {A change waits since {since} to go from HubSpot to Salesforce.}} Nothing was found that speaks against it; the sync hasn't passed it over.",
        values,
      )
    : t.say(
        "{to, select, hubspot {Changed {since}, to go from Salesforce to HubSpot:} other {Changed {since}, to go from HubSpot to Salesforce:}} the sync is given its time before this counts as an error.",
        values,
      );
}

function oldText(t: Language, { since, bySync }: Extract<CheckVerdict, { state: "old-difference" }>): string {
  return bySync
    ? t.say(
        "What differs was made of the sync's own write in Salesforce {since}, such as by a default or an automation: the sync doesn't look at its own writes. A resync brings it over.",
        { since: date(t, since) },
      )
    : t.say(
        "What differs was changed {since}, before I watched this connection, as where a mapping was made without syncing existing values. Nothing speaks against it: a resync brings it over.",
        { since: date(t, since) },
      );
}

function inStepText(t: Language, { fields }: CheckReport): string {
  const differing = fields.filter(({ verdict }) => verdict.verdict === "left").length;
  const unread = fields.filter(({ verdict }) => verdict.verdict === "unreadable").length;
  const same = fields.length - differing - unread;
  return [
    t.say(
      "{fields, plural, one {# mapped field is the same on both sides.} other {# mapped fields are the same on both sides.}}",
      { fields: same },
    ),
    ...(differing === 0
      ? []
      : [
          t.say("{fields, plural, one {# differs as the sync rules allow.} other {# differ as the sync rules allow.}}", {
            fields: differing,
          }),
        ]),
    ...(unread === 0 ? [] : [t.say("{fields, number} can't be read.", { fields: unread })]),
  ].join(" ");
}
