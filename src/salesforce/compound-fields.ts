/** Parts of an address, by the word that follows the compound's prefix. */
const ADDRESS_PARTS = [
  "Street",
  "City",
  "State",
  "PostalCode",
  "Country",
  "StateCode",
  "CountryCode",
  "Latitude",
  "Longitude",
  "GeocodeAccuracy",
] as const;

/** Prefix of the parts of each compound address of the synced objects. Source: Salesforce's object reference. */
const ADDRESS_PREFIXES: Readonly<Record<string, string>> = {
  "Contact.MailingAddress": "Contact.Mailing",
  "Contact.OtherAddress": "Contact.Other",
  "Account.BillingAddress": "Account.Billing",
  "Account.ShippingAddress": "Account.Shipping",
  "Lead.Address": "Lead.",
};

/** The parts of a compound address as `Object.Field`; empty for any other field. */
export function partsOf(field: string): readonly string[] {
  const prefix = ADDRESS_PREFIXES[field];
  return prefix === undefined ? [] : ADDRESS_PARTS.map((part) => `${prefix}${part}`);
}
