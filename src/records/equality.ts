import { sameListed } from "./address.ts";
import { readBoolean } from "./boolean.ts";
import { type Decimal, readDecimal, roundDecimal, sameDecimal } from "./decimal.ts";
import { readMoment, sameMoment } from "./moment.ts";
import { hubspotOption, salesforceOption, splitOptions } from "./options.ts";
import { isQueue, sameOwner } from "./owner.ts";
import { readPhone } from "./phone.ts";
import type { SalesforceValue } from "./record.ts";
import { canonicalRichText } from "./rich-text.ts";
import { isSalesforceId, sameId } from "./salesforce-id.ts";
import type { HubSpotProperty, SalesforceField } from "./schema.ts";
import type { Translation } from "./schemas.ts";
import { stageName } from "./stage.ts";
import { canonicalText, isBlank } from "./text.ts";
import { readTimeOfDay } from "./time-of-day.ts";
import { type ValueKind, valueKind } from "./value-kind.ts";
import { sameWebAddress } from "./web-address.ts";

/** What decides how two values are read. Without property and field, they are compared by their form alone. */
export interface EqualityContext extends Translation {
  readonly property?: HubSpotProperty | undefined;
  readonly field?: SalesforceField | undefined;
  /** Where the field is an address's state or country: the picklist of their codes. */
  readonly codes?: SalesforceField | undefined;
}

/**
 * Whether both systems hold the same value, whatever form each gives it: number formats, days as dates or epoch milliseconds,
 * booleans as text, the order of options, outer spaces and line ends, letter case of emails, the punctuation of phone numbers, addresses of the web, times of day and rich text, an owner's id on either side,
 * an option's value and label, a state's or country's name and code, and no value as null, absent or empty (an unchecked box is none). Everything else differs.
 */
export function sameValue(
  hubspotValue: string | null | undefined,
  salesforceValue: SalesforceValue | undefined,
  context: EqualityContext,
): boolean {
  const kind = valueKind(context.field, context.property);
  if (kind === "boolean" || typeof salesforceValue === "boolean") return sameBoolean(hubspotValue, salesforceValue);
  const isOwner = kind === "owner";
  const inSalesforce = isOwner && typeof salesforceValue === "string" && isQueue(salesforceValue) ? null : salesforceValue;
  if (isBlank(hubspotValue) || isBlank(inSalesforce)) return isBlank(hubspotValue) && isBlank(inSalesforce);
  return samePresent(kind, hubspotValue, inSalesforce, context);
}

function samePresent(kind: ValueKind, hubspot: string, salesforce: string | number, context: EqualityContext): boolean {
  const [left, right] = [canonicalText(hubspot), canonicalText(String(salesforce))];
  if (left !== right && context.codes !== undefined && sameListed(left, right, context.codes)) return true;
  switch (kind) {
    case "owner":
      return sameOwner(left, right, context) || (isSalesforceId(left) && sameId(left, right));
    case "stage":
      return left === right || stageName(left, context.pipelines ?? []) === right;
    case "id":
      return sameId(left, right);
    case "options":
      return sameOptions(left, right, context);
    case "option":
      return sameOption(left, right, context);
    case "number":
      return sameNumber(left, right, context.field) ?? left === right;
    case "day":
      return sameTime(left, right, true) ?? left === right;
    case "instant":
      return sameTime(left, right, false) ?? left === right;
    case "email":
      return left.toLowerCase() === right.toLowerCase();
    case "phone":
      return sameForm(left, right, readPhone);
    case "web-address":
      return sameWebAddress(left, right) ?? left === right;
    case "time-of-day":
      return sameForm(left, right, readTimeOfDay);
    case "rich-text":
      return left === right || canonicalRichText(left) === canonicalRichText(right);
    case "text":
      return left === right;
    default:
      return sameByForm(left, right, typeof salesforce === "number");
  }
}

/** By the form that both have in common, where both can be read; else as they stand. */
function sameForm(left: string, right: string, read: (text: string) => string | null): boolean {
  const form = read(left);
  return left === right || (form !== null && form === read(right));
}

function sameBoolean(hubspot: string | null | undefined, salesforce: SalesforceValue | undefined): boolean {
  const [left, right] = [readBoolean(hubspot), readBoolean(salesforce)];
  if (left !== null && right !== null) return left === right;
  return left === right && canonicalText(String(hubspot)) === canonicalText(String(salesforce));
}

/** Null where one of them is no number. */
function sameNumber(left: string, right: string, field: SalesforceField | undefined): boolean | null {
  const [first, second] = [readDecimal(left), readDecimal(right)];
  if (first === null || second === null) return null;
  return sameDecimal(stored(first, field), stored(second, field));
}

/** Salesforce rounds what has more digits after the point than the field; whole-number fields refuse it. */
function stored(decimal: Decimal, field: SalesforceField | undefined): Decimal {
  const rounds = field !== undefined && ["double", "currency", "percent"].includes(field.type) && field.precision > 0;
  return rounds ? roundDecimal(decimal, field.scale) : decimal;
}

/** Null where one of them is no date. */
function sameTime(left: string, right: string, byDay: boolean): boolean | null {
  const [first, second] = [readMoment(left), readMoment(right)];
  return first === null || second === null ? null : sameMoment(first, second, byDay);
}

function sameOptions(left: string, right: string, context: EqualityContext): boolean {
  const [first, second] = [splitOptions(left), splitOptions(right)];
  return first.length === second.length && first.every((option) => second.some((other) => sameOption(option, other, context)));
}

function sameOption(hubspot: string, salesforce: string, { property, field }: EqualityContext): boolean {
  if (hubspot === salesforce) return true;
  // The Salesforce value is itself an option of HubSpot's under its own name: then only that one is the same.
  if (property?.options.some(({ value }) => value === salesforce)) return false;
  if (property !== undefined && hubspotOption(salesforce, property, field)?.value === hubspot) return true;
  return field !== undefined && salesforceOption(hubspot, field, property)?.value === salesforce;
}

/** Without schemas: only what Salesforce's own form shows to be a number or a date is read as one. */
function sameByForm(left: string, right: string, isNumber: boolean): boolean {
  if (isNumber) return sameNumber(left, right, undefined) ?? left === right;
  if (readMoment(right, { epoch: false }) !== null) return sameTime(left, right, false) ?? left === right;
  return left === right || (isSalesforceId(right) && sameId(left, right));
}
