import type { PropertyDefinition } from "./model.ts";

interface Extras {
  readonly fieldType?: string;
  readonly options?: readonly (string | readonly [value: string, label: string])[];
  readonly readOnly?: boolean;
  readonly unique?: boolean;
  readonly calculated?: boolean;
}

const DEFAULT_FIELD_TYPES: Readonly<Record<PropertyDefinition["type"], string>> = {
  string: "text",
  number: "number",
  date: "date",
  datetime: "date",
  enumeration: "select",
  bool: "booleancheckbox",
  phone_number: "phonenumber",
};

/** One of HubSpot's own properties. */
export function standardProperty(
  name: string,
  label: string,
  type: PropertyDefinition["type"] = "string",
  extras: Extras = {},
): PropertyDefinition {
  const options =
    type === "bool"
      ? ([
          ["true", "Yes"],
          ["false", "No"],
        ] as const)
      : (extras.options ?? []);
  return {
    name,
    label,
    type,
    fieldType: extras.calculated ? "calculation_equation" : (extras.fieldType ?? DEFAULT_FIELD_TYPES[type]),
    options: options.map((option) => {
      const [value, text] = typeof option === "string" ? [option, sentenceCase(option)] : option;
      return { value, label: text, hidden: false };
    }),
    hasUniqueValue: extras.unique ?? false,
    calculated: extras.calculated ?? false,
    readOnlyValue: extras.readOnly ?? extras.calculated ?? false,
    hubspotDefined: true,
  };
}

function sentenceCase(value: string): string {
  const words = value.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
