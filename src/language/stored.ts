import { z } from "zod";
import type { Said, Sentence } from "./sentence.ts";

const sentenceSchema: z.ZodType<Sentence> = z.object({
  english: z.string(),
  values: z.record(
    z.string(),
    z.union([
      z.string(),
      z.number(),
      z.object({ utc: z.iso.datetime().or(z.iso.date()) }),
      z.lazy(() => sentenceSchema),
      z.lazy(() => z.array(saidSchema)),
    ]),
  ),
});

/** What is said to people, within JSON. */
export const saidSchema: z.ZodType<Said> = z.union([z.string(), sentenceSchema]);

/** What is said to people as a column of text holds it: a sentence as JSON, other text as it is unless it looks like one. */
export function storedText(said: Said): string {
  if (typeof said !== "string") return JSON.stringify(said);
  return said.startsWith("{") ? JSON.stringify({ english: "{text}", values: { text: said } } satisfies Sentence) : said;
}

/** Reads `storedText`, also as a database writes that JSON itself, and text from before there were languages. */
export function saidOf(stored: string): Said {
  if (!stored.startsWith("{")) return stored;
  try {
    const read = sentenceSchema.safeParse(JSON.parse(stored));
    return read.success ? read.data : stored;
  } catch {
    return stored;
  }
}
