import { COMPANY_FIRST_WORDS, COMPANY_FORMS, COMPANY_SECOND_WORDS, PLACES, STREETS } from "./names.ts";
import type { Random } from "./random.ts";
import { seedHubSpot, seedSalesforce, slug } from "./seeding.ts";
import type { SalesPerson, World } from "./world.ts";

export type Place = (typeof PLACES)[number];

export interface Company {
  readonly accountId: string;
  readonly companyId: string;
  readonly name: string;
  readonly domain: string;
  readonly place: Place;
  readonly owner: SalesPerson;
}

export function createCompanies(world: World, random: Random, count: number): readonly Company[] {
  return Array.from({ length: count }, (_, index) => createCompany(world, random, index));
}

/** Names don't repeat: past the combinations of words they get a number. */
function companyName(index: number, random: Random): string {
  const first = COMPANY_FIRST_WORDS[index % COMPANY_FIRST_WORDS.length];
  const second = COMPANY_SECOND_WORDS[Math.floor(index / COMPANY_FIRST_WORDS.length) % COMPANY_SECOND_WORDS.length];
  const round = Math.floor(index / (COMPANY_FIRST_WORDS.length * COMPANY_SECOND_WORDS.length));
  return `${first} ${second}${round > 0 ? ` ${round + 1}` : ""} ${random.pick(COMPANY_FORMS)}`;
}

function createCompany(world: World, random: Random, index: number): Company {
  const name = companyName(index, random);
  const domain = `${slug(name)}.example`;
  const place = random.pick(PLACES);
  const owner = random.pick(world.salesPeople);
  const street = `${random.pick(STREETS)} ${random.integer(1, 120)}`;
  const employees = random.integer(5, 900);
  const revenue = random.integer(1, 400) * 100_000;
  const phone = phoneNumber(place, random);
  const website = `https://www.${domain}`;
  const account = seedSalesforce(world, "Account", {
    Name: name,
    Website: website,
    Phone: phone,
    BillingStreet: street,
    BillingCity: place.city,
    BillingState: place.state,
    BillingPostalCode: place.zip,
    BillingCountry: place.country,
    AnnualRevenue: revenue,
    NumberOfEmployees: employees,
    OwnerId: owner.user.id,
  });
  const company = seedHubSpot(world, "companies", {
    name,
    domain,
    website,
    phone,
    address: street,
    city: place.city,
    state: place.state,
    zip: place.zip,
    country: place.country,
    annualrevenue: String(revenue),
    numberofemployees: String(employees),
    hubspot_owner_id: owner.ownerId,
    salesforceaccountid: account.id,
  });
  return { accountId: account.id, companyId: company.id, name, domain, place, owner };
}

export function phoneNumber(place: Place, random: Random): string {
  return `${place.dial} ${random.integer(20, 99)} ${random.integer(10, 99)} ${random.integer(10, 99)} ${random.integer(10, 99)}`;
}
