import type { Refusal } from "../health/refusal.ts";
import type { SalesforceCalls } from "./calls.ts";
import { byKind, collectionBody, type Placed, RECORDS_PER_COLLECTION, resultsOf, SAVE_HEADERS } from "./collection.ts";
import { composite, refusalIn, type Subrequest, type Subresponse } from "./composite.ts";
import { isLock, refusalsOfErrors } from "./refusal.ts";
import type { SalesforceWrite, TrialOutcome } from "./salesforce.ts";
import { API_PATH } from "./version.ts";

/** Codes that say only that something else has failed. */
const ROLLED_BACK: ReadonlySet<string> = new Set(["ALL_OR_NONE_OPERATION_ROLLED_BACK", "PROCESSING_HALTED"]);
const LOCK_ATTEMPTS = 2;
const SENTINEL = "rollback";

/** No record has this id, so the request that names it fails in every org, and with it the whole composite. */
const NO_RECORD = "001000000000000AAA";

/** Thrown if Salesforce has kept what it was told to undo. Nothing may be tried again before a person has looked. */
export class TrialKeptError extends Error {
  override readonly name = "TrialKeptError";
}

/** What one trial told of its records. */
interface Trial {
  /** By place in the caller's order. */
  readonly refused: ReadonlyMap<number, readonly Refusal[]>;
  /** Collections that were refused as a whole, for a cause of their own. */
  readonly refusedGroups: readonly { readonly writes: readonly Placed[]; readonly refusal: Refusal }[];
}

/**
 * Writes at most 200 records for real within a composite that must fail, so that Salesforce runs every rule and keeps
 * nothing. Documentation leaves open whether each failing record shows its own error or the first alone, so records that
 * stay unproven beside failed ones are tried again without those until a trial brings nothing new or `maxCalls` are used.
 * Rejects with `RefusedError` where the first call is refused as a whole.
 */
export async function tryWrites(
  calls: SalesforceCalls,
  writes: readonly SalesforceWrite[],
  { maxCalls }: { readonly maxCalls: number },
): Promise<readonly TrialOutcome[]> {
  if (writes.length > RECORDS_PER_COLLECTION)
    throw new RangeError(`at most ${RECORDS_PER_COLLECTION} records can be tried at once`);
  const refusals = new Map<number, readonly Refusal[]>();
  const lockTries = new Map<number, number>();
  const queue: (readonly Placed[])[] = writes.length > 0 ? [writes.map((write, index) => ({ index, write }))] : [];

  for (let used = 0; used < maxCalls; used++) {
    const batch = queue.shift();
    if (!batch) break;
    const trial = await tryOnce(calls, batch);
    for (const [index, found] of trial.refused) refusals.set(index, found);
    const locked = batch.filter(({ index }) => {
      const tries = (lockTries.get(index) ?? 0) + (trial.refused.get(index)?.some(isLock) ? 1 : 0);
      lockTries.set(index, tries);
      return trial.refused.get(index)?.some(isLock) && tries < LOCK_ATTEMPTS;
    });
    const grouped = new Set<number>();
    for (const { writes: group, refusal } of trial.refusedGroups) {
      for (const { index } of group) grouped.add(index);
      const [only] = group;
      if (group.length === 1 && only) refusals.set(only.index, [refusal]);
      else queue.push(group.slice(0, group.length >> 1), group.slice(group.length >> 1));
    }
    const failed = trial.refused.size > 0 || trial.refusedGroups.length > 0;
    const rest = batch.filter(({ index }) => !trial.refused.has(index) && !grouped.has(index));
    if (locked.length > 0) await calls.pause(used + 1);
    if (failed && rest.length + locked.length > 0) queue.push([...rest, ...locked]);
  }
  const untried = new Set(queue.flatMap((batch) => batch.map(({ index }) => index)));
  return writes.map((_, index) => outcomeOf(refusals.get(index), untried.has(index)));
}

function outcomeOf(refusals: readonly Refusal[] | undefined, isUntried: boolean): TrialOutcome {
  if (refusals !== undefined) return { verdict: "refused", refusals };
  return { verdict: isUntried ? "untried" : "unproven" };
}

async function tryOnce(calls: SalesforceCalls, batch: readonly Placed[]): Promise<Trial> {
  const { inserts, updates } = byKind(batch);
  const groups = [
    { referenceId: "updates", method: "PATCH" as const, writes: updates },
    { referenceId: "inserts", method: "POST" as const, writes: inserts },
  ].filter(({ writes }) => writes.length > 0);
  const subrequests: Subrequest[] = groups.map(({ referenceId, method, writes }) => ({
    method,
    url: `${API_PATH}/composite/sobjects`,
    referenceId,
    body: collectionBody(writes),
    httpHeaders: SAVE_HEADERS,
  }));
  const answers = await composite(calls, [...subrequests, sentinel()], { allOrNone: true, headers: SAVE_HEADERS, saves: true });
  if (!refusalIn(answers.get(SENTINEL))) {
    throw new TrialKeptError(
      `Salesforce served the request that must fail, so ${batch.length} records that were only to be tried may have been ` +
        "written. Switch diagnosis.rolledBackWrites off and look at their field history.",
    );
  }
  return groups.reduce<Trial>((trial, { referenceId, writes }) => addGroup(trial, writes, answers.get(referenceId)), {
    refused: new Map(),
    refusedGroups: [],
  });
}

function sentinel(): Subrequest {
  return {
    method: "PATCH",
    url: `${API_PATH}/sobjects/Account/${NO_RECORD}`,
    referenceId: SENTINEL,
    body: { Description: "Never written: this request fails so that Salesforce undoes the ones before it." },
  };
}

function addGroup(trial: Trial, writes: readonly Placed[], answer: Subresponse | undefined): Trial {
  const results = resultsOf(answer?.body, writes.length);
  if (!results) {
    const refusal = refusalIn(answer);
    if (!refusal || ROLLED_BACK.has(refusal.code)) return trial;
    return { ...trial, refusedGroups: [...trial.refusedGroups, { writes, refusal }] };
  }
  const refused = new Map(trial.refused);
  for (const [place, { errors }] of results.entries()) {
    const placed = writes[place];
    if (!placed) continue;
    const { object, id } = placed.write;
    const own = refusalsOfErrors(errors, id === null ? { object } : { object, recordId: id }).filter(
      (refusal) => !ROLLED_BACK.has(refusal.code),
    );
    if (own.length > 0) refused.set(placed.index, own);
  }
  return { ...trial, refused };
}
