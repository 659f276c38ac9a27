import type { PropertyDefinition } from "./model.ts";

/** A value as HubSpot stores it, or the reason why it does not take it (an entry of "Property values were not valid"). */
export type CheckedValue =
  | { readonly ok: true; readonly value: string | null }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** HubSpot's limit for a text value. */
const MAX_TEXT_LENGTH = 65_536;
const EMAIL = /^[^\s@<>(),;:"]+@[^\s@<>(),;:".]+(\.[^\s@<>(),;:".]+)*\.[a-z]{2,}$/iu;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const EPOCH = /^-?\d+$/;
const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;
const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
const DAY_MS = 86_400_000;

function refuse(code: string, message: string): CheckedValue {
  return { ok: false, code, message };
}

/** An epoch number or ISO text as epoch milliseconds; null where it is neither. */
export function parseMoment(value: string): number | null {
  const ms = EPOCH.test(value) ? Number(value) : ISO_MOMENT.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(new Date(ms).getTime()) ? null : ms;
}

function checkDate(value: string): CheckedValue {
  if (CALENDAR_DATE.test(value)) {
    const ms = Date.parse(`${value}T00:00:00Z`);
    if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value)) return { ok: true, value };
    return refuse("INVALID_DATE", `${value} was not a valid date.`);
  }
  const ms = parseMoment(value);
  if (ms === null) return refuse("INVALID_DATE", `${value} was not a valid date.`);
  const iso = new Date(ms).toISOString();
  if (ms % DAY_MS !== 0) return refuse("INVALID_DATE", `${value} is at ${iso.slice(11, 23)} UTC, not midnight!`);
  return { ok: true, value: iso.slice(0, 10) };
}

function checkDatetime(value: string): CheckedValue {
  const ms = parseMoment(value);
  if (ms === null) return refuse("INVALID_LONG", `${value} was not a valid long.`);
  return { ok: true, value: new Date(ms).toISOString() };
}

/** The refusal of a value that is no option. */
export function notAnOption(value: string, allowed: readonly string[]): CheckedValue {
  return refuse("INVALID_OPTION", `${value} was not one of the allowed options: [${allowed.join(", ")}]`);
}

function checkOption(definition: PropertyDefinition, value: string): CheckedValue {
  const allowed = definition.options.map((option) => option.value);
  const chosen = definition.fieldType === "checkbox" ? value.split(";").filter((part) => part !== "") : [value];
  const unknown = chosen.find((part) => !allowed.includes(part));
  return unknown === undefined ? { ok: true, value: chosen.join(";") } : notAnOption(unknown, allowed);
}

/** Properties of type enumeration whose options are kept elsewhere (owners, pipelines) or which take any text. */
const EXTERNAL_OPTIONS: ReadonlySet<string> = new Set(["hubspot_owner_id", "pipeline", "dealstage", "hs_additional_emails"]);

export function hasExternalOptions(definition: PropertyDefinition): boolean {
  return definition.hubspotDefined === true && EXTERNAL_OPTIONS.has(definition.name);
}

/** Checks one value against its property as HubSpot does on a write; owners and pipelines are checked elsewhere. */
export function checkValue(definition: PropertyDefinition, value: string): CheckedValue {
  switch (definition.type) {
    case "number":
      if (NUMBER.test(value.trim())) return { ok: true, value: value.trim() };
      return refuse("INVALID_INTEGER", `${value} was not a valid number.`);
    case "date":
      return checkDate(value);
    case "datetime":
      return checkDatetime(value);
    case "bool":
      if (value === "true" || value === "false") return { ok: true, value };
      return notAnOption(value, ["true", "false"]);
    case "enumeration":
      return hasExternalOptions(definition) ? { ok: true, value } : checkOption(definition, value);
    case "string":
    case "phone_number":
      return checkText(definition, value);
  }
}

function checkText(definition: PropertyDefinition, value: string): CheckedValue {
  if (value.length > MAX_TEXT_LENGTH) {
    return refuse("PROPERTY_TOO_LARGE", `Property value exceeds the limit of ${MAX_TEXT_LENGTH} characters.`);
  }
  if (definition.name !== "email") return { ok: true, value };
  const email = value.trim().toLowerCase();
  return EMAIL.test(email) ? { ok: true, value: email } : refuse("INVALID_EMAIL", `Email address ${value} is invalid`);
}
