import type { Kysely } from "kysely";
import { errorId, groupKey } from "../../health/cause.ts";
import { type Descent, type Regrouped, regroup } from "../../health/regrouping.ts";
import { categoryOf } from "../../health/sync-error-catalogue.ts";
import type { Finding } from "../../health/sync-errors.ts";
import {
  addErrorEvent,
  errorsByGroupKey,
  groupsHolding,
  inheritFrom,
  isErrorIdTaken,
  renameGroup,
  type StoredHolding,
} from "../../store/error-groups.ts";
import type { Database } from "../../store/schema.ts";
import { type FoundRecord, keepOnly, upsertAffected, upsertError } from "../../store/sync-errors.ts";
import { presentKey, type Verdict } from "./due.ts";

/** The records of one cause. */
interface Group {
  readonly finding: Finding;
  readonly records: Map<string, FoundRecord>;
}

/**
 * Saves what was found of records, grouped by cause, and takes the records off the errors that no longer hold them back. A
 * cause that goes by another name than before keeps its error's id, first-seen time, mute and history.
 */
export async function recordFindings(
  db: Kysely<Database>,
  connection: string,
  verdicts: readonly Verdict[],
  now: Date,
): Promise<void> {
  const found = withFindings(verdicts);
  const holding = await groupsHolding(db, connection, [...found.keys()]);
  const groups = groupsOf(found, holding, now);
  const known = await errorsByGroupKey(db, connection, [...groups.keys()]);
  const descents = regroup(regrouped(found, holding), new Set(known.keys()));
  const ids = new Map<string, string>();
  for (const [key, group] of groups) {
    const descent = descents.get(key) ?? NEW;
    const before = known.get(key);
    const id = before?.id ?? descent.renames ?? (await newErrorId(db, connection, key));
    ids.set(key, id);
    if (descent.renames !== null) await renameGroup(db, id, key);
    await saveGroup(db, connection, id, key, group, now);
    if (before === undefined && descent.renames === null) await addErrorEvent(db, id, "opened", now);
    else if (before?.isOpen === false) await addErrorEvent(db, id, "reopened", now);
    await goOn(db, id, descent, before === undefined, now);
  }
  // What an earlier trial of the same write has shown is not seen again, and still holds.
  const anew = [...found].filter(([, { examination }]) => !examination.earlierStands);
  const held = anew.map(([key, { findings }]) => ({
    key,
    errorIds: [...new Set(findings.flatMap((finding) => ids.get(groupKey(finding)) ?? []))],
  }));
  await keepOnly(db, connection, held);
}

const NEW: Descent = { continues: [], renames: null };

type OutOfStepVerdict = Verdict & { readonly examination: { readonly state: "out-of-step" } };

/** By record key. */
function withFindings(verdicts: readonly Verdict[]): ReadonlyMap<string, OutOfStepVerdict> {
  const found = new Map<string, OutOfStepVerdict>();
  for (const verdict of verdicts) {
    const { examination, findings } = verdict;
    if (examination.state === "out-of-step" && findings.length > 0) {
      found.set(presentKey(examination), { ...verdict, examination });
    }
  }
  return found;
}

function groupsOf(
  found: ReadonlyMap<string, OutOfStepVerdict>,
  holding: ReadonlyMap<string, readonly StoredHolding[]>,
  now: Date,
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const [recordKey, { examination, findings }] of found) {
    for (const [place, finding] of findings.entries()) {
      const key = groupKey(finding);
      const group = groups.get(key) ?? { finding, records: new Map() };
      const { value, evidence } = finding;
      const firstSeenAt = heldSince(holding.get(recordKey) ?? [], finding, now);
      // Two reasons can be of one group: the one that is met first counts.
      if (!group.records.has(recordKey)) {
        group.records.set(recordKey, { key: recordKey, reference: examination.reference, value, evidence, place, firstSeenAt });
      }
      groups.set(key, group);
    }
  }
  return groups;
}

/** Since when a record has been held back in this direction for this type of reason, whatever it was called. */
function heldSince(holding: readonly StoredHolding[], { type, direction }: Finding, now: Date): Date {
  const times = holding.filter((group) => group.type === type && group.direction === direction);
  return new Date(Math.min(now.getTime(), ...times.map(({ firstSeenAt }) => firstSeenAt.getTime())));
}

function regrouped(
  found: ReadonlyMap<string, OutOfStepVerdict>,
  holding: ReadonlyMap<string, readonly StoredHolding[]>,
): Regrouped[] {
  return [...found].map(([recordKey, { findings, examination }]) => ({
    // Nothing has taken the place of what still holds.
    held: examination.earlierStands ? [] : (holding.get(recordKey) ?? []),
    found: findings.map((finding) => ({ ...finding, key: groupKey(finding) })),
  }));
}

async function saveGroup(
  db: Kysely<Database>,
  connection: string,
  id: string,
  key: string,
  { finding, records }: Group,
  now: Date,
): Promise<void> {
  const { type, direction, record, hubspotProperty, salesforceField, details, evidence } = finding;
  const error = { id, groupKey: key, category: categoryOf(type), type, direction, object: record.object };
  await upsertError(db, connection, { ...error, hubspotProperty, salesforceField, details, evidence }, now);
  await upsertAffected(db, connection, id, [...records.values()], now);
}

/** Ties an error to those whose matter it goes on with. */
async function goOn(db: Kysely<Database>, id: string, { continues, renames }: Descent, isNew: boolean, now: Date): Promise<void> {
  const others = continues.filter((other) => other !== id);
  if (others.length === 0) return;
  await inheritFrom(db, id, renames === null ? others : [id, ...others], isNew);
  for (const other of others) {
    await addErrorEvent(db, id, "continues", now, other);
    await addErrorEvent(db, other, "continued-as", now, id);
  }
}

/** The id that a key has by its hash, or the next one where another error has that. */
export async function newErrorId(db: Kysely<Database>, connection: string, key: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const id = errorId(connection, key, attempt);
    if (!(await isErrorIdTaken(db, id))) return id;
  }
}
