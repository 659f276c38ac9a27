import type { Language } from "../../language/language.ts";
import { chunks } from "../../records/chunks.ts";
import type { Command } from "../commands/command.ts";
import { composeMessage, type Message } from "./message.ts";
import { context, section } from "./parts.ts";
import { crmText, escapeText } from "./text.ts";

/** All commands, each in a line. */
export function helpMessage(t: Language, commands: readonly Command[], version: string): Message {
  const lines = commands.map((command) => `• \`/sync ${escapeText(command.usage)}\` – ${command.summary(t)}`);
  return composeMessage({
    text: t.say("The commands of /sync are {names}; /sync help with one of them tells more.", {
      names: t.list(commands.map((command) => command.name)),
    }),
    head: [
      section(t.say("*What I can tell and do*")),
      ...chunks(lines, 6).map((part) => section(part.join("\n"))),
      context(
        [
          t.say("Words may stand in any order; a connection's name is needed only where there are several."),
          t.say("Only you see the answer, unless you add `public`."),
          t.say("`/sync help resync` shows examples."),
          `Syncwarden ${crmText(version, 40)}`,
        ].join(" "),
      ),
    ],
  });
}

/** One command with its examples. */
export function commandHelp(t: Language, command: Command): Message {
  const usage = `/sync ${escapeText(command.usage)}`;
  const summary = command.summary(t);
  const about = t.say("{usage}: {summary}.", { usage, summary });
  const takesRole = typeof command.role === "string" && command.role !== "viewer";
  const role = takesRole ? [t.say("It takes the role {role}.", { role: command.role })] : [];
  const examples = command.examples.map((example) => `/sync ${example}`);
  return composeMessage({
    text: [about, ...role, t.say("For example: {examples}.", { examples: examples.join(", ") })].join(" "),
    head: [
      section([`\`${usage}\``, [t.say("{summary}.", { summary }), ...role].join(" ")].join("\n")),
      section([t.say("*For example*"), ...examples.map((example) => `\`${example}\``)].join("\n")),
    ],
  });
}

/** What to say to a word that is no command: the nearest one, and all of them. */
export function unknownCommand(
  t: Language,
  word: string,
  nearest: Command | null,
  commands: readonly Command[],
  version: string,
): Message {
  const typed = `\`${crmText(word, 60).replaceAll("`", "'")}\``;
  const unknown =
    nearest === null
      ? t.say("I don't know {typed}.", { typed })
      : t.say("I don't know {typed}. Did you mean `{command}` ({summary})?", {
          typed,
          command: `/sync ${nearest.name}`,
          summary: nearest.summary(t),
        });
  const help = helpMessage(t, commands, version);
  return composeMessage({ text: `${unknown} ${help.text}`, head: [section(unknown), ...help.blocks] });
}
