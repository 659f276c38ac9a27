/** The languages in which HubSpot's own export is read. */
export const LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "nl", "ja", "sv", "no", "da", "fi", "pl", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

/** One thing's name in each language. */
export type Names = Readonly<Record<Language, string>>;

/** A name without what differs from one writing of it to the next: letter case, accents, width, blanks and punctuation. */
export function canonicalName(name: string): string {
  return name
    .slice(0, 300)
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .replaceAll("ø", "o")
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .replaceAll("æ", "ae");
}

/** Finds what a name stands for, in whichever language and writing it comes. */
export function nameIndex<Key extends string>(
  names: Readonly<Record<Key, Readonly<Record<string, string | readonly string[]>>>>,
): ReadonlyMap<string, Key> {
  const index = new Map<string, Key>();
  for (const key of Object.keys(names) as Key[]) {
    for (const name of [key, ...Object.values(names[key]).flat()]) {
      const canonical = canonicalName(name);
      if (!index.has(canonical)) index.set(canonical, key);
    }
  }
  return index;
}
