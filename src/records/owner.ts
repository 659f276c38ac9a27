import { isSalesforceId, longId } from "./salesforce-id.ts";
import type { HubSpotOwner, HubSpotProperty, SalesforceField, SalesforceUser } from "./schema.ts";
import type { Translation } from "./schemas.ts";

/** Salesforce's user types whose members HubSpot takes as owners. Source: HubSpot's "Salesforce owners not synced". */
export const SYNCED_USER_TYPES: readonly string[] = ["Standard", "PowerPartner", "Power Partner", "Guest"];

/** Whether a mapping carries an owner: a HubSpot owner's id on one side, a Salesforce user's on the other. */
export function carriesOwner(field: SalesforceField | undefined, property: HubSpotProperty | undefined): boolean {
  if (property?.name === "hubspot_owner_id") return field === undefined || field.type === "reference";
  return (
    field?.type === "reference" &&
    field.referenceTo.includes("User") &&
    (property === undefined || property.type === "enumeration")
  );
}

/** The Salesforce user with a HubSpot owner's email, an active one before others; null where none is known. */
export function userOfOwner(ownerId: string, { owners, users }: Translation): SalesforceUser | null {
  const email = emailOf(owners.find((owner) => owner.id === ownerId));
  if (email === null) return null;
  const matches = Object.values(users).filter((user) => user.email.trim().toLowerCase() === email);
  return matches.find((user) => user.isActive) ?? matches[0] ?? null;
}

/** The HubSpot owner with a Salesforce user's email, archived ones left out; null where none is known. */
export function ownerOfUser(userId: string, { owners, users }: Translation): HubSpotOwner | null {
  const email = users[longId(userId)]?.email.trim().toLowerCase() ?? users[userId]?.email.trim().toLowerCase();
  if (!email) return null;
  return owners.find((owner) => !owner.archived && emailOf(owner) === email) ?? null;
}

/** The deactivated HubSpot owner with a Salesforce user's email; null where there is none. */
export function archivedOwnerOfUser(userId: string, { owners, users }: Translation): HubSpotOwner | null {
  const email = users[longId(userId)]?.email.trim().toLowerCase() ?? users[userId]?.email.trim().toLowerCase();
  if (!email) return null;
  return owners.find((owner) => owner.archived && emailOf(owner) === email) ?? null;
}

/** Whether a HubSpot owner and a Salesforce user are the same person, by email. A queue counts as nobody. */
export function sameOwner(ownerId: string, userId: string, context: Translation): boolean {
  const user = context.users[longId(userId)] ?? context.users[userId];
  const email = emailOf(context.owners.find((owner) => owner.id === ownerId));
  return email !== null && user !== undefined && user.email.trim().toLowerCase() === email;
}

/** Queues own leads, never HubSpot records. */
export function isQueue(id: string): boolean {
  return id.startsWith("00G") && isSalesforceId(id);
}

function emailOf(owner: HubSpotOwner | undefined): string | null {
  return owner?.email?.trim().toLowerCase() || null;
}
