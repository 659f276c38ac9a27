const FORM = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;
const SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** Whether a text has the form of a Salesforce id: 15 or 18 letters and digits, a digit among the first ones as in every prefix. */
export function isSalesforceId(text: string): boolean {
  return FORM.test(text) && /\d/.test(text.slice(0, 5));
}

/** Whether an id is one that Salesforce can have given: the last three of 18 characters fit the letter case of the others. */
export function isIntactId(text: string): boolean {
  return isSalesforceId(text) && (text.length === 15 || suffixOf(text.slice(0, 15)) === text.slice(15));
}

/** The 18-character form of an id; anything else unchanged. */
export function longId(id: string): string {
  return id.length === 15 && isSalesforceId(id) ? id + suffixOf(id) : id;
}

/** Whether two ids mean the same record, in whichever form. */
export function sameId(left: string, right: string): boolean {
  return left === right || (isSalesforceId(left) && isSalesforceId(right) && left.slice(0, 15) === right.slice(0, 15));
}

/** The three characters that say which of the others are capitals, five at a time. Source: Salesforce's "Field types: ID". */
function suffixOf(id: string): string {
  let suffix = "";
  for (let part = 0; part < 3; part++) {
    let bits = 0;
    for (let place = 0; place < 5; place++) {
      const character = id[part * 5 + place] ?? "";
      if (character >= "A" && character <= "Z") bits |= 1 << place;
    }
    suffix += SUFFIX[bits];
  }
  return suffix;
}

/** First three characters of the ids of objects that lookups point to. Source: Salesforce's list of standard key prefixes. */
export const KEY_PREFIXES: Readonly<Record<string, string>> = {
  Account: "001",
  Contact: "003",
  Opportunity: "006",
  Lead: "00Q",
  Task: "00T",
  User: "005",
  Group: "00G",
  Campaign: "701",
  CampaignMember: "00v",
  RecordType: "012",
  Pricebook2: "01s",
  Product2: "01t",
  Case: "500",
  Contract: "800",
};

/** The standard object that an id belongs to, by its prefix; null where no object listed here has it. */
export function objectOfId(id: string): string | null {
  return Object.entries(KEY_PREFIXES).find(([, prefix]) => id.startsWith(prefix))?.[0] ?? null;
}
