import type { HubSpotAccount } from "../hubspot/model.ts";
import type { OrgUser } from "../salesforce/model.ts";
import type { LocalOrg } from "../salesforce/org.ts";
import type { WorldClock } from "./clock.ts";
import { createCompanies } from "./companies.ts";
import { createDeals } from "./deals.ts";
import { SALES_PEOPLE } from "./names.ts";
import { createLeads, createPeople } from "./people.ts";
import { createRandom } from "./random.ts";
import { prepareSchemas } from "./schema.ts";
import { createTasks } from "./tasks.ts";

export interface World {
  readonly org: LocalOrg;
  readonly account: HubSpotAccount;
  readonly clock: WorldClock;
  readonly inclusionList: string;
  /** Salesforce users with a HubSpot owner of the same email. */
  readonly salesPeople: readonly SalesPerson[];
  /** An active Salesforce user that HubSpot has no owner for. */
  readonly strangerToHubSpot: OrgUser;
}

export interface SalesPerson {
  readonly user: OrgUser;
  readonly ownerId: string;
}

/** How long ago the world's records were made. */
const PAST_MS = 3 * 3_600_000;

/** Fills an empty org and an empty account with a company's records, in step and linked both ways. The same seed makes the same world. */
export function populate(org: LocalOrg, account: HubSpotAccount, clock: WorldClock, seed: number, contacts: number): World {
  const random = createRandom(seed);
  clock.setBack(PAST_MS);
  prepareSchemas(org, account);
  const inclusionList = account.createList("Sync with Salesforce");
  keepListActive(account, inclusionList);
  const salesPeople = SALES_PEOPLE.map(([firstName, lastName]) => {
    const email = `${firstName}.${lastName}@northwind-sales.example`.toLowerCase();
    const user = org.addUser({ username: email, name: `${firstName} ${lastName}`, email, isActive: true, userType: "Standard" });
    const owner = account.addOwner({ email, firstName, lastName, archived: false });
    return { user, ownerId: owner.id };
  });
  const strangerToHubSpot = org.addUser({
    username: "field.agent@northwind-sales.example",
    name: "Field Agent",
    email: "field.agent@northwind-sales.example",
    isActive: true,
    userType: "Standard",
  });
  const world: World = { org, account, clock, inclusionList, salesPeople, strangerToHubSpot };

  const leads = Math.round(contacts * 0.22);
  const companies = createCompanies(world, random, Math.max(1, Math.ceil(contacts / 5)));
  createPeople(world, random, companies, contacts - leads);
  createLeads(world, random, leads);
  createDeals(world, random, companies, Math.ceil(contacts / 4));
  createTasks(world, random, Math.ceil(contacts / 10));
  clock.setBack(0);
  return world;
}

/** The inclusion list is an active list in HubSpot: whoever has an email and isn't kept out is in it at once. */
function keepListActive(account: HubSpotAccount, listId: string): void {
  account.onChange(({ object, record, changed, created }) => {
    if (object !== "contacts" || !(created || "email" in changed || "keep_out_of_salesforce" in changed)) return;
    const belongs = Boolean(record.properties.email) && record.properties.keep_out_of_salesforce !== "true";
    if (belongs) account.addToList(listId, [record.id]);
    else account.removeFromList(listId, [record.id]);
  });
}
