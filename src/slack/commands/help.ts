import { show } from "../answer.ts";
import { helpMessage } from "../blocks/help.ts";
import type { Command } from "./command.ts";
import { COMMANDS } from "./table.ts";

/** Listed like the others; the parser itself answers `help`, wherever the word stands. */
export const helpCommand: Command = {
  name: "help",
  aliases: [],
  usage: "help [command]",
  examples: ["help", "help resync"],
  summary: (t) => t.say("all commands, or one with examples"),
  role: "viewer",
  canBePublic: true,
  run: async (_, { version, t }) => show(helpMessage(t, COMMANDS, version)),
};
