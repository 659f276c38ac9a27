import { stringify } from "yaml";
import { OBJECT_TYPES } from "../hubspot/model.ts";
import type { SyncMapping } from "../native-sync/mapping.ts";
import { TOUCH_PROPERTY, WORLD_MAPPINGS } from "./mappings.ts";

/** The syncwarden.yaml with which a bot joins this world. Times are short: the native sync's quarter of an hour is two seconds. */
export function configurationFor(world: { readonly inclusionList: string; readonly allocation: number }): string {
  return stringify({
    connections: [
      {
        name: "acme",
        hubspot: { inclusionList: world.inclusionList },
        salesforce: {},
        objects: OBJECT_TYPES,
        createContactsAs: "Lead",
        mappings: WORLD_MAPPINGS.map(mappingEntry),
        poll: { cron: "*/3 * * * * *", timeZone: "Europe/Oslo" },
        grace: "4s",
        stall: "15s",
        resync: {
          strategy: "touch",
          touchProperties: Object.fromEntries(OBJECT_TYPES.map((object) => [object, TOUCH_PROPERTY])),
        },
        diagnosis: { rolledBackWrites: true, retryAfter: "20s" },
        warnings: { rateOver: "5s" },
        allocation: world.allocation,
      },
    ],
    roles: { operators: { groups: ["S0REVOPS"] }, admins: { users: ["U0ADMIN"] } },
    channels: [
      { channel: "C0REVOPS", notify: "immediate" },
      { channel: "C0REVOPS", notify: "daily 09:00", timeZone: "Europe/Oslo" },
      { channel: "C0SALES", notify: "daily 09:00", timeZone: "Europe/Oslo" },
    ],
  });
}

function mappingEntry({ object, salesforceObject, property, field, rule }: SyncMapping) {
  return { object, salesforceObject, hubspotProperty: property, salesforceField: field, rule };
}
