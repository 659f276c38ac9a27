import { isStateOrCountryField } from "../../health/address-refusal.ts";
import type { Finding } from "../../health/sync-errors.ts";
import type { PendingWrite, SchemaFinding } from "./diagnose-salesforce.ts";
import type { ExamineOptions } from "./examination.ts";

type Found = ReadonlyMap<string, readonly SchemaFinding[]>;

/**
 * Which writes are to be made and rolled back. First those that the schema has nothing certain against. In the places that are
 * left, those that fail for sure, without the values they fail for: what else stands against them is found in the same call. They
 * make a call of their own only to look again at what one has shown before. What was tried lately would be refused again.
 */
export function planTrials(pending: Iterable<PendingWrite>, found: Found, options: ExamineOptions): readonly PendingWrite[] {
  if (!options.trial) return [];
  const due = [...pending].filter(({ key, version }) => {
    const before = options.tried?.get(key);
    return before === undefined || before.version !== version || before.isDue;
  });
  const failing = (key: string) => (found.get(key) ?? []).filter(({ certain }) => certain);
  const suspects = due.filter(({ key }) => failing(key).length === 0);
  const riders = due.flatMap((write) => {
    const known = failing(write.key);
    if (known.length === 0 || (suspects.length === 0 && options.tried?.get(write.key)?.version !== write.version)) return [];
    return withoutFailing(write, known) ?? [];
  });
  return [...suspects, ...riders].slice(0, options.maxTrials);
}

/** A write without the values that are known to fail; null where nothing would be left, or a new record can't do without them. */
function withoutFailing(pending: PendingWrite, known: readonly SchemaFinding[]): PendingWrite | null {
  const { write } = pending;
  const failing = known.map(({ finding }) => finding.salesforceField ?? "");
  const addresses = new Set(failing.filter(isStateOrCountryField).map(addressOf));
  const fields = Object.fromEntries(
    Object.entries(write.fields).filter(
      ([name]) => !failing.includes(name) && !(isStateOrCountryField(name) && addresses.has(addressOf(name))),
    ),
  );
  // What a new record lacks can't be left out of it.
  if (write.id === null || Object.keys(fields).length === 0) return null;
  return { ...pending, write: { ...write, fields } };
}

/** State and country are judged together. */
function addressOf(field: string): string {
  return field.replace(/(?:State|Country)(?:Code)?$/, "");
}

/**
 * What the schema and a trial together say; `tried` undefined: no trial was made, `awaited`: one is still to be made. A refusal
 * weighs more than what is merely possible, and an address that Salesforce takes is none.
 */
export function weigh(
  schema: readonly SchemaFinding[],
  tried: readonly Finding[] | undefined,
  awaited: boolean,
): readonly Finding[] {
  const certain = schema.filter((one) => one.certain).map(({ finding }) => finding);
  const possible = schema.filter((one) => !one.certain).map(({ finding }) => finding);
  if (tried === undefined) return awaited ? certain : [...certain, ...possible];
  if (tried.length > 0) return [...certain, ...tried];
  return [...certain, ...possible.filter(({ type }) => type !== "state-country-mismatch")];
}
