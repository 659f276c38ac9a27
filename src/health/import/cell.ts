import { isEmail } from "../../records/email.ts";
import type { SalesforceObject, SyncedObject } from "../../records/record.ts";
import { isIntactId, KEY_PREFIXES, longId } from "../../records/salesforce-id.ts";
import { COLUMN_NAMES, type ColumnRole, OBJECT_NAMES } from "../names/column-names.ts";
import { canonicalName, nameIndex } from "../names/language.ts";
import { CATEGORY_NAMES, TYPE_NAMES } from "../names/sync-error-names.ts";
import type { SyncErrorCategory, SyncErrorType } from "../sync-errors.ts";

const TYPES = nameIndex(TYPE_NAMES);
const CATEGORIES = nameIndex(CATEGORY_NAMES);
const OBJECTS = nameIndex(OBJECT_NAMES);
const COLUMNS = nameIndex(COLUMN_NAMES);

/** What people and spreadsheets write where there is nothing. */
const NOTHING: ReadonlySet<string> = new Set(["", "-", "--", "—", "–", "n/a", "na", "null", "none", "(no value)", "#n/a"]);

/** A cell without outer blanks, marks and the apostrophe that keeps spreadsheets from computing; null where it holds nothing. */
export function cellText(cell: string | undefined): string | null {
  const text = (cell ?? "")
    .replaceAll(/[\ufeff\u200b\u200e\u200f]/g, "")
    .trim()
    .replace(/^'(?=[=+@-])/, "");
  return NOTHING.has(text.toLowerCase()) ? null : text;
}

/** HubSpot's type of sync error by its name in any language. */
export function typeNamed(text: string): SyncErrorType | null {
  return TYPES.get(canonicalName(text)) ?? null;
}

export function categoryNamed(text: string): SyncErrorCategory | null {
  return CATEGORIES.get(canonicalName(text)) ?? null;
}

export function objectNamed(text: string): SyncedObject | null {
  return OBJECTS.get(canonicalName(text)) ?? null;
}

/** What a column holds by its name in any language. */
export function roleNamed(text: string): ColumnRole | null {
  const canonical = canonicalName(text);
  // Numbered by whoever made the sheet, because there are two of the name.
  return COLUMNS.get(canonical) ?? COLUMNS.get(canonical.replace(/\d$/, "")) ?? null;
}

/** A record as a cell names it: by an id or by a link in either system. */
export type NamedRecord =
  | { readonly system: "hubspot"; readonly id: string; readonly object: SyncedObject | null }
  /** `id` has 18 characters; `object` is null for those of objects that don't sync. */
  | { readonly system: "salesforce"; readonly id: string; readonly object: SalesforceObject | null };

/** HubSpot's addresses of records, old and new: `/contacts/<portal>/record/0-1/<id>`, `/contacts/<portal>/contact/<id>`. */
const HUBSPOT_ADDRESS = /\/contacts\/\d+\/(?:record\/(0-\d+)|(contact|company|deal))\/(\d+)/i;
const HUBSPOT_TYPES: Readonly<Record<string, SyncedObject>> = {
  "0-1": "contacts",
  "0-2": "companies",
  "0-3": "deals",
  contact: "contacts",
  company: "companies",
  deal: "deals",
};
const SALESFORCE_ADDRESS =
  /(?:salesforce|force)(?:-setup|-sites)?\.(?:com|mil)\/(?:.*?[/=]|)([a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?)(?![a-zA-Z0-9])/i;

/** Reads an id or a link. `bareNumbers`: a number alone is a HubSpot id. */
export function recordNamed(text: string, bareNumbers: boolean): NamedRecord | null {
  const hubspot = HUBSPOT_ADDRESS.exec(text);
  if (hubspot)
    return {
      system: "hubspot",
      id: hubspot[3] ?? "",
      object: HUBSPOT_TYPES[(hubspot[1] ?? hubspot[2] ?? "").toLowerCase()] ?? null,
    };
  const salesforce = SALESFORCE_ADDRESS.exec(text)?.[1];
  if (salesforce !== undefined && isIntactId(salesforce)) return inSalesforce(salesforce);
  if (/^\d{1,19}$/.test(text)) return bareNumbers && !/^0+$/.test(text) ? { system: "hubspot", id: text, object: null } : null;
  return isIntactId(text) ? inSalesforce(text) : null;
}

function inSalesforce(id: string): NamedRecord {
  const prefix = id.slice(0, 3);
  return { system: "salesforce", id: longId(id), object: SYNCED.find((object) => KEY_PREFIXES[object] === prefix) ?? null };
}

const SYNCED: readonly SalesforceObject[] = ["Contact", "Lead", "Account", "Opportunity"];

const CODE = /\b[A-Z]{3,}(?:_[A-Z0-9]+)+\b/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:\s?(?:Z|UTC|[+-]\d{2}:?\d{2}))?$/i;
const OTHER_DATE = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./年]\s?\d{1,2}[./月])/;

/** The code in a message, such as `STRING_TOO_LONG`. */
export function codeIn(message: string): string | null {
  return CODE.exec(message)?.[0] ?? null;
}

/** A time that reads the same everywhere: ISO 8601 (UTC without an offset), or milliseconds since 1970. */
export function momentIn(text: string): Date | null {
  if (/^1\d{12}$/.test(text)) return new Date(Number(text));
  if (!DATE.test(text)) return null;
  const iso = text.replace(/ ?UTC$/i, "Z").replace(" ", "T");
  const at = new Date(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(iso) || iso.length === 10 ? iso : `${iso}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** What a cell is by itself, whatever its column is called. */
export type CellKind = "type" | "category" | "object" | "record" | "email" | "date" | "code" | "text";

export function kindOf(text: string): CellKind {
  if (typeNamed(text) !== null) return "type";
  if (objectNamed(text) !== null) return "object";
  if (categoryNamed(text) !== null) return "category";
  if (momentIn(text) !== null || OTHER_DATE.test(text)) return "date";
  if (recordNamed(text, true) !== null) return "record";
  if (isEmail(text)) return "email";
  return codeIn(text) === null ? "text" : "code";
}
