import type { ObjectType, Pipeline } from "./model.ts";

type Values = Readonly<Record<string, string | null>>;

/** Values that HubSpot works out from others. */
export function calculatedValues(object: ObjectType, values: Values, pipelines: readonly Pipeline[]): Values {
  switch (object) {
    case "contacts": {
      const name = [values.firstname, values.lastname].filter(Boolean).join(" ");
      return { hs_full_name_or_email: name || (values.email ?? null) };
    }
    case "companies":
    case "tasks":
      return {};
    case "deals": {
      const stages = pipelines.find(({ id }) => id === values.pipeline)?.stages ?? [];
      return { hs_is_closed: String(stages.find(({ id }) => id === values.dealstage)?.closed ?? false) };
    }
  }
}
