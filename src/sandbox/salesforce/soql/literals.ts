import { ApiError } from "../errors.ts";
import { normalizeId } from "../ids.ts";
import type { FieldDefinition, FieldValue } from "../model.ts";
import { parseDate, parseDateTime } from "../timestamps.ts";
import { dateLiteral, type Span } from "./date-literals.ts";
import { fieldFault } from "./faults.ts";

export type Operand = { readonly value: FieldValue } | { readonly span: Span };

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** The text between the quotes. Escaped wildcards of LIKE keep their backslash. */
export function unquote(literal: string): string {
  const inner = literal.startsWith("'") ? literal.slice(1, -1) : literal;
  return inner.replace(/\\(.)/gs, (whole, character: string) => {
    if (character === "%" || character === "_") return whole;
    return ESCAPES[character] ?? character;
  });
}

function typeFault(query: string, path: string, type: string, quoted: boolean): ApiError {
  const should = quoted ? "should be enclosed in quotes" : "should not be enclosed in quotes";
  return fieldFault(query, path, `value of filter criterion for field '${path}' must be of type ${type} and ${should}`);
}

const TEXT_TYPES = new Set(["string", "textarea", "picklist", "multipicklist", "email", "phone", "url"]);

/** A literal of a query as a value of the field it is compared with. Throws what Salesforce says to the wrong kind. */
export function operandOf(
  query: string,
  path: string,
  field: FieldDefinition,
  literal: { readonly text: string; readonly type: string },
  now: Date,
): Operand {
  if (literal.type === "NULL") return { value: null };
  const { text, type } = literal;
  if (field.type === "id" || field.type === "reference") {
    if (type !== "STRING") throw typeFault(query, path, "string", true);
    // Durable ids of setup objects are names.
    const names = field.referenceTo?.includes("EntityDefinition") === true;
    const id = names ? unquote(text) : normalizeId(unquote(text));
    if (id === null && unquote(text) !== "") {
      throw new ApiError(
        400,
        "INVALID_QUERY_FILTER_OPERATOR",
        fieldFault(query, path, `invalid ID field: ${unquote(text)}`).message,
      );
    }
    return { value: id };
  }
  if (TEXT_TYPES.has(field.type)) {
    if (type !== "STRING") throw typeFault(query, path, "string", true);
    return { value: unquote(text) };
  }
  if (type === "STRING") throw typeFault(query, path, field.type === "datetime" ? "dateTime" : field.type, false);
  if (field.type === "boolean") {
    if (type !== "BOOLEAN") throw typeFault(query, path, "boolean", false);
    return { value: text.toUpperCase() === "TRUE" };
  }
  if (field.type === "date" || field.type === "datetime") {
    if (type === "DATE_LITERAL" || type === "DATE_N_LITERAL") {
      const span = dateLiteral(text, now);
      if (span !== null) return { span };
    }
    const wanted = field.type === "date" ? "DATE" : "DATETIME";
    const value = type !== wanted ? null : field.type === "date" ? parseDate(text) : parseDateTime(text);
    if (value === null) throw typeFault(query, path, field.type === "date" ? "date" : "dateTime", false);
    return { value };
  }
  const number = Number(text);
  if (Number.isNaN(number)) throw typeFault(query, path, field.type, false);
  return { value: number };
}
