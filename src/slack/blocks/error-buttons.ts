import type { Button } from "@slack/types";
import { isFixable } from "../../health/remedy.ts";
import type { SyncErrorReport } from "../../health/report.ts";
import { errorAdvice } from "./catalogue.ts";
import { button, linkButton } from "./parts.ts";
import { objects } from "./wording.ts";

export function detailsButton(error: SyncErrorReport): Button {
  return button("details", "Details", { errorId: error.id, offset: 0 }, { accessibilityLabel: `Details of error ${error.id}` });
}

/** Resyncs what an error group holds back. More than ten records are asked about once more in a dialog. */
export function resyncButton(error: SyncErrorReport): Button {
  return button(
    "resync",
    "Resync",
    { connection: error.connection, selection: { kind: "error", errorId: error.id } },
    { accessibilityLabel: `Resync ${objects(error.affectedRecords, error.object)} of error ${error.id}` },
  );
}

/** Sends the affected records as a file. */
export function exportButton(error: SyncErrorReport): Button | null {
  if (error.affectedRecords === 0) return null;
  const what = objects(error.affectedRecords, error.object);
  return button(
    "export",
    "Export",
    { errorId: error.id },
    { accessibilityLabel: `Send me ${what} of error ${error.id} as a CSV file` },
  );
}

/** Opens the dialog in which one other value is written, where that puts the error right. */
export function fixButton(error: SyncErrorReport): Button | null {
  if (!isFixable(error) || error.affectedRecords === 0) return null;
  return button("fix", "Fix value", { errorId: error.id }, { accessibilityLabel: `Fix a value of error ${error.id}` });
}

/** Opens the page of Salesforce's Setup where the error is put right, where there is one. */
export function setupButton(error: SyncErrorReport): Button | null {
  return linkButton("setup", "Open in Salesforce", errorAdvice(error).setupUrl);
}
