import type { App, MessageShortcut } from "@slack/bolt";
import { admit } from "../admission.ts";
import { type Answer, reply, show, tell } from "../answer.ts";
import type { SlackContext } from "../context.ts";
import { filesOf } from "../files.ts";
import type { Interactions } from "../interactions.ts";
import { openDialog } from "../open-dialog.ts";
import { importDialog } from "../views/import-dialog.ts";
import { IMPORT_ACTION } from "./import-action.ts";
import { runImport } from "./run-import.ts";

/** The callback_id in manifest.yml. */
export const IMPORT_SHORTCUT = "syncwarden:import-sync-errors";

/** Answers the message shortcut "Import sync errors". */
export function registerShortcuts(app: App, interactions: Interactions): void {
  app.shortcut<MessageShortcut>({ callback_id: IMPORT_SHORTCUT, type: "message_action" }, async ({ shortcut, ack, respond }) => {
    await ack();
    await interactions.take({
      id: shortcut.trigger_id,
      name: IMPORT_ACTION,
      userId: shortcut.user.id,
      work: async (context) => {
        const answerWith = (answer: Answer) => reply(respond, answer, context.logger);
        const answer = await importFrom(shortcut, context, (message) => answerWith(show(message)));
        if (answer !== null) await answerWith(answer);
      },
      apologise: (sorry, { t, logger }) => reply(respond, tell(t.render(sorry)), logger),
    });
  });
}

async function importFrom(
  shortcut: MessageShortcut,
  context: SlackContext,
  announce: Parameters<typeof runImport>[4],
): Promise<Answer | null> {
  const by = { userId: shortcut.user.id, channel: shortcut.channel.id, messageTs: shortcut.message_ts };
  const files = filesOf(shortcut.message);
  const [file] = files;
  const target = file?.name ?? null;
  const { actor, refusal } = await admit({ action: IMPORT_ACTION, target, role: "operator", by }, context);
  if (refusal !== null) return refusal;
  if (file === undefined) {
    return tell(
      context.t.say(
        "This message has no file. Export the errors in HubSpot's Sync Health as CSV, share the file here, and use the shortcut on that message.",
      ),
    );
  }
  const connections = context.monitor.connectionNames();
  const [connection] = connections;
  if (connection !== undefined && connections.length === 1 && files.length === 1) {
    return show(await runImport(context, file, connection, actor, announce));
  }
  const view = importDialog(context.t, files, connections, { channel: actor.channel, messageTs: actor.messageTs });
  const opened = await openDialog(context, { triggerId: shortcut.trigger_id, isInDialog: false }, view);
  if (opened !== null) return null;
  return tell(context.t.say("Slack did not open the dialog in which I ask which file to import: please use the shortcut again."));
}
