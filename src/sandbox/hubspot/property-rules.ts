import { parseMoment } from "./property-values.ts";

/** Rules that an admin sets for a property's values; HubSpot enforces them on its API too. Source: its guide *Property validations*. */
export const RULE_TYPES = [
  "MIN_NUMBER",
  "MAX_NUMBER",
  "MIN_LENGTH",
  "MAX_LENGTH",
  "ALPHANUMERIC",
  "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE",
  "START_DATE",
  "END_DATE",
] as const;

export interface PropertyRule {
  readonly ruleType: (typeof RULE_TYPES)[number];
  readonly ruleArguments: readonly string[];
}

interface RuleFault {
  readonly code: string;
  readonly message: string;
}

/** What the first rule that a value breaks says; null where it keeps all of them. A blank value breaks a least length alone. */
export function brokenRule(rules: readonly PropertyRule[], value: string | null): RuleFault | null {
  for (const rule of rules) {
    const message = faultOf(rule, value);
    if (message !== null) return { code: `INVALID_${rule.ruleType}`, message };
  }
  return null;
}

function faultOf({ ruleType, ruleArguments: [given = ""] }: PropertyRule, value: string | null): string | null {
  if (value === null) return ruleType === "MIN_LENGTH" ? `Enter at least ${given} characters` : null;
  switch (ruleType) {
    case "MIN_NUMBER":
      return Number(value) < Number(given) ? `Enter a number of at least ${given}` : null;
    case "MAX_NUMBER":
      return Number(value) > Number(given) ? `Enter a number of at most ${given}` : null;
    case "MIN_LENGTH":
      return value.length < Number(given) ? `Enter at least ${given} characters` : null;
    case "MAX_LENGTH":
      return value.length > Number(given) ? `Enter at most ${given} characters` : null;
    case "ALPHANUMERIC":
      return alphanumericFault(given, value);
    case "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE":
      return /^\+\d[\d\s().-]{5,}$/.test(value) ? null : "Enter a phone number with its country code";
    case "START_DATE":
      return momentOf(value) < momentOf(given) ? `Enter a date from ${given} on` : null;
    case "END_DATE":
      return momentOf(value) > momentOf(given) ? `Enter a date until ${given}` : null;
  }
}

function alphanumericFault(kind: string, value: string): string | null {
  if (kind === "NUMERIC_ONLY") return /^\d+$/.test(value) ? null : "Enter only numbers";
  if (kind === "ALPHA_ONLY") return /^\p{L}+$/u.test(value) ? null : "Enter only letters";
  return /^[\p{L}\d]+$/u.test(value) ? null : "Enter only letters and numbers";
}

function momentOf(value: string): number {
  return parseMoment(value) ?? Date.parse(value);
}
