import { type Sentence, sentence } from "../language/sentence.ts";
import type { Direction, FieldMapping } from "../records/mapping.ts";
import { splitOptions } from "../records/options.ts";
import { carriesOwner } from "../records/owner.ts";
import type { CrmSystem, SalesforceObject, SalesforceValue, SyncedObject } from "../records/record.ts";
import type { HubSpotProperty, PropertyRules, SalesforceField } from "../records/schema.ts";
import type { Schemas } from "../records/schemas.ts";
import { isBlank } from "../records/text.ts";
import { choicesFor, type FixOption } from "./remedy-choices.ts";
import { problemsWith } from "./remedy-problems.ts";
import { proposalFor } from "./remedy-proposal.ts";
import type { SyncErrorType } from "./sync-errors.ts";

/** The longest text that a dialog of Slack's takes. */
export const LONGEST_INPUT = 3_000;

/** The errors that one other value of the mapped field puts right, by the way the value travels. */
const FIXABLE = {
  "hubspot-to-salesforce": [
    "missing-picklist-option",
    "restricted-picklist-value",
    "options-mismatch",
    "state-country-mismatch",
    "inactive-owner",
    "string-too-long",
    "invalid-email",
    "invalid-value",
    "missing-required-country",
    "missing-required-value",
  ],
  "salesforce-to-hubspot": ["options-mismatch", "owners-not-synced", "invalid-email", "invalid-value", "missing-required-value"],
} as const satisfies Record<Direction, readonly SyncErrorType[]>;

/** Which error it is, as its group tells. */
export interface FixableError {
  readonly type: SyncErrorType;
  readonly direction: Direction;
  readonly object: SyncedObject;
  readonly hubspotProperty: string | null;
  readonly salesforceField: string | null;
  readonly details: Readonly<Record<string, string>>;
}

/** One record that it holds back, as both systems have it now; null where a system doesn't have it. */
export interface FixableRecord {
  readonly salesforceObject: SalesforceObject;
  readonly hubspot: Readonly<Record<string, string | null>> | null;
  readonly salesforce: Readonly<Record<string, SalesforceValue>> | null;
  /** The options that the record's record type takes in the field; null where that isn't known or doesn't matter. */
  readonly allowed: readonly string[] | null;
}

export interface FixWorld {
  readonly mappings: readonly FieldMapping[];
  readonly schemas: Schemas;
  /** Of the object's properties, by property. */
  readonly rules: PropertyRules;
}

/** How the value is entered. */
export type FixInput =
  | { readonly kind: "choice"; readonly options: readonly FixOption[] }
  | { readonly kind: "text"; readonly maxLength: number; readonly multiline: boolean; readonly isEmail: boolean };

/** The field that is given another value, in the system from which the value travels. */
export interface Remedy {
  readonly system: CrmSystem;
  readonly mapping: FieldMapping;
  /** API name in that system, and what people call it there. */
  readonly field: string;
  readonly label: string;
  /** What it has now. */
  readonly before: SalesforceValue;
  readonly input: FixInput;
  /** Of a list of options: the one that is replaced. Null: the whole value is. */
  readonly part: string | null;
  /** A value that suggests itself. Never written unless somebody says so. */
  readonly proposal: string | null;
}

/** The two sides of the mapping that is concerned: where the value is written, and where it is to arrive. */
export interface FixSides {
  readonly mapping: FieldMapping;
  readonly direction: Direction;
  readonly property: HubSpotProperty;
  readonly field: SalesforceField;
}

/** Whether one other value may put such an error right; the record itself decides. */
export function isFixable({ type, direction, hubspotProperty, salesforceField }: FixableError): boolean {
  const types: readonly SyncErrorType[] = FIXABLE[direction];
  return types.includes(type) && hubspotProperty !== null && salesforceField !== null;
}

/** What puts a record right, or why no single value can from here. */
export function remedyOf(error: FixableError, record: FixableRecord, world: FixWorld): Remedy | { readonly why: Sentence } {
  const sides = sidesOf(error, record, world);
  if ("why" in sides) return sides;
  const { mapping, property, field } = sides;
  const inHubSpot = error.direction === "hubspot-to-salesforce";
  const holder = inHubSpot ? record.hubspot : record.salesforce;
  if (holder === null) {
    return { why: sentence("The record is no longer in {system}.", { system: inHubSpot ? "HubSpot" : "Salesforce" }) };
  }
  const before = (inHubSpot ? holder[mapping.hubspotProperty] : holder[mapping.salesforceField]) ?? null;
  const part = partOf(before, error, sides);
  const input = inputFor({ before, part }, error, record, sides, world);
  if ("why" in input) return input;
  const base = {
    system: inHubSpot ? ("hubspot" as const) : ("salesforce" as const),
    mapping,
    field: inHubSpot ? property.name : field.name,
    label: inHubSpot ? property.label : field.label,
    before,
    input,
    part,
  };
  const proposed = proposalFor(base, error, record, sides, world);
  const isSound = proposed !== null && problemsWith(valueToWrite(base, proposed, sides), record, sides, world).length === 0;
  return { ...base, proposal: isSound ? proposed : null };
}

/** The mapping that the value travels by, with both its ends; or why it can't be mended from here. */
export function sidesOf(
  error: FixableError,
  { salesforceObject }: Pick<FixableRecord, "salesforceObject">,
  { mappings, schemas }: FixWorld,
): FixSides | { readonly why: Sentence } {
  if (!isFixable(error)) return { why: sentence("No single value puts this error right: its advice says what does.") };
  const mapping = mappings.find(
    (one) =>
      one.object === error.object &&
      one.salesforceObject === salesforceObject &&
      one.hubspotProperty === error.hubspotProperty &&
      one.salesforceField === error.salesforceField,
  );
  if (mapping === undefined) {
    return { why: sentence("The field isn't mapped for {object} any more.", { object: salesforceObject }) };
  }
  const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
  const field = schemas.salesforce[salesforceObject]?.fields[mapping.salesforceField];
  if (property === undefined || field === undefined) {
    return { why: sentence("One of the systems no longer shows the field.") };
  }
  const { direction } = error;
  if (direction === "hubspot-to-salesforce" && (property.calculated || property.readOnlyValue)) {
    return {
      why: sentence("HubSpot works out {property} by itself: nobody can write it.", { property: property.label }),
    };
  }
  if (direction === "salesforce-to-hubspot" && (field.calculated || !field.updateable)) {
    return { why: sentence("The integration user can't write Salesforce's {field}.", { field: field.label }) };
  }
  return { mapping, direction, property, field };
}

/** The value to write for what was entered: of a list the one option is replaced, numbers are numbers in Salesforce. */
export function valueToWrite(
  { before, part }: Pick<Remedy, "before" | "part">,
  entered: string,
  { direction, field }: Pick<FixSides, "direction" | "field">,
): SalesforceValue {
  const text = entered.trim();
  if (part !== null) {
    const kept = splitOptions(String(before ?? "")).map((option) => (option === part ? text : option));
    return [...new Set(kept)].join(";");
  }
  const isNumber = direction === "salesforce-to-hubspot" && NUMBERS.includes(field.type);
  return isNumber && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

const NUMBERS: readonly string[] = ["double", "currency", "percent", "int", "long"];
/** What people don't type into a dialog. */
const UNTYPED: readonly string[] = ["boolean", "datetime", "reference", "id", "time", "bool"];

function partOf(before: SalesforceValue, { details }: FixableError, { property, field }: FixSides): string | null {
  const isList = field.type === "multipicklist" || (property.type === "enumeration" && property.fieldType === "checkbox");
  const options = isList ? splitOptions(String(before ?? "")) : [];
  const { option } = details;
  return options.length > 1 && option !== undefined && options.includes(option) ? option : null;
}

function inputFor(
  held: Pick<Remedy, "before" | "part">,
  error: FixableError,
  record: FixableRecord,
  sides: FixSides,
  world: FixWorld,
): FixInput | { readonly why: Sentence } {
  const options = choicesFor(record, sides, world);
  if (options !== null) {
    const fitting = options
      .filter(({ value }) => value !== held.before && value !== held.part)
      .filter(({ value }) => problemsWith(valueToWrite(held, value, sides), record, sides, world).length === 0);
    if (fitting.length > 0) return { kind: "choice", options: fitting };
    const isRight = problemsWith(held.before, record, sides, world).length === 0;
    return { why: isRight ? rightByNow(sides) : noChoice(record, sides) };
  }
  const { property, field, direction } = sides;
  const own = direction === "hubspot-to-salesforce" ? property.type : field.type;
  if (UNTYPED.includes(own) || carriesOwner(field, property)) {
    const label = direction === "hubspot-to-salesforce" ? property.label : field.label;
    return { why: sentence("A value of {field} can't be typed here.", { field: label }) };
  }
  const isEmail = field.type === "email" || property.name === "email";
  const limit = TEXTS.includes(field.type) && field.length > 0 ? field.length : LONGEST_INPUT;
  // A text of which more than a dialog holds may stay must not be cut to what it holds.
  if (error.type === "string-too-long" && limit > LONGEST_INPUT) {
    return {
      why: sentence(
        "The text may have {limit, plural, one {# character} other {# characters}}, which is more than a dialog in Slack takes: shorten it in place.",
        { limit },
      ),
    };
  }
  const isLong = field.type === "textarea" || property.fieldType === "textarea" || limit > 255;
  return { kind: "text", maxLength: Math.min(limit, LONGEST_INPUT), multiline: isLong && !isEmail, isEmail };
}

/** Salesforce's types whose values are text with a length. */
const TEXTS: readonly string[] = ["string", "textarea", "email", "phone", "url", "encryptedstring"];

function rightByNow({ field, property, direction }: FixSides): Sentence {
  const [system, label] = direction === "hubspot-to-salesforce" ? ["HubSpot", property.label] : ["Salesforce", field.label];
  return sentence("{system}'s {field} has a value by now that both systems take: there is nothing to fix in this record.", {
    system,
    field: label,
  });
}

function noChoice({ salesforce }: FixableRecord, { field, property, direction }: FixSides): Sentence {
  if (carriesOwner(field, property)) return sentence("Nobody is an active owner in both systems.");
  const [from, to] = direction === "hubspot-to-salesforce" ? ["HubSpot", "Salesforce"] : ["Salesforce", "HubSpot"];
  const values = { from, to, field: direction === "hubspot-to-salesforce" ? property.label : field.label };
  return salesforce === null
    ? sentence("{from}'s {field} has no option that {to} takes: the options themselves have to be changed first.", values)
    : sentence(
        "{from}'s {field} has no option that {to} takes for this record as it is: the options themselves have to be changed first.",
        values,
      );
}

/** The option of a choice by its key, or what somebody typed. Null where there is no such option any more. */
export function enteredIn(input: FixInput, entered: string): string | null {
  if (input.kind === "text") return entered.trim();
  return input.options.find(({ key }) => key === entered)?.value ?? null;
}

/** Whether a field still has a value, as far as form allows: outer spaces, line ends and an address's letter case are form. */
export function sameValue(one: SalesforceValue, other: SalesforceValue): boolean {
  if (isBlank(one) || isBlank(other)) return isBlank(one) && isBlank(other);
  if (typeof one !== "string" || typeof other !== "string") return String(one) === String(other);
  const plain = (text: string) => text.replaceAll(/\r\n?/g, "\n").trim();
  const [left, right] = [plain(one), plain(other)];
  if (left === right) return true;
  const isAddress = /^\S+@\S+$/.test(left) && /^\S+@\S+$/.test(right);
  return isAddress && left.toLowerCase() === right.toLowerCase();
}
