import type { App } from "@slack/bolt";
import type { Interactions } from "../interactions.ts";
import { registerAllocationDialog } from "./allocation-from-dialog.ts";
import { registerFixDialog } from "./fix-from-dialog.ts";
import { registerImportDialog } from "./import-from-dialog.ts";
import { registerMuteDialog } from "./mute-from-dialog.ts";
import { registerRecordsDialog } from "./records-from-dialog.ts";
import { registerResyncDialog } from "./resync-from-dialog.ts";
import { registerSubscriptionDialog } from "./subscription-from-dialog.ts";

/** Answers the dialogs. */
export function registerViews(app: App, interactions: Interactions): void {
  registerImportDialog(app, interactions);
  registerFixDialog(app, interactions);
  registerRecordsDialog(app, interactions);
  registerMuteDialog(app, interactions);
  registerResyncDialog(app, interactions);
  registerSubscriptionDialog(app, interactions);
  registerAllocationDialog(app, interactions);
}
