import { readdirSync, readFileSync } from "node:fs";
import type { SeenRefusal } from "../../../src/health/explanation.ts";

/** One refusal as somebody has seen it, with what it is. */
export interface Case {
  /** Id of the sync error type or suspension, decided by the catalogue's words rather than by what the code says. */
  readonly expect: string;
  /** Where it was seen. */
  readonly source: string;
  readonly input: SeenRefusal;
}

const FOLDER = new URL(".", import.meta.url);

export const FILES: readonly string[] = readdirSync(FOLDER).filter((name) => name.endsWith(".jsonl"));

export function corpus(file: string): readonly Case[] {
  const text = readFileSync(new URL(file, FOLDER), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Case => JSON.parse(line));
}
