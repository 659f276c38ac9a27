import type { Direction } from "../records/mapping.ts";
import type { SchemaProblem } from "../records/schema-checks.ts";
import type { Diagnosis } from "./record-refusal.ts";

/** The sync error that a problem with a schema means. */
export function findingType(problem: SchemaProblem, _direction: Direction): Diagnosis {
  return { type: "other", salesforceField: problem.salesforceField, cause: problem.kind, value: problem.value, details: {} };
}
