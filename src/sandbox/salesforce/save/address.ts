import { saveError } from "../errors.ts";
import { findField, type ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, SaveError } from "../model.ts";

/** Countries of the org's country picklist with their states, by label and ISO code. A country without states takes none. */
const COUNTRIES: Readonly<Record<string, readonly string[]>> = {
  "United States": [
    "California",
    "Colorado",
    "Florida",
    "Illinois",
    "Massachusetts",
    "New York",
    "Oregon",
    "Texas",
    "Washington",
  ],
  Canada: ["Alberta", "British Columbia", "Ontario", "Quebec"],
  Australia: ["New South Wales", "Queensland", "Victoria", "Western Australia"],
  Germany: [],
  France: [],
  Ireland: [],
  "United Kingdom": [],
  Spain: [],
  Netherlands: [],
  Japan: [],
};

/** Refuses addresses that an org with state and country picklists does not know. `changed` holds the fields of this save. */
export function addressErrors(object: ObjectDefinition, record: Fields, changed: Fields): SaveError[] {
  const errors: SaveError[] = [];
  for (const compound of object.fields.values()) {
    if (compound.type !== "address") continue;
    const prefix = compound.name.slice(0, -"Address".length);
    const [stateField, countryField] = [`${prefix}State`, `${prefix}Country`];
    if (!(stateField in changed) && !(countryField in changed)) continue;
    const state = record[stateField];
    const country = record[countryField];
    const refuse = (message: string, field: string) => {
      errors.push(saveError("FIELD_INTEGRITY_EXCEPTION", `${message}: ${findField(object, field)?.label ?? field}`, [field]));
    };
    const states = typeof country === "string" ? COUNTRIES[country] : undefined;
    if (typeof country === "string" && states === undefined) {
      refuse(
        "There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.",
        countryField,
      );
    } else if (typeof state === "string" && typeof country !== "string") {
      refuse("A country/territory must be specified before specifying a state value for field", stateField);
    } else if (typeof state === "string" && states?.includes(state) === false) {
      refuse(
        "There's a problem with this state, even though it may appear correct. Please select a state from the list of valid states.",
        stateField,
      );
    }
  }
  return errors;
}
