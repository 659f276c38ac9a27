import { isBlank } from "../records/text.ts";
import type { Diagnosis, RefusedWrite } from "./diagnosis.ts";
import type { Refusal } from "./refusal.ts";
import { refusedValue } from "./refused-field.ts";

/** `MailingState`, `BillingCountryCode`, `State` … */
export function isStateOrCountryField(field: string): boolean {
  return /^(?:Mailing|Other|Billing|Shipping|Permanent)?(?:State|Country)(?:Code)?$/.test(field);
}

export function isCountryField(field: string): boolean {
  return isStateOrCountryField(field) && /Country(?:Code)?$/.test(field);
}

/**
 * An address that Salesforce's State and Country picklists refuse. A state without a country lacks the country; everything else
 * is a value that the lists don't have, or not in that country.
 */
export function diagnoseAddress(field: string, refusal: Refusal, write: RefusedWrite): Diagnosis {
  const country = field.replace(/(?:State|Country)(Code)?$/, "Country");
  const countries = [write.fields[country], write.fields[`${country}Code`]];
  const isWritten = countries.some((value) => value !== undefined);
  const isMissing = isWritten ? countries.every(isBlank) : /country.*must be specified/i.test(refusal.message);
  const value = refusedValue(field, write);
  if (isMissing) {
    return { type: "missing-required-country", salesforceField: country, cause: country, value, details: { country } };
  }
  return {
    type: "state-country-mismatch",
    salesforceField: field,
    cause: `${field} ${value ?? ""}`.trim(),
    value,
    details: { ...(value === null ? {} : { option: value }), country: String(countries.find((name) => !isBlank(name)) ?? "") },
  };
}
