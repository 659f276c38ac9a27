import { type Sentence, sentence } from "../language/sentence.ts";
import type { LinkedObject, SyncedObject } from "./record.ts";
import { isIntactId, isSalesforceId, KEY_PREFIXES, longId } from "./salesforce-id.ts";

/** A record as somebody names it. `portalId` and `host` stand where a link tells which account or org is meant. */
export type RecordQuery =
  | { readonly kind: "email"; readonly email: string }
  /** HubSpot's ids are unique among one object's records alone: without an object it may be several records. */
  | { readonly kind: "hubspot"; readonly id: string; readonly object: SyncedObject | null; readonly portalId: string | null }
  | { readonly kind: "salesforce"; readonly id: string; readonly object: LinkedObject; readonly host: string | null };

/** A query, or what to type instead: plain text, to be escaped. */
export type ReadQuery = RecordQuery | { readonly kind: "unreadable"; readonly why: Sentence };

/** HubSpot's ids of its object types, as record addresses use them, and the words of addresses from before those. */
const HUBSPOT_TYPES: Readonly<Record<string, SyncedObject>> = {
  "0-1": "contacts",
  "0-2": "companies",
  "0-3": "deals",
  "0-27": "tasks",
  contact: "contacts",
  contacts: "contacts",
  company: "companies",
  companies: "companies",
  deal: "deals",
  deals: "deals",
  task: "tasks",
  tasks: "tasks",
};

const SYNCED_PREFIXES = new Map<string, LinkedObject>(
  (["Contact", "Lead", "Account", "Opportunity"] as const).flatMap((object) => {
    const prefix = KEY_PREFIXES[object];
    return prefix === undefined ? [] : [[prefix, object] as const];
  }),
);

const WHAT_TO_TYPE = sentence(
  "Type an email, a HubSpot record id, a Salesforce id (15 or 18 characters) or a record's link from either system.",
);

/**
 * Reads what somebody typed or pasted for a record: an email, a HubSpot id, a Salesforce id (its checksum is verified), or
 * the address of a record's page: HubSpot's `/contacts/{portal}/record/{type}/{id}` and the older `/contacts/{portal}/contact/{id}`,
 * Salesforce's Lightning `/lightning/r/{object}/{id}/view`, `one.app#/sObject/{id}/view` and classic `/{id}`.
 */
export function readRecordQuery(text: string): ReadQuery {
  const word = text.trim();
  if (/^https?:\/\//i.test(word)) return readLink(word);
  if (word.includes("@")) return readEmail(word);
  // HubSpot counts its ids from 1; Salesforce's begin with a prefix that has leading zeros where it is digits alone.
  if (/^[1-9]\d{0,19}$/.test(word)) return { kind: "hubspot", id: word, object: null, portalId: null };
  if (isSalesforceId(word)) return readSalesforceId(word, null);
  return unreadable(sentence("“{word}” is neither. {help}", { word: shortened(word), help: WHAT_TO_TYPE }));
}

function readEmail(word: string): ReadQuery {
  const email = word.replace(/^mailto:/i, "").toLowerCase();
  return email.length <= 320 && /^[^@\s<>]+@[^@\s<>]+$/.test(email)
    ? { kind: "email", email }
    : unreadable(sentence("“{word}” is no email. {help}", { word: shortened(word), help: WHAT_TO_TYPE }));
}

function readSalesforceId(id: string, host: string | null): ReadQuery {
  if (!isIntactId(id)) {
    return unreadable(
      sentence(
        "The Salesforce id {id} can't be right: its last three characters don't fit the capitals of the others, as when it was retyped or has gone through a tool that changes them. Copy it again from the record's address.",
        { id },
      ),
    );
  }
  const object = SYNCED_PREFIXES.get(id.slice(0, 3));
  if (object !== undefined) return { kind: "salesforce", id: longId(id), object, host };
  const other = Object.entries(KEY_PREFIXES).find(([, prefix]) => prefix === id.slice(0, 3))?.[0];
  return unreadable(
    other === undefined
      ? sentence("{id} is the id of another kind of record: I look at contacts, leads, accounts and opportunities.", { id })
      : sentence("{id} is the id of a Salesforce {object}: I look at contacts, leads, accounts and opportunities.", {
          id,
          object: other,
        }),
  );
}

function readLink(address: string): ReadQuery {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return unreadable(sentence("“{word}” is no address. {help}", { word: shortened(address), help: WHAT_TO_TYPE }));
  }
  const inHubSpot = /\/contacts\/(\d+)\/(?:record\/)?([a-z0-9-]+)\/(\d+)(?:\/|$)/i.exec(url.pathname);
  if (inHubSpot !== null) {
    const [, portalId = "", type = "", id = ""] = inHubSpot;
    const object = HUBSPOT_TYPES[type.toLowerCase()];
    return object === undefined
      ? unreadable(sentence("This link leads to another kind of HubSpot record: I look at contacts, companies and deals."))
      : { kind: "hubspot", id, object, portalId };
  }
  // Old Lightning addresses have the record behind the #.
  const parts = `${url.pathname}/${url.hash.slice(1)}`.split(/[/?&=]/);
  const id = parts.find((part) => isSalesforceId(part) && /^[0-9a]/.test(part));
  if (id !== undefined) return readSalesforceId(id, url.hostname);
  return unreadable(
    sentence("This link leads to no single record that I can tell: open the record itself and copy its address."),
  );
}

function unreadable(why: Sentence): ReadQuery {
  return { kind: "unreadable", why };
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
