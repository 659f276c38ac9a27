import { type Sentence, sentence } from "../language/sentence.ts";
import type { Direction } from "../records/mapping.ts";

/** What an audit finds that HubSpot shows nowhere, in the order in which it is told: one follows from another before it. */
export const DRIFT_KINDS = [
  "missing-partner",
  "wrong-partner",
  "shared-partner",
  "duplicate-emails",
  "frozen",
  "missing-in-hubspot",
  "missing-in-salesforce",
  "differing-values",
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** One mapped value that is another on either side. */
export interface DifferingValue {
  readonly hubspotProperty: string;
  readonly salesforceField: string;
  /** The way in which it should travel by its sync rule. */
  readonly direction: Direction;
  /** Cut to 200 characters. */
  readonly hubspotValue: string | null;
  readonly salesforceValue: string | null;
}

export interface OtherRecord {
  readonly system: "hubspot" | "salesforce";
  readonly object: string;
  readonly id: string;
}

/** What a finding shows beside its record; what doesn't concern its kind is absent. */
export interface DriftDetails {
  /** The first of the values that differ, and how many do. */
  readonly values?: readonly DifferingValue[];
  readonly differing?: number;
  /** Records concerned beside the two: those that share a partner, duplicates, the better partner. The first ones, and how many. */
  readonly others?: readonly OtherRecord[];
  readonly otherCount?: number;
  /** What became of a missing partner. */
  readonly fate?: "deleted" | "merged" | "not-found";
  /** The record that a missing partner was merged into. */
  readonly mergedInto?: string;
  /** Why a partner is the wrong one. */
  readonly reason?: "converted" | "another-matches";
  /** What the records have in common or should have: an email, a name or a domain. */
  readonly match?: string;
}

/** Values and other records kept of one finding. */
export const DETAILS_KEPT = 5;

interface DriftText {
  readonly label: Sentence;
  /** What it means, in a sentence. */
  readonly meaning: Sentence;
  readonly advice: Sentence;
}

/** What people read about each kind. */
export const DRIFT: Readonly<Record<DriftKind, DriftText>> = {
  "missing-partner": {
    label: sentence("Linked to a Salesforce record that is gone"),
    meaning: sentence("HubSpot's record holds the id of a Salesforce record that was deleted, merged away or never was."),
    advice: sentence(
      "Where it was merged, sync the record that was kept: HubSpot links it by its email. Else delete the record in HubSpot, or clear its Salesforce id with HubSpot's support.",
    ),
  },
  "wrong-partner": {
    label: sentence("Linked to the wrong Salesforce record"),
    meaning: sentence(
      "The linked Salesforce record has neither its email, name nor domain while another has, or is a converted lead.",
    ),
    advice: sentence(
      "Compare the three records. Correct the email or name where it is a typing error; else merge the Salesforce records, keeping the linked one.",
    ),
  },
  "shared-partner": {
    label: sentence("Several HubSpot records linked to one Salesforce record"),
    meaning: sentence("Each overwrites the values of the one Salesforce record in turn."),
    advice: sentence("Merge them in HubSpot, keeping the one that sales works with."),
  },
  "duplicate-emails": {
    label: sentence("Several Salesforce records with one HubSpot contact's email"),
    meaning: sentence("HubSpot keeps one contact an email and syncs it with one of them alone; the others get nothing."),
    advice: sentence("Merge them in Salesforce, keeping the linked one."),
  },
  frozen: {
    label: sentence("Contacts frozen outside the inclusion list"),
    meaning: sentence(
      "Linked to Salesforce but not in the inclusion list: what changes in HubSpot no longer reaches Salesforce.",
    ),
    advice: sentence("Add them to the inclusion list, or accept that Salesforce keeps what it has."),
  },
  "missing-in-hubspot": {
    label: sentence("In Salesforce, not in HubSpot"),
    meaning: sentence(
      "Salesforce's record has what a sync needs, no HubSpot record is linked to it, and no error explains that.",
    ),
    advice: sentence(
      "Check in HubSpot that new Salesforce records are synced, and touch one of them in Salesforce so that it is tried again.",
    ),
  },
  "missing-in-salesforce": {
    label: sentence("In HubSpot, not in Salesforce"),
    meaning: sentence("HubSpot's record is included in the sync, has no Salesforce record, and no error explains that."),
    advice: sentence(
      "Change a mapped property of one of them in HubSpot so that it is tried again, and see which error it brings.",
    ),
  },
  "differing-values": {
    label: sentence("Values that differ without an error"),
    meaning: sentence(
      "Their sync rule says that they should be equal, and neither an open error nor a waiting change explains them.",
    ),
    advice: sentence(
      "Most are older than their field mapping, which fills in nothing, or were changed past the sync. Set the right value on the side that the rule reads from: it then travels.",
    ),
  },
};
