import type { HubSpotProperty, SalesforceField } from "./schema.ts";

type Option = { readonly value: string; readonly label: string };

/** The Salesforce option that a HubSpot value means: the same value, else the same label. Null where there is none. */
export function salesforceOption(
  value: string,
  field: SalesforceField,
  property: HubSpotProperty | undefined,
): SalesforceField["picklistValues"][number] | null {
  const own = property?.options.find((option) => option.value === value);
  return match(value, own?.label, field.picklistValues);
}

/** The HubSpot option that a Salesforce value means: the same internal value, else the same label. Null where there is none. */
export function hubspotOption(
  value: string,
  property: HubSpotProperty,
  field: SalesforceField | undefined,
): HubSpotProperty["options"][number] | null {
  const own = field?.picklistValues.find((option) => option.value === value);
  return match(value, own?.label, property.options);
}

function match<T extends Option>(value: string, label: string | undefined, options: readonly T[]): T | null {
  const text = value.trim();
  return (
    options.find((option) => option.value === text) ??
    options.find((option) => option.label.trim() === text) ??
    (label === undefined
      ? null
      : (options.find((option) => option.label.trim() === label.trim() || option.value === label.trim()) ?? null))
  );
}

/** An option that differs in letter case or spacing alone; null where there is none. */
export function similarOption<T extends Option>(value: string, options: readonly T[]): T | null {
  const folded = fold(value);
  return options.find((option) => fold(option.value) === folded || fold(option.label) === folded) ?? null;
}

function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim();
}

/** The options of a multi-select value, in order, each once. */
export function splitOptions(value: string): readonly string[] {
  return [
    ...new Set(
      value
        .split(";")
        .map((option) => option.trim())
        .filter(Boolean),
    ),
  ];
}
