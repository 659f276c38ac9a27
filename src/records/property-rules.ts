import { readDecimal } from "./decimal.ts";
import { readMoment } from "./moment.ts";
import type { PropertyRule } from "./schema.ts";

/** A rule that a value breaks; `isRequired` where it is the value's absence that breaks it. */
export interface BrokenRule {
  readonly type: string;
  /** The rule's own argument: a number, a length, a date; empty where it has none. */
  readonly bound: string;
  readonly isRequired: boolean;
}

/**
 * The first of a HubSpot property's rules that a value breaks (null: an empty one); null where it keeps all that are understood.
 * Regular expressions are left out: running those of others is not safe. Source: HubSpot's *Property validations*.
 */
export function brokenRule(rules: readonly PropertyRule[], value: string | null): BrokenRule | null {
  for (const rule of rules) {
    const [bound = ""] = rule.arguments;
    if (value !== null && breaks(value, rule.type, bound)) return { type: rule.type, bound, isRequired: false };
    if (value === null && rule.type === "MIN_LENGTH" && Number(bound) > 0) return { type: rule.type, bound, isRequired: true };
  }
  return null;
}

function breaks(value: string, type: string, bound: string): boolean {
  switch (type) {
    case "MIN_NUMBER":
      return compared(value, bound) < 0;
    case "MAX_NUMBER":
      return compared(value, bound) > 0;
    case "MIN_LENGTH":
      return value.length < Number(bound);
    case "MAX_LENGTH":
      return value.length > Number(bound);
    case "ALPHANUMERIC":
      return (bound === "NUMERIC_ONLY" && !/^\p{Nd}+$/u.test(value)) || (bound === "ALPHA_ONLY" && !/^\p{L}+$/u.test(value));
    case "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE":
      return !value.startsWith("+") || value.replaceAll(/\D/g, "").length < 7;
    case "START_DATE":
      return order(value, bound) < 0;
    case "END_DATE":
      return order(value, bound) > 0;
    default:
      return false;
  }
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
