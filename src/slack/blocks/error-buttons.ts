import type { Button } from "@slack/types";
import { isFixable } from "../../health/remedy.ts";
import type { SyncErrorReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { errorAdvice } from "./catalogue.ts";
import { button, linkButton } from "./parts.ts";
import { objects } from "./wording.ts";

export function detailsButton(t: Language, error: SyncErrorReport): Button {
  const label = t.say("Details of error {id}", { id: error.id });
  return button("details", t.say("Details"), { errorId: error.id, offset: 0 }, { accessibilityLabel: label });
}

/** Resyncs what an error group holds back. More than ten records are asked about once more in a dialog. */
export function resyncButton(t: Language, error: SyncErrorReport): Button {
  return button(
    "resync",
    t.say("Resync"),
    { connection: error.connection, selection: { kind: "error", errorId: error.id } },
    { accessibilityLabel: t.say("Resync {records} of error {id}", { id: error.id, records: affected(t, error) }) },
  );
}

/** Opens the page of Salesforce's Setup where the error is put right, where there is one. */
export function setupButton(t: Language, error: SyncErrorReport): Button | null {
  return linkButton("setup", t.say("Open in Salesforce"), errorAdvice(t, error).setupUrl);
}

/** What can be done about an error that stands; where its records are chosen already, resyncing is that dialog's own. */
export function errorButtons(t: Language, error: SyncErrorReport, place: "in-message" | "in-dialog"): readonly (Button | null)[] {
  if (error.resolvedAt !== null) return [];
  return [
    fixButton(t, error),
    ...(place === "in-message" ? [resyncButton(t, error), recordsButton(t, error)] : []),
    muteButton(t, error),
    listButton(t, error),
    exportButton(t, error),
    setupButton(t, error),
  ];
}

/** Opens the dialog in which one other value is written, where that puts the error right. */
function fixButton(t: Language, error: SyncErrorReport): Button | null {
  if (!isFixable(error) || error.affectedRecords === 0) return null;
  const label = t.say("Fix a value of error {id}", { id: error.id });
  return button("fix", t.say("Fix value"), { errorId: error.id }, { accessibilityLabel: label });
}

/** Opens the dialog in which some of the affected records are chosen. */
function recordsButton(t: Language, error: SyncErrorReport): Button | null {
  if (error.affectedRecords < 2) return null;
  const label = t.say("Select some of the {records} of error {id}", { id: error.id, records: affected(t, error) });
  return button("records", t.say("Select records"), { errorId: error.id }, { accessibilityLabel: label });
}

/** Opens the dialog in which the error is muted, or lets it speak again. */
function muteButton(t: Language, error: SyncErrorReport): Button {
  const value = { errorId: error.id };
  return error.mute === null
    ? button("mute", t.say("Mute"), value, { accessibilityLabel: t.say("Mute error {id}", { id: error.id }) })
    : button("unmute", t.say("Unmute"), value, { accessibilityLabel: t.say("Let error {id} speak again", { id: error.id }) });
}

/** Puts the affected records into a list in HubSpot, which has none of tasks. */
function listButton(t: Language, error: SyncErrorReport): Button | null {
  if (error.affectedRecords === 0 || error.object === "tasks") return null;
  const label = t.say("Create a HubSpot list of {records} of error {id}", { id: error.id, records: affected(t, error) });
  return button("hubspot-list", t.say("Create HubSpot list"), { errorId: error.id }, { accessibilityLabel: label });
}

/** Sends the affected records as a file. */
function exportButton(t: Language, error: SyncErrorReport): Button | null {
  if (error.affectedRecords === 0) return null;
  const label = t.say("Send me {records} of error {id} as a CSV file", { id: error.id, records: affected(t, error) });
  return button("export", t.say("Export"), { errorId: error.id }, { accessibilityLabel: label });
}

function affected(t: Language, error: SyncErrorReport): string {
  return objects(t, error.affectedRecords, error.object);
}
