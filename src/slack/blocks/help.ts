import { chunks } from "../../records/chunks.ts";
import type { Command } from "../commands/command.ts";
import { composeMessage, type Message } from "./message.ts";
import { context, section } from "./parts.ts";
import { crmText, list } from "./text.ts";

/** All commands, each in a line. */
export function helpMessage(commands: readonly Command[], version: string): Message {
  const lines = commands.map((command) => `• \`/sync ${command.usage}\` – ${command.summary}`);
  return composeMessage({
    text: `The commands of /sync are ${list(commands.map((command) => command.name))}; /sync help with one of them tells more.`,
    head: [
      section("*What I can tell and do*"),
      ...chunks(lines, 6).map((part) => section(part.join("\n"))),
      context(
        "Words may stand in any order; a connection's name is needed only where there are several. Only you see the answer, unless " +
          `you add \`public\`. \`/sync help resync\` shows examples. Syncwarden ${crmText(version, 40)}`,
      ),
    ],
  });
}

/** One command with its examples. */
export function commandHelp(command: Command): Message {
  const who = typeof command.role === "string" && command.role !== "viewer" ? ` It takes the role ${command.role}.` : "";
  const examples = command.examples.map((example) => `\`/sync ${example}\``).join("\n");
  return composeMessage({
    text: `/sync ${command.usage}: ${command.summary}.${who} For example: ${command.examples.map((example) => `/sync ${example}`).join(", ")}.`,
    head: [section(`\`/sync ${command.usage}\`\n${command.summary}.${who}`), section(`*For example*\n${examples}`)],
  });
}

/** What to say to a word that is no command: the nearest one, and all of them. */
export function unknownCommand(word: string, nearest: Command | null, commands: readonly Command[], version: string): Message {
  const typed = `\`${crmText(word, 60).replaceAll("`", "'")}\``;
  const sentence =
    nearest === null
      ? `I don't know ${typed}.`
      : `I don't know ${typed}. Did you mean \`/sync ${nearest.name}\` (${nearest.summary})?`;
  const help = helpMessage(commands, version);
  return composeMessage({ text: `${sentence} ${help.text}`, head: [section(sentence), ...help.blocks] });
}
