import type { World } from "../../src/sandbox/world/world.ts";

/** What each CRM keeps of changes by itself. */
const KEPT_BY_THE_CRM = /^(?:LastModified|SystemModstamp)|lastmodifieddate/;

/** Every value of every record in both CRMs by name: "hubspot contacts 51 phone", "salesforce Contact 003… Phone". */
export type CrmValues = ReadonlyMap<string, unknown>;

/** Both CRMs as they are now, but for what each keeps of changes by itself. */
export function valuesOfBothCrms({ account, org }: Pick<World, "account" | "org">): CrmValues {
  const values = new Map<string, unknown>();
  const keep = (record: string, held: Readonly<Record<string, unknown>>) => {
    for (const [name, value] of Object.entries(held)) {
      if (!KEPT_BY_THE_CRM.test(name)) values.set(`${record} ${name}`, value);
    }
  };
  for (const object of ["contacts", "companies", "deals", "tasks"] as const) {
    for (const { id, properties } of account.records(object)) keep(`hubspot ${object} ${id}`, properties);
  }
  for (const object of ["Account", "Contact", "Lead", "Opportunity", "Task"] as const) {
    for (const { id, fields } of org.records(object)) keep(`salesforce ${object} ${id}`, fields);
  }
  return values;
}

/** The names of the values that differ, in order. */
export function changedBetween(before: CrmValues, after: CrmValues): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.filter((name) => before.get(name) !== after.get(name)).toSorted();
}
