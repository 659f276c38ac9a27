import type { FixProblem } from "../../../health/remedy-problems.ts";
import { type Said, type Sentence, sentence } from "../../../language/sentence.ts";
import { type SalesforceValue, SYSTEM_NAMES } from "../../../records/record.ts";
import { isBlank, plainText } from "../../../records/text.ts";
import { schemaStatement } from "../../poll/finding.ts";
import type { FixParameters } from "./parameters.ts";

/** Why a value would fail again, in one sentence. Plain text. */
export function problemWords(problem: FixProblem): Said {
  switch (problem.kind) {
    case "blank":
      return sentence("A value is needed.");
    case "schema":
      return sentence("{statement}.", { statement: schemaStatement(problem.problem, problem.target) });
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
export function valueWords(value: SalesforceValue, limit = 80): Sentence {
  return isBlank(value) ? sentence("no value") : sentence("“{text}”", { text: plainText(String(value), limit) });
}

/** "Customer Tier: “Platinum” → “Gold” in HubSpot". Plain text. */
export function changeWords({
  label,
  before,
  after,
  system,
}: Pick<FixParameters, "label" | "before" | "after" | "system">): Sentence {
  return sentence("{field}: {before} → {after} in {system}", {
    field: label,
    before: valueWords(before),
    after: valueWords(after),
    system: SYSTEM_NAMES[system],
  });
}
