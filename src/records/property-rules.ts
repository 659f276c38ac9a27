import { readDecimal } from "./decimal.ts";
import { readMoment } from "./moment.ts";
import type { PropertyRule } from "./schema.ts";

/** What a rule that a value breaks takes instead, in words; `isRequired` where it is the value's absence that breaks it. */
export interface BrokenRule {
  readonly type: string;
  readonly expected: string;
  readonly isRequired: boolean;
}

/**
 * The first of a HubSpot property's rules that a value breaks (null: an empty one); null where it keeps all that are understood.
 * Regular expressions are left out: running those of others is not safe. Source: HubSpot's *Property validations*.
 */
export function brokenRule(rules: readonly PropertyRule[], value: string | null): BrokenRule | null {
  for (const rule of rules) {
    const expected = value === null ? null : expectedBy(rule, value);
    if (expected !== null) return { type: rule.type, expected, isRequired: false };
    const least = rule.type === "MIN_LENGTH" ? Number(rule.arguments[0]) : 0;
    if (value === null && least > 0) return { type: rule.type, expected: `at least ${characters(least)}`, isRequired: true };
  }
  return null;
}

function expectedBy({ type, arguments: [given = ""] }: PropertyRule, value: string): string | null {
  switch (type) {
    case "MIN_NUMBER":
      return compared(value, given) < 0 ? `at least ${given}` : null;
    case "MAX_NUMBER":
      return compared(value, given) > 0 ? `at most ${given}` : null;
    case "MIN_LENGTH":
      return value.length < Number(given) ? `at least ${characters(Number(given))}` : null;
    case "MAX_LENGTH":
      return value.length > Number(given) ? `at most ${characters(Number(given))}` : null;
    case "ALPHANUMERIC":
      return alphanumeric(given, value);
    case "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE":
      return value.startsWith("+") && value.replaceAll(/\D/g, "").length >= 7
        ? null
        : "a phone number with its country code, such as +47";
    case "START_DATE":
      return order(value, given) < 0 ? `a date from ${given} on` : null;
    case "END_DATE":
      return order(value, given) > 0 ? `a date until ${given}` : null;
    default:
      return null;
  }
}

function alphanumeric(kind: string, value: string): string | null {
  if (kind === "NUMERIC_ONLY") return /^\p{Nd}+$/u.test(value) ? null : "digits alone";
  if (kind === "ALPHA_ONLY") return /^\p{L}+$/u.test(value) ? null : "letters alone";
  return null;
}

/** 0 where one of the two is no number: another check's matter. */
function compared(value: string, bound: string): number {
  return readDecimal(value) === null || readDecimal(bound) === null ? 0 : Number(value) - Number(bound);
}

function order(value: string, bound: string): number {
  const [own, other] = [epochOf(value), epochOf(bound)];
  return readMoment(value) === null || Number.isNaN(own) || Number.isNaN(other) ? 0 : own - other;
}

function epochOf(text: string): number {
  return /^\d{9,}$/.test(text) ? Number(text) : Date.parse(text);
}

function characters(count: number): string {
  return count === 1 ? "1 character" : `${count} characters`;
}
