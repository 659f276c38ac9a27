import { messageText } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import type { Finding } from "./sync-errors.ts";

/** An open error group that a record is in, with what was seen of that record. */
export interface HoldingGroup extends Pick<Finding, "type" | "direction" | "salesforceField" | "details"> {
  readonly id: string;
  readonly key: string;
  /** Of the record, not of the group. */
  readonly evidence: Evidence;
}

/** A group that a record belongs to by what was found of it now. */
export interface FoundGroup extends Pick<Finding, "type" | "direction" | "salesforceField" | "details" | "evidence"> {
  readonly key: string;
}

/** One record before and after a look at it. */
export interface Regrouped {
  readonly held: readonly HoldingGroup[];
  readonly found: readonly FoundGroup[];
}

/** What a found group goes on from. */
export interface Descent {
  /** Ids of the groups whose matter it is under another name, those with most of its records first. */
  readonly continues: readonly string[];
  /** The one among them that takes the new name itself; the others go on beside it or run dry. Null where none does. */
  readonly renames: string | null;
}

/** What names a cause; a cause without any of these goes by the words of its refusal. */
const NAMES = ["rule", "trigger", "flow", "option", "owner", "stage", "account", "holder"] as const;

/**
 * Which groups the found ones continue, by their keys. A record that leaves one group and enters another for the same refusal
 * shows that the two are one matter under two names: its cause was named later, its words changed with the integration user's
 * language, or one name turned out to stand for several causes (a split) or several for one (a merge). `known`: keys of groups
 * that exist already, open or resolved; they keep their own identity.
 */
export function regroup(records: readonly Regrouped[], known: ReadonlySet<string>): ReadonlyMap<string, Descent> {
  const votes = new Map<string, Map<string, number>>();
  const stillFound = new Set(records.flatMap(({ found }) => found.map(({ key }) => key)));
  const keys = new Map<string, string>();
  for (const { held, found } of records) {
    const left = held.filter(({ key }) => !found.some((group) => group.key === key));
    const entered = found.filter(({ key }) => !held.some((group) => group.key === key));
    for (const group of entered) {
      for (const before of left.filter((candidate) => isSameMatter(candidate, group))) {
        const counts = votes.get(group.key) ?? new Map<string, number>();
        counts.set(before.id, (counts.get(before.id) ?? 0) + 1);
        votes.set(group.key, counts);
        keys.set(before.id, before.key);
      }
    }
  }
  const taken = new Set<string>();
  const byVotes = [...votes].toSorted(([, one], [, other]) => Math.max(...other.values()) - Math.max(...one.values()));
  return new Map(
    byVotes.map(([key, counts]) => {
      const continues = [...counts].toSorted(([, one], [, other]) => other - one).map(([id]) => id);
      const free = continues.find((id) => !taken.has(id) && !stillFound.has(keys.get(id) ?? ""));
      const renames = known.has(key) ? null : (free ?? null);
      if (renames !== null) taken.add(renames);
      return [key, { continues, renames }];
    }),
  );
}

/**
 * Whether two groups that one record was in, one after the other, are the same matter. The same words of the same refusal are;
 * with other words the same code on the same field is, unless both causes have names: another rule is another matter.
 */
function isSameMatter(before: HoldingGroup, after: FoundGroup): boolean {
  if (before.direction !== after.direction) return false;
  if (before.evidence.importedBy !== undefined) return confirms(before, after);
  const [first, second] = [before.evidence.refusal, after.evidence.refusal];
  if (first === undefined || second === undefined || first.code !== second.code) return false;
  if (messageText(first.message) === messageText(second.message)) return true;
  if (before.type !== after.type || before.salesforceField !== after.salesforceField) return false;
  return nameOf(before) === null || nameOf(after) === null;
}

/** Whether a poll has found what HubSpot's own export says of a record: it shows the type and the words, seldom what refused. */
function confirms(before: HoldingGroup, after: FoundGroup): boolean {
  const fits = (one: string | null, other: string | null) => one === null || other === null || one === other;
  return before.type === after.type && fits(before.salesforceField, after.salesforceField) && fits(nameOf(before), nameOf(after));
}

function nameOf({ details }: Pick<Finding, "details">): string | null {
  const named = NAMES.find((name) => details[name] !== undefined);
  return named === undefined ? null : (details[named] ?? null);
}
