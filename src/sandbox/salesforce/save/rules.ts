import { saveError } from "../errors.ts";
import type { DuplicateRule, Fields, NewRule, OrgRecord, SaveError, Trigger } from "../model.ts";

/** A rule, and when it was made. */
export type OrgRule = NewRule & { readonly madeAt: Date };

/** A record in the middle of a save, as it would be afterwards. */
export interface Draft {
  readonly id: string | null;
  readonly record: Fields;
  readonly before: Fields | null;
}

function triggerError(trigger: Trigger, draft: Draft, message: string): SaveError {
  const event = `${trigger.when === "after" ? "After" : "Before"}${draft.before === null ? "Insert" : "Update"}`;
  const cause = /^[\w.]*Exception\b/.test(message) ? message : `System.DmlException: ${message}`;
  return saveError(
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
    `${trigger.name}: execution of ${event}\n\ncaused by: ${cause}\n\nTrigger.${trigger.name}: line 12, column 1`,
  );
}

/** One exception ends a save, so the first trigger that throws is the only one heard of. */
export function runTriggers(rules: readonly OrgRule[], when: "before" | "after", object: string, draft: Draft): SaveError[] {
  for (const { kind, rule } of rules) {
    if (kind !== "trigger" || rule.object !== object || (rule.when ?? "before") !== when) continue;
    const message = rule.run(draft.record, draft.before);
    if (message !== null) return [triggerError(rule, draft, message)];
  }
  return [];
}

/** All validation rules are evaluated, and each that refuses is heard. */
export function runValidationRules(rules: readonly OrgRule[], object: string, draft: Draft): SaveError[] {
  return rules.flatMap(({ kind, rule }) =>
    kind === "validation" && rule.object === object && rule.refuses(draft.record, draft.before)
      ? [saveError("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.errorMessage, rule.errorField === null ? [] : [rule.errorField])]
      : [],
  );
}

/** The first flow that fails ends the save. */
export function runFlows(rules: readonly OrgRule[], object: string, draft: Draft): SaveError[] {
  for (const { kind, rule } of rules) {
    if (kind !== "flow" || rule.object !== object) continue;
    const message = rule.run(draft.record, draft.before);
    if (message === null) continue;
    return [
      saveError(
        "CANNOT_EXECUTE_FLOW_TRIGGER",
        `We can't save this record because the “${rule.label}” process failed. Give your Salesforce admin these details. ${message} ` +
          "You can look up ExceptionCode values in the SOAP API Developer Guide. Error ID: 1480529613-52487 (1298546812)",
      ),
    ];
  }
  return [];
}

/** `matches` finds other records with the same value in a field. */
export function runDuplicateRules(
  rules: readonly OrgRule[],
  object: string,
  draft: Draft,
  matches: (field: string, value: string) => Iterable<OrgRecord>,
): SaveError[] {
  for (const { kind, rule } of rules) {
    if (kind !== "duplicate" || rule.object !== object) continue;
    const value = draft.record[rule.matchField];
    if (value === null || value === undefined) continue;
    const found = [...matches(rule.matchField, String(value))].filter((record) => record.id !== draft.id);
    if (found.length > 0) return [duplicateError(rule, found)];
  }
  return [];
}

function duplicateError(rule: DuplicateRule, found: readonly OrgRecord[]): SaveError {
  const message = "Use one of these records?";
  return saveError("DUPLICATES_DETECTED", message, [], {
    duplicateResult: {
      allowSave: false,
      duplicateRule: rule.name,
      duplicateRuleEntityType: rule.object,
      errorMessage: message,
      matchResults: [
        {
          entityType: rule.object,
          errors: [],
          matchEngine: "ExactMatchEngine",
          matchRecords: found.slice(0, 100).map((record) => ({
            additionalInformation: [],
            fieldDiffs: [],
            matchConfidence: 100,
            record: {
              attributes: { type: rule.object, url: `/services/data/v60.0/sobjects/${rule.object}/${record.id}` },
              Id: record.id,
            },
          })),
          rule: `${rule.name}_Match`,
          size: found.length,
          success: true,
        },
      ],
    },
  });
}
