import type { FixProblem } from "../../../health/remedy-problems.ts";
import { type Said, sentence } from "../../../language/sentence.ts";
import type { SalesforceValue } from "../../../records/record.ts";
import { isBlank, plainText } from "../../../records/text.ts";
import { schemaStatement } from "../../poll/finding.ts";
import type { FixParameters } from "./parameters.ts";

/** Why a value would fail again, in one sentence. Plain text. */
export function problemWords(problem: FixProblem): Said {
  switch (problem.kind) {
    case "blank":
      return sentence("A value is needed.");
    case "schema":
      return `${schemaStatement(problem.problem, problem.target)}.`;
    case "controlled": {
      const values = { option: plainText(problem.option, 80), field: problem.by };
      return problem.value === ""
        ? sentence("“{option}” doesn't go with the record's {field}, which is blank.", values)
        : sentence("“{option}” doesn't go with the record's {field}, which is “{value}”.", {
            ...values,
            value: plainText(problem.value, 80),
          });
    }
    case "record-type":
      return sentence("The record's record type doesn't take “{option}”.", { option: plainText(problem.option, 80) });
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
