import { show } from "../answer.ts";
import { helpMessage } from "../blocks/help.ts";
import { allocationCommand } from "./allocation.ts";
import { auditCommand } from "./audit.ts";
import { backlogCommand } from "./backlog.ts";
import { checkCommand } from "./check.ts";
import { clearCommand } from "./clear.ts";
import type { Command } from "./command.ts";
import { errorCommand } from "./error.ts";
import { errorsCommand } from "./errors.ts";
import { exportCommand } from "./export.ts";
import { logCommand } from "./log.ts";
import { mineCommand } from "./mine.ts";
import { muteCommand, unmuteCommand } from "./mute.ts";
import { refreshCommand } from "./refresh.ts";
import { resyncCommand } from "./resync.ts";
import { forgetCommand, saveCommand, selectionsCommand } from "./selections.ts";
import { statusCommand } from "./status.ts";
import { subscribeCommand } from "./subscribe.ts";
import { subscriptionsCommand } from "./subscriptions.ts";
import { suspensionCommand } from "./suspension.ts";
import { unsubscribeCommand } from "./unsubscribe.ts";
import { usageCommand } from "./usage.ts";

/** Listed like the others; the parser itself answers `help`, wherever the word stands. */
const helpCommand: Command = {
  name: "help",
  aliases: [],
  usage: "help [command]",
  examples: ["help", "help resync"],
  summary: (t) => t.say("all commands, or one with examples"),
  role: "viewer",
  canBePublic: true,
  run: async (_, { version, t }) => show(helpMessage(t, COMMANDS, version)),
};

/** Every word that may follow `/sync`, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  statusCommand,
  errorsCommand,
  errorCommand,
  checkCommand,
  suspensionCommand,
  clearCommand,
  backlogCommand,
  resyncCommand,
  saveCommand,
  selectionsCommand,
  forgetCommand,
  auditCommand,
  exportCommand,
  muteCommand,
  unmuteCommand,
  usageCommand,
  allocationCommand,
  subscribeCommand,
  unsubscribeCommand,
  subscriptionsCommand,
  mineCommand,
  refreshCommand,
  logCommand,
  helpCommand,
];
