import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { LANGUAGE_TAGS, type LanguageTag } from "../../src/language/tags.ts";
import { faultsOf } from "./faults.ts";
import { sentencesInSource } from "./sentences.ts";

// Keeps the translations in step with what is said: `npm run translations` drops what isn't said any more, puts them in order
// and tells what is missing. `-- --language de --missing` lists that as JSON; a file with the translations of such a list, in its
// order, is taken with `-- --language de --list LIST --add FILE`. What has lost a place or its markup is refused.

const FOLDER = join(import.meta.dirname, "../../src/language/translations");
const translationsSchema = z.record(z.string(), z.string());

const { values } = parseArgs({
  options: { language: { type: "string" }, missing: { type: "boolean" }, list: { type: "string" }, add: { type: "string" } },
});
const said = [...new Set((await sentencesInSource()).flatMap(({ english }) => english ?? []))];
const tags = LANGUAGE_TAGS.filter((tag) => tag !== "en" && (values.language === undefined || values.language === tag));

for (const tag of tags) {
  const added = values.add === undefined || values.list === undefined ? {} : translated(tag, values.list, values.add);
  const missing = tidy(tag, added);
  if (values.missing === true) console.log(JSON.stringify(missing, null, 2));
  else console.log(`${tag}: ${said.length - missing.length} of ${said.length} sentences are translated`);
}

/** Pairs a list with its translations; says which are wrong and leaves those out. */
function translated(tag: LanguageTag, listFile: string, translationsFile: string): Readonly<Record<string, string>> {
  const [list, texts] = [listFile, translationsFile].map((file) =>
    z.array(z.string()).parse(JSON.parse(readFileSync(file, "utf8"))),
  );
  if (list === undefined || texts === undefined || list.length !== texts.length) {
    throw new Error(`${list?.length} sentences and ${texts?.length} translations: they don't belong together`);
  }
  const pairs = list.map((english, index) => [english, texts[index] ?? ""] as const);
  return Object.fromEntries(
    pairs.filter(([english, text]) => {
      const faults = faultsOf(tag, english, text);
      for (const fault of faults) console.error(`${tag}: ${fault}\n  ${english}\n  ${text}`);
      return faults.length === 0;
    }),
  );
}

/** Writes the translations of what is said, in the order of the English; answers what has none. */
function tidy(tag: LanguageTag, added: Readonly<Record<string, string>>): readonly string[] {
  const file = join(FOLDER, `${tag}.json`);
  const known = { ...translationsSchema.parse(JSON.parse(readFileSync(file, "utf8"))), ...added };
  const kept = said.filter((english) => known[english] !== undefined).toSorted();
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept.map((english) => [english, known[english]])), null, 2)}\n`);
  return said.filter((english) => known[english] === undefined);
}
