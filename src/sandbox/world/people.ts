import { type Company, phoneNumber } from "./companies.ts";
import {
  COMPANY_FIRST_WORDS,
  COMPANY_FORMS,
  COMPANY_SECOND_WORDS,
  FIRST_NAMES,
  JOB_TITLES,
  LAST_NAMES,
  PLACES,
  STREETS,
} from "./names.ts";
import type { Random } from "./random.ts";
import { CUSTOMER_TIERS, PRODUCTS, SALES_REGIONS } from "./schema.ts";
import { seedHubSpot, seedSalesforce, slug } from "./seeding.ts";
import type { World } from "./world.ts";

const LEAD_STATUSES = ["Open - Not Contacted", "Working - Contacted"] as const;
const LEAD_SOURCES = ["Web", "Phone Inquiry", "Partner Referral", "Other"] as const;
const INDUSTRIES = ["Energy", "Manufacturing", "Retail", "Technology", "Shipping"] as const;

/** Contacts of both systems, nearly all linked. A few are HubSpot's alone: newsletter readers kept out of Salesforce. */
export function createPeople(world: World, random: Random, companies: readonly Company[], count: number): void {
  for (let index = 0; index < count; index++) {
    if (random.chance(0.03)) createSubscriber(world, random, index);
    else createContact(world, random, random.pick(companies), index);
  }
}

function personName(random: Random) {
  return { firstName: random.pick(FIRST_NAMES), lastName: random.pick(LAST_NAMES) };
}

function createContact(world: World, random: Random, company: Company, index: number): void {
  const { firstName, lastName } = personName(random);
  // The number keeps emails unique: names repeat in a large world.
  const email = `${slug(firstName)}.${slug(lastName)}.${index + 1}@${company.domain}`;
  const { place } = company;
  const owner = random.chance(0.7) ? company.owner : random.pick(world.salesPeople);
  const title = random.pick(JOB_TITLES);
  const phone = phoneNumber(place, random);
  const mobile = random.chance(0.6) ? phoneNumber(place, random) : null;
  const street = `${random.pick(STREETS)} ${random.integer(1, 120)}`;
  const tier = random.chance(0.7) ? random.pick(CUSTOMER_TIERS) : null;
  const number = `C-${String(index + 1).padStart(6, "0")}`;
  const region = random.chance(0.5) ? random.pick(SALES_REGIONS) : null;
  const score = random.chance(0.5) ? random.integer(10, 100) : null;
  const product = random.chance(0.4) ? random.pick(PRODUCTS) : null;
  const contact = seedSalesforce(world, "Contact", {
    FirstName: firstName,
    LastName: lastName,
    Email: email,
    Title: title,
    Phone: phone,
    MobilePhone: mobile,
    MailingStreet: street,
    MailingCity: place.city,
    MailingState: place.state,
    MailingPostalCode: place.zip,
    MailingCountry: place.country,
    AccountId: company.accountId,
    OwnerId: owner.user.id,
    Customer_Tier__c: tier,
    Customer_Number__c: number,
    Sales_Region__c: region,
    Health_Score__c: score,
    Product_Interest__c: product,
  });
  const made = seedHubSpot(world, "contacts", {
    email,
    firstname: firstName,
    lastname: lastName,
    jobtitle: title,
    phone,
    mobilephone: mobile,
    address: street,
    city: place.city,
    state: place.state,
    zip: place.zip,
    country: place.country,
    lifecyclestage: "customer",
    hubspot_owner_id: owner.ownerId,
    customer_tier: tier,
    customer_number: number,
    sales_region: region,
    health_score: score === null ? null : String(score),
    product_interest: product,
    associatedcompanyid: company.companyId,
    salesforcecontactid: contact.id,
    salesforceaccountid: company.accountId,
  });
  world.account.associations.associate({ object: "companies", id: company.companyId }, made);
}

function createSubscriber(world: World, random: Random, index: number): void {
  const { firstName, lastName } = personName(random);
  const written = world.account.create(
    "contacts",
    {
      email: `${slug(firstName)}.${slug(lastName)}.${index + 1}@mail.example`,
      firstname: firstName,
      lastname: lastName,
      lifecyclestage: "subscriber",
      keep_out_of_salesforce: "true",
    },
    "IMPORT",
  );
  if (!written.ok) throw new Error(`The world's subscriber can't be made: ${written.refusal.message}`);
}

export function createLeads(world: World, random: Random, count: number): void {
  for (let index = 0; index < count; index++) createLead(world, random, index);
}

function createLead(world: World, random: Random, index: number): void {
  const { firstName, lastName } = personName(random);
  const company = `${random.pick(COMPANY_FIRST_WORDS)} ${random.pick(COMPANY_SECOND_WORDS)} ${random.pick(COMPANY_FORMS)}`;
  const domain = `${slug(company)}-prospect.example`;
  const email = `${slug(firstName)}.${slug(lastName)}.${index + 1}@${domain}`;
  const place = random.pick(PLACES);
  const owner = random.pick(world.salesPeople);
  const title = random.pick(JOB_TITLES);
  const phone = phoneNumber(place, random);
  const status = random.pick(LEAD_STATUSES);
  const source = random.pick(LEAD_SOURCES);
  const industry = random.pick(INDUSTRIES);
  // Most leads aren't rated yet: HubSpot may fill what Salesforce has left blank.
  const rating = random.chance(0.25) ? random.pick(["Hot", "Warm", "Cold"]) : null;
  const lead = seedSalesforce(world, "Lead", {
    FirstName: firstName,
    LastName: lastName,
    Email: email,
    Title: title,
    Phone: phone,
    Company: company,
    City: place.city,
    State: place.state,
    PostalCode: place.zip,
    Country: place.country,
    Website: `https://www.${domain}`,
    Industry: industry,
    Rating: rating,
    Status: status,
    LeadSource: source,
    OwnerId: owner.user.id,
  });
  seedHubSpot(world, "contacts", {
    email,
    firstname: firstName,
    lastname: lastName,
    jobtitle: title,
    phone,
    company,
    city: place.city,
    state: place.state,
    zip: place.zip,
    country: place.country,
    website: `https://www.${domain}`,
    industry,
    rating,
    lead_status: status,
    leadsource: source,
    lifecyclestage: "lead",
    hubspot_owner_id: owner.ownerId,
    salesforceleadid: lead.id,
  });
}
