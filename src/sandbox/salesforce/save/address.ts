import { saveError } from "../errors.ts";
import { COUNTRIES, type Country } from "../metadata/countries.ts";
import { picklist } from "../metadata/fields.ts";
import { findField, type ObjectDefinition } from "../metadata/objects.ts";
import type { FieldDefinition, Fields, FieldValue, PicklistValue, SaveError } from "../model.ts";

/** The fields of one compound address that State and Country/Territory Picklists govern. */
interface AddressFields {
  readonly state: string;
  readonly stateCode: string;
  readonly country: string;
  readonly countryCode: string;
}

function addressesOf(object: ObjectDefinition): AddressFields[] {
  return [...object.fields.values()]
    .filter(({ type }) => type === "address")
    .map(({ name }) => {
      const prefix = name.slice(0, -"Address".length);
      return {
        state: `${prefix}State`,
        stateCode: `${prefix}StateCode`,
        country: `${prefix}Country`,
        countryCode: `${prefix}CountryCode`,
      };
    });
}

/** The code fields that an org gets with the picklists. States of several countries can share a code: each is a value of its own. */
export function addressCodeFields(object: ObjectDefinition): FieldDefinition[] {
  return addressesOf(object).flatMap(({ state, stateCode, country, countryCode }) => {
    const field = (name: string, text: string, values: PicklistValue[], controllerName?: string) => ({
      ...picklist(name, `${findField(object, text)?.label} Code`, []),
      length: 10,
      restrictedPicklist: true,
      picklistValues: values,
      ...(controllerName === undefined ? {} : { controllerName }),
      ...compoundOf(object, text),
    });
    const countries = COUNTRIES.map(({ code, name }) => ({ value: code, label: name, active: true }));
    const states = COUNTRIES.flatMap(({ code: validFor, states: named }) =>
      Object.entries(named).map(([code, label]) => ({ value: code, label, active: true, validFor: [validFor] })),
    );
    return [field(countryCode, country, countries), field(stateCode, state, states, countryCode)];
  });
}

function compoundOf(object: ObjectDefinition, field: string): Pick<FieldDefinition, "compoundFieldName"> {
  const compoundFieldName = findField(object, field)?.compoundFieldName;
  return compoundFieldName === undefined ? {} : { compoundFieldName };
}

/** Names follow codes that this save sets, else codes follow names. */
export function deriveAddresses(object: ObjectDefinition, record: Record<string, FieldValue>, changed: Fields): void {
  for (const { state, stateCode, country, countryCode } of addressesOf(object)) {
    if (!object.fields.has(countryCode)) continue;
    if (countryCode in changed) record[country] = COUNTRIES.find(({ code }) => code === record[countryCode])?.name ?? null;
    const found = COUNTRIES.find(({ name }) => name === record[country]);
    record[countryCode] = found?.code ?? null;
    // A code that the country doesn't have is left for the check to refuse.
    if (stateCode in changed) record[state] = found?.states[String(record[stateCode])] ?? record[state] ?? null;
    if (stateCode in changed && record[stateCode] === null) record[state] = null;
    record[stateCode] = codeOfState(found, record[state]);
  }
}

function codeOfState(country: Country | undefined, name: FieldValue | undefined): string | null {
  return Object.entries(country?.states ?? {}).find(([, label]) => label === name)?.[0] ?? null;
}

/**
 * Refuses addresses that an org with state and country picklists does not know. `changed` holds the fields of this save.
 * Wordings as quoted in github.com/SalesforceFoundation/NPSP, issues 994 and 2432.
 */
export function addressErrors(object: ObjectDefinition, record: Fields, changed: Fields): SaveError[] {
  return addressesOf(object).flatMap((fields) => {
    const isChanged = Object.values(fields).some((field) => field in changed);
    const error = isChanged && object.fields.has(fields.countryCode) ? addressError(fields, object, record, changed) : null;
    return error === null ? [] : [error];
  });
}

function addressError(fields: AddressFields, object: ObjectDefinition, record: Fields, changed: Fields): SaveError | null {
  const refuse = (message: string, field: string) =>
    saveError("FIELD_INTEGRITY_EXCEPTION", `${message}: ${findField(object, field)?.label ?? field}`, [field]);
  const stateField = fields.stateCode in changed ? fields.stateCode : fields.state;
  const state = changed[fields.stateCode] ?? record[fields.state];
  const name = record[fields.country];
  const country = COUNTRIES.find((candidate) => candidate.name === name);
  if (typeof name === "string" && country === undefined) {
    return refuse(
      "There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.",
      fields.country,
    );
  }
  if (typeof state !== "string") return null;
  if (country === undefined) {
    return refuse("A country/territory must be specified before specifying a state value for field", stateField);
  }
  const isKnown = stateField === fields.stateCode ? state in country.states : codeOfState(country, state) !== null;
  if (isKnown) return null;
  const isListed = COUNTRIES.some(({ states }) => Object.values(states).includes(state) || state in states);
  if (isListed) return refuse("The existing country/territory doesn't recognize the state value for field", stateField);
  return refuse(
    "There's a problem with this state, even though it may appear correct. Please select a state from the list of valid states.",
    stateField,
  );
}
