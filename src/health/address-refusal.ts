import { codesBehind } from "../records/address.ts";
import { isBlank } from "../records/text.ts";
import { asksForCountry } from "./address-wording.ts";
import type { Diagnosis, RefusedWrite } from "./diagnosis.ts";
import type { Refusal } from "./refusal.ts";

/** `MailingState`, `BillingCountryCode`, `State` … */
export function isStateOrCountryField(field: string): boolean {
  return /^(?:Mailing|Other|Billing|Shipping|Permanent|PersonMailing|PersonOther)?(?:State|Country)(?:Code)?$/.test(field);
}

export function isCountryField(field: string): boolean {
  return isStateOrCountryField(field) && /Country(?:Code)?$/.test(field);
}

/** What sets one wrong state or country apart from another: a state that is listed is wrong for its country alone. */
export function addressCause(field: string, value: string | null, country: string | null): string {
  return `${field} ${value ?? ""}${country === null ? "" : ` in ${country}`}`.trim();
}

/**
 * An address that Salesforce's State and Country picklists refuse. A state without a country lacks the country; everything else
 * is a value that the lists don't have, or not in that country. Salesforce may name the code's field where the name was written.
 */
export function diagnoseAddress(named: string, refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = write.fields[named] === undefined ? named.replace(/Code$/, "") : named;
  const countryField = field.replace(/(?:State|Country)(Code)?$/, "Country");
  const isWritten = [countryField, `${countryField}Code`].some((name) => write.fields[name] !== undefined);
  const country = heldValue(countryField, write);
  const value = heldValue(field, write);
  const isMissing = isWritten ? country === null : !isCountryField(field) && asksForCountry(refusal.message);
  if (isMissing) {
    const details = { country: countryField, ...(value === null || isCountryField(field) ? {} : { state: value }) };
    return { type: "missing-required-country", salesforceField: countryField, cause: countryField, value: null, details };
  }
  const isElsewhere = country !== null && !isCountryField(field) && isListed(field, value, write);
  return {
    type: "state-country-mismatch",
    salesforceField: field,
    cause: addressCause(field, value, isElsewhere ? country : null),
    value,
    details: {
      ...(value === null ? {} : { option: value }),
      ...(country === null || isCountryField(field) ? {} : { country }),
      ...(isElsewhere ? { reason: "other-country" } : {}),
    },
  };
}

/** What the field or its code would hold: what was written, else what was there. */
function heldValue(field: string, { fields, before }: RefusedWrite): string | null {
  for (const values of [fields, before ?? {}]) {
    for (const name of [field, `${field}Code`]) {
      const value = values[name];
      if (value !== undefined) return isBlank(value) ? null : String(value).trim();
    }
  }
  return null;
}

function isListed(field: string, state: string | null, { schema }: RefusedWrite): boolean {
  const codes = schema === null ? undefined : codesBehind(field.replace(/Code$/, ""), schema);
  return codes?.picklistValues.some(({ value, label }) => value === state || label === state) ?? false;
}
