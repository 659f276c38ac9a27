import { hasBit } from "./picklist-dependency.ts";
import type { SalesforceValue } from "./record.ts";
import type { SalesforceField, SalesforceObjectSchema } from "./schema.ts";
import type { SchemaProblem } from "./schema-problem.ts";
import { isBlank } from "./text.ts";

/**
 * Addresses in orgs with State and Country/Territory Picklists: `MailingState` and `MailingCountry` hold names as text,
 * `MailingStateCode` and `MailingCountryCode` are picklists of the codes, labelled with the names.
 */

const PART = /^(?<prefix>|Mailing|Other|Billing|Shipping|Permanent)(?<part>State|Country)(?<code>Code)?$/;

type Values = Readonly<Record<string, SalesforceValue>>;

/** The picklist of codes behind a state or country held as text; undefined where the org has none, or for any other field. */
export function codesBehind(field: string, schema: SalesforceObjectSchema | undefined): SalesforceField | undefined {
  const parts = PART.exec(field)?.groups;
  if (parts === undefined || parts.code !== undefined) return undefined;
  const codes = schema?.fields[`${field}Code`];
  return codes !== undefined && codes.picklistValues.length > 0 ? codes : undefined;
}

/** Whether two texts are the name and the code, or twice the same, of one state or country. */
export function sameListed(left: string, right: string, codes: SalesforceField): boolean {
  return codes.picklistValues.some(
    ({ value, label }) => (value === left || label === left) && (value === right || label === right),
  );
}

/**
 * What State and Country/Territory Picklists have against a write. `before`: the record as it is, null for a new one; fields
 * that were not read are not held against it. Salesforce takes a name by its integration value, which describe doesn't show:
 * a name that is no label is not certain to be refused.
 */
export function checkAddresses(written: Values, before: Values | null, schema: SalesforceObjectSchema): readonly SchemaProblem[] {
  const prefixes = new Set(
    Object.keys(written).flatMap((field) => {
      const prefix = PART.exec(field)?.groups?.prefix;
      return prefix !== undefined && codesBehind(`${prefix}Country`, schema) !== undefined ? [prefix] : [];
    }),
  );
  return [...prefixes].flatMap((prefix) => checkAddress(prefix, written, before, schema) ?? []);
}

function checkAddress(
  prefix: string,
  written: Values,
  before: Values | null,
  schema: SalesforceObjectSchema,
): SchemaProblem | null {
  const countries = codesBehind(`${prefix}Country`, schema);
  const states = codesBehind(`${prefix}State`, schema);
  if (countries === undefined) return null;
  const country = partOf(`${prefix}Country`, written, before);
  const state = partOf(`${prefix}State`, written, before);
  const report = (part: "Country" | "State", change: Partial<SchemaProblem>): SchemaProblem => {
    const field = written[`${prefix}${part}Code`] === undefined ? `${prefix}${part}` : `${prefix}${part}Code`;
    return {
      kind: "not-in-address-list",
      salesforceField: field,
      hubspotProperty: null,
      fieldLabel: schema.fields[field]?.label ?? field,
      value: null,
      certain: true,
      details: {},
      ...change,
    };
  };
  // A code that isn't listed is an option that its own picklist doesn't have.
  const isByCode = [`${prefix}CountryCode`, `${prefix}StateCode`].some((field) => written[field] !== undefined);
  const place = countries.picklistValues.findIndex(({ label, value }) => label === country || value === country);
  if (typeof country === "string" && place === -1) {
    if (isByCode) return null;
    return report("Country", { value: country, certain: false, details: { option: country } });
  }
  if (typeof state !== "string") return null;
  // A country that wasn't read is not a blank one.
  if (country === null) return report("Country", { kind: "required", details: { country: `${prefix}Country`, state } });
  if (states === undefined || country === undefined) return null;
  const meant = states.picklistValues.filter(({ label, value }) => label === state || value === state);
  const fits = meant.some(({ validFor }) => validFor === undefined || hasBit(validFor, place));
  const details = { option: state, country };
  if (meant.length > 0 && !fits) return report("State", { value: state, details: { ...details, reason: "other-country" } });
  if (isByCode || (fits && !isShort(country, countries) && !isShort(state, states))) return null;
  if (isShort(country, countries)) {
    return report("Country", { value: country, certain: false, details: { option: country } });
  }
  return report("State", { value: state, certain: false, details });
}

/** A code where its field takes names. */
function isShort(text: string, codes: SalesforceField): boolean {
  return !codes.picklistValues.some(({ label }) => label === text);
}

/** A state's or country's name or code as it would be after the write: null where blank, undefined where not known. */
function partOf(field: string, written: Values, before: Values | null): string | null | undefined {
  for (const name of [`${field}Code`, field]) {
    const value = written[name];
    if (value !== undefined) return isBlank(value) ? null : String(value).trim();
  }
  if (before === null) return null;
  const value = before[field] ?? before[`${field}Code`];
  if (value === undefined) return undefined;
  return isBlank(value) ? null : String(value).trim();
}
