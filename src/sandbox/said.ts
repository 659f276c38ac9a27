import type { Truth, TruthError } from "./native-sync/truth.ts";

/** What the bot says of the sync at this moment, in the words that the native sync uses for itself. */
export interface Said {
  readonly suspension: { readonly kind: string } | null;
  readonly errors: readonly { readonly type: string; readonly object: string; readonly records: number }[];
  /** When it last looked, ISO 8601; null before the first time. */
  readonly at: string | null;
}

export interface ComparedError {
  readonly type: string;
  readonly object: string;
  /** How many records are held back, in truth and by what the bot says. */
  readonly truth: number;
  readonly said: number;
  readonly agrees: boolean;
}

/** The truth beside what the bot says. */
export interface Comparison {
  readonly said: Said;
  readonly suspensionAgrees: boolean;
  /** Most records first. */
  readonly errors: readonly ComparedError[];
  readonly agrees: boolean;
}

/**
 * Holds what the bot says against the truth. The native sync stops at the first thing that is wrong with a record, so the bot
 * may also name what it would meet next: `further` are those.
 */
export function compare(truth: Truth, further: readonly TruthError[], said: Said): Comparison {
  const inTruth = recordsByKind(truth.errors.map((error) => ({ ...error, records: error.records.length })));
  const atMost = recordsByKind(further.map((error) => ({ ...error, records: error.records.length })));
  const bySaid = recordsByKind(said.errors);
  const errors = [...new Set([...inTruth.keys(), ...bySaid.keys()])]
    .map((key) => {
      const [type = "", object = ""] = key.split(" ");
      const really = inTruth.get(key) ?? 0;
      const told = bySaid.get(key) ?? 0;
      return {
        type,
        object,
        truth: really,
        said: told,
        agrees: told >= really && told <= Math.max(really, atMost.get(key) ?? 0),
      };
    })
    .toSorted((a, b) => Math.max(b.truth, b.said) - Math.max(a.truth, a.said));
  const suspensionAgrees = (truth.suspension?.kind ?? null) === (said.suspension?.kind ?? null);
  // Who is refused everything can't see what else is wrong: that is told again once the sync runs.
  const canBeSeen = truth.suspension === null;
  return { said, suspensionAgrees, errors, agrees: suspensionAgrees && (!canBeSeen || errors.every(({ agrees }) => agrees)) };
}

function recordsByKind(errors: Said["errors"]): ReadonlyMap<string, number> {
  const records = new Map<string, number>();
  for (const { type, object, records: count } of errors) {
    const key = `${type} ${object}`;
    records.set(key, (records.get(key) ?? 0) + count);
  }
  return records;
}
