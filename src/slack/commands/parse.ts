import type { Command } from "./command.ts";
import { nearestWord, splitWords } from "./words.ts";

/** What somebody meant. */
export type Parsed =
  | {
      readonly kind: "command";
      readonly command: Command;
      readonly words: readonly string[];
      readonly named: string | null;
      readonly isPublic: boolean;
    }
  /** Help was asked for, for one command or all. */
  | { readonly kind: "help"; readonly about: Command | null; readonly isPublic: boolean }
  /** No command stands in it; the nearest one, where one is near. */
  | { readonly kind: "unknown"; readonly word: string; readonly nearest: Command | null };

/** Takes apart the text after `/sync`: words in any order, the first that names a command is the command; nothing is `status`. */
export function parseCommand(text: string, commands: readonly Command[], connections: readonly string[]): Parsed {
  const words = [...splitWords(text)];
  const isPublic = take(words, (word) => word.toLowerCase() === "public") !== null;
  const helps = take(words, (word) => ["help", "--help", "-h", "?"].includes(word.toLowerCase())) !== null;

  const commandWord = take(words, (word) => commandNamed(word, commands) !== null);
  const command = commandWord === null ? null : commandNamed(commandWord, commands);
  if (helps) return { kind: "help", about: command, isPublic };

  const namedWord = take(words, (word) => connectionNamed(word, connections) !== null);
  const named = namedWord === null ? null : connectionNamed(namedWord, connections);
  if (command !== null) return { kind: "command", command, words, named, isPublic };

  const stranger = words[0];
  const status = commandNamed("status", commands);
  if (stranger === undefined && status !== null) return { kind: "command", command: status, words, named, isPublic };
  const word = stranger ?? "";
  const near = nearestWord(
    word,
    commands.flatMap((candidate) => [candidate.name, ...candidate.aliases]),
  );
  return { kind: "unknown", word, nearest: near === null ? null : commandNamed(near, commands) };
}

function commandNamed(word: string, commands: readonly Command[]): Command | null {
  const lower = word.toLowerCase();
  return commands.find((command) => command.name === lower || command.aliases.includes(lower)) ?? null;
}

function connectionNamed(word: string, connections: readonly string[]): string | null {
  return connections.find((name) => name.toLowerCase() === word.toLowerCase()) ?? null;
}

function take(words: string[], matches: (word: string) => boolean): string | null {
  const index = words.findIndex(matches);
  if (index === -1) return null;
  return words.splice(index, 1)[0] ?? null;
}
