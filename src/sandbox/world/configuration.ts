import { stringify } from "yaml";
import { OBJECT_TYPES } from "../hubspot/model.ts";
import type { SyncMapping } from "../native-sync/mapping.ts";
import { TOUCH_PROPERTY, WORLD_MAPPINGS } from "./mappings.ts";

/** How long after the start owners hear of their records at the earliest: once a bot has seen them all. */
const OWNERS_AFTER_MS = 90_000;
const MINUTE_MS = 60_000;

export interface ConfiguredWorld {
  readonly inclusionList: string;
  readonly allocation: number;
  readonly startsAt: Date;
}

/**
 * The syncwarden.yaml with which a bot joins this world. Times are short: the native sync's quarter of an hour is two seconds, and
 * owners hear of their records two minutes after the start, whatever time of the day that is.
 */
export function configurationFor(world: ConfiguredWorld): string {
  const ownersAt = new Date(Math.ceil((world.startsAt.getTime() + OWNERS_AFTER_MS) / MINUTE_MS) * MINUTE_MS);
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
        ownerMessages: `daily ${ownersAt.toISOString().slice(11, 16)} UTC`,
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
