import type { FixProblem } from "../../../health/remedy-problems.ts";
import type { SalesforceValue } from "../../../records/record.ts";
import { isBlank, plainText } from "../../../records/text.ts";
import { schemaStatement } from "../../poll/finding.ts";
import type { FixParameters } from "./parameters.ts";

/** Why a value would fail again, in one sentence. Plain text. */
export function problemWords(problem: FixProblem): string {
  switch (problem.kind) {
    case "blank":
      return "A value is needed.";
    case "schema":
      return `${schemaStatement(problem.problem, problem.target)}.`;
    case "controlled": {
      const held = problem.value === "" ? "which is blank" : `which is “${plainText(problem.value, 80)}”`;
      return `“${plainText(problem.option, 80)}” doesn't go with the record's ${problem.by}, ${held}.`;
    }
    case "record-type":
      return `The record's record type doesn't take “${plainText(problem.option, 80)}”.`;
  }
}

/** A value as people are shown it. */
export function valueWords(value: SalesforceValue, limit = 80): string {
  return isBlank(value) ? "no value" : `“${plainText(String(value), limit)}”`;
}

/** "HubSpot", "Salesforce". */
export function systemName(system: "hubspot" | "salesforce"): string {
  return system === "hubspot" ? "HubSpot" : "Salesforce";
}

/** "Customer Tier: “Platinum” → “Gold” in HubSpot". Plain text. */
export function changeWords({
  label,
  before,
  after,
  system,
}: Pick<FixParameters, "label" | "before" | "after" | "system">): string {
  return `${label}: ${valueWords(before)} → ${valueWords(after)} in ${systemName(system)}`;
}
