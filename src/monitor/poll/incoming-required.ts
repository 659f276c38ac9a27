import type { Diagnosis } from "../../health/diagnosis.ts";
import type { Finding } from "../../health/sync-errors.ts";
import { sentence } from "../../language/sentence.ts";
import { isBlank } from "../../records/text.ts";
import type { Connection } from "../context.ts";
import { type Incoming, incomingFinding } from "./incoming.ts";
import type { SchemaCache } from "./schema.ts";

/** The sync sets it by the opportunity's record type. */
const SET_BY_THE_SYNC: ReadonlySet<string> = new Set(["pipeline"]);

/** Properties that HubSpot requires of new records and that an incoming one leaves blank. Those not read yet aren't held against it. */
export function missingProperties(record: Incoming, { settings }: Connection, cache: SchemaCache, at: Date): readonly Finding[] {
  if (record.hubspot !== null) return [];
  const { object } = record.reference;
  const properties = cache.schemas(settings).hubspot[object] ?? {};
  return (cache.get(`hubspot:required:${object}`) ?? [])
    .filter((name) => !SET_BY_THE_SYNC.has(name))
    .flatMap((name) => {
      const mappings = record.mappings.filter(({ hubspotProperty }) => hubspotProperty === name);
      if (mappings.some(({ salesforceField }) => !isBlank(filled(record, salesforceField)))) return [];
      const label = properties[name]?.label ?? name;
      const field = mappings[0]?.salesforceField ?? null;
      const diagnosis: Diagnosis = {
        type: "missing-required-value",
        salesforceField: field,
        cause: name,
        value: null,
        details: { field: name, fieldLabel: label, fields: name, system: "HubSpot" },
      };
      const statement =
        field === null
          ? sentence(
              "HubSpot's {property} is required of new {object, select, contacts {contacts} companies {companies} deals {deals} other {tasks}}, and no Salesforce field is mapped to it",
              { property: label, object },
            )
          : sentence(
              "HubSpot's {property} is required of new {object, select, contacts {contacts} companies {companies} deals {deals} other {tasks}}, and Salesforce's {field} is blank",
              { property: label, object, field },
            );
      return [incomingFinding(diagnosis, record, name, statement, at)];
    });
}

function filled({ salesforce }: Incoming, field: string): string | null {
  const value = salesforce.fields[field];
  return isBlank(value) ? null : String(value);
}
