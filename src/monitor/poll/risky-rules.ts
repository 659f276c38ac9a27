import { nameOf } from "../../health/catalogue-entry.ts";
import { matchingRule } from "../../health/validation-rule.ts";
import type { Warning } from "../../health/warnings.ts";
import { instant, sentence } from "../../language/sentence.ts";
import type { SalesforceObject } from "../../records/record.ts";
import type { ChangedRule, SalesforceWrite } from "../../salesforce/salesforce.ts";
import type { StoredWarning } from "../../store/warnings.ts";
import { salesforceObjects } from "./fields.ts";
import type { Watched } from "./warn.ts";

/** How often changed validation rules are asked for, in milliseconds. The poll that asks leaves out `/limits`. */
export const RULES_EACH_MS = 15 * 60_000;
/** Records that a changed rule is tried on: those changed last. */
const TRIED = 20;

/** Whether it is time to ask for changed rules: every quarter of an hour, and never in two polls in a row. */
export function isTimeForRules({
  cache,
  connection,
  state,
  now,
}: Pick<Watched, "cache" | "connection" | "state" | "now">): boolean {
  const askedAt = cache.readAt("salesforce:rules-watched");
  const lastPoll = state?.polled_at ?? null;
  if (askedAt === null || lastPoll === null || askedAt >= lastPoll) return false;
  return now.getTime() - askedAt.getTime() >= Math.min(RULES_EACH_MS, connection.settings.stallMs);
}

/**
 * Validation rules that were made or changed since they were last asked for, and refuse records that have synced so far: tried
 * on the records changed last, by writing a mapped value that they have already and rolling it back.
 */
export async function riskyRules(
  watched: Watched,
  standing: readonly StoredWarning[],
): Promise<{ readonly found: readonly Warning[]; readonly looked: readonly string[] }> {
  const { connection, cache, now } = watched;
  const { settings, salesforce } = connection;
  const since = cache.readAt("salesforce:rules-watched");
  if (since === null) cache.put("salesforce:rules-watched", true, now);
  if (since === null || !watched.asksForRules || !settings.diagnosis.rolledBackWrites) return { found: [], looked: [] };
  // Told of before: looked at again, whether changed or not; one that is gone is absent.
  const told = standing.filter(({ details }) => details.problem === "rule");
  const changed = await salesforce.rulesChangedSince(
    since,
    told.flatMap(({ details }) => details.rule ?? []),
  );
  cache.put("salesforce:rules-watched", true, now);
  const objects: ReadonlySet<string> = new Set(salesforceObjects(settings));
  const found: Warning[] = [];
  for (const rule of changed.filter(({ object, active }) => active && objects.has(object))) {
    const before = told.find(({ key }) => key === keyOf(rule));
    const warning = before !== undefined && rule.changedAt <= since ? before : await tryRule(watched, rule);
    if (warning !== null) found.push(warning);
  }
  return { found, looked: told.map(({ key }) => key) };
}

function keyOf({ object, name }: ChangedRule): string {
  return `field-about-to-fail:${object}:rule ${name}`;
}

async function tryRule({ connection, cache, now }: Watched, rule: ChangedRule): Promise<Warning | null> {
  const { salesforce, settings } = connection;
  const object = rule.object as SalesforceObject;
  const field = valueToRepeat(object, settings.mappings, cache);
  if (field === null) return null;
  const records = await salesforce.newestRecords(object, [field], TRIED);
  const writes: SalesforceWrite[] = records.map(({ id, fields }) => ({ object, id, fields: { [field]: fields[field] ?? null } }));
  if (writes.length === 0) return null;
  const outcomes = await salesforce.tryWrites(writes, { maxCalls: 1 });
  const refused = outcomes.filter(
    (outcome) =>
      outcome.verdict === "refused" &&
      outcome.refusals.some(
        ({ code, message, fields }) =>
          code === "FIELD_CUSTOM_VALIDATION_EXCEPTION" && matchingRule(message, fields, [rule]) === rule.name,
      ),
  ).length;
  if (refused === 0) return null;
  const label = rule.field === null ? null : (cache.get(`salesforce:schema:${object}`)?.fields[rule.field]?.label ?? null);
  return {
    key: keyOf(rule),
    kind: "field-about-to-fail",
    details: {
      problem: "rule",
      rule: rule.name,
      object,
      tried: String(writes.length),
      refused: String(refused),
      ...(rule.field !== null && { field: rule.field }),
      ...(label !== null && { fieldLabel: label }),
    },
    evidence: {
      at: now.toISOString(),
      statement: sentence(
        "The validation rule {rule} on {object} was changed at {changedAt}{person, select, unnamed {} other { by {person}}}: of the {tried, plural, one {one record} other {# records}} changed last, it would refuse {refused, number} (“{message}”)",
        {
          rule: rule.name,
          object,
          changedAt: instant(rule.changedAt),
          person: nameOf(rule.changedBy ?? undefined),
          tried: writes.length,
          refused,
          message: rule.errorMessage,
        },
      ),
    },
  };
}

/** A mapped field that can be written with the value that it has: rules run, and nothing would change. */
function valueToRepeat(
  object: SalesforceObject,
  mappings: Watched["connection"]["settings"]["mappings"],
  cache: Watched["cache"],
): string | null {
  const fields = cache.get(`salesforce:schema:${object}`)?.fields ?? {};
  const writable = mappings.filter(
    ({ salesforceObject, salesforceField, rule }) =>
      salesforceObject === object && rule !== "none" && fields[salesforceField]?.updateable === true,
  );
  const text = writable.find(({ salesforceField }) => fields[salesforceField]?.type === "string");
  return (text ?? writable[0])?.salesforceField ?? null;
}
