import { createHash } from "node:crypto";
import { codesBehind } from "../records/address.ts";
import { carriesOwner, ownerOfUser, SYNCED_USER_TYPES, userOfOwner } from "../records/owner.ts";
import type { SalesforceValue } from "../records/record.ts";
import { longId } from "../records/salesforce-id.ts";
import type { Schemas } from "../records/schemas.ts";
import { isBlank } from "../records/text.ts";
import type { FixableRecord, FixSides, FixWorld } from "./remedy.ts";

/** A value that may be chosen. */
export interface FixOption {
  /** Short enough for Slack's options (150 characters): the value itself, or what stands for it. */
  readonly key: string;
  readonly value: string;
  readonly label: string;
}

const LONGEST_KEY = 150;

function option(value: string, label: string): FixOption {
  const key = value.length <= LONGEST_KEY ? value : createHash("sha256").update(value).digest("base64url");
  return { key, value, label };
}

/**
 * The values that the written side could have, where they can be listed; null where any text may be entered. What the other
 * side makes of each is for `problemsWith` to say.
 */
export function choicesFor(
  { salesforceObject }: Pick<FixableRecord, "salesforceObject">,
  { direction, property, field }: FixSides,
  { schemas }: FixWorld,
): readonly FixOption[] | null {
  const inHubSpot = direction === "hubspot-to-salesforce";
  if (carriesOwner(field, property)) return inHubSpot ? ownersInHubSpot(schemas) : usersInSalesforce(schemas);
  const own = inHubSpot ? property.options.filter(({ hidden }) => !hidden) : activeOptions(field.picklistValues);
  if (own.length > 0) return own.map(({ value, label }) => option(value, label));
  // Text where the other side lists what it takes: those are the values.
  const codes = inHubSpot ? codesBehind(field.name, schemas.salesforce[salesforceObject]) : undefined;
  if (codes !== undefined) return unique(codes.picklistValues.map(({ label }) => option(label, label)));
  const theirs = inHubSpot ? activeOptions(field.picklistValues) : property.options.filter(({ hidden }) => !hidden);
  return theirs.length > 0 ? theirs.map(({ value, label }) => option(value, label)) : null;
}

function activeOptions<T extends { readonly active: boolean }>(options: readonly T[]): readonly T[] {
  return options.filter(({ active }) => active);
}

/** States of two countries can have one name. */
function unique(options: readonly FixOption[]): readonly FixOption[] {
  return [...new Map(options.map((one) => [one.value, one])).values()];
}

/** HubSpot's owners whose Salesforce users are active. */
function ownersInHubSpot(schemas: Schemas): readonly FixOption[] {
  return schemas.owners
    .filter(({ archived }) => !archived)
    .flatMap((owner) => {
      const user = userOfOwner(owner.id, schemas);
      return user?.isActive ? [option(owner.id, `${user.name} (${owner.email ?? user.email})`)] : [];
    });
}

/** Active Salesforce users who are owners in HubSpot. */
function usersInSalesforce(schemas: Schemas): readonly FixOption[] {
  return Object.values(schemas.users)
    .filter((user) => user.isActive && SYNCED_USER_TYPES.includes(user.userType) && ownerOfUser(user.id, schemas) !== null)
    .map((user) => option(user.id, `${user.name} (${user.email})`));
}

/** A value as people know it: an owner's name, an option's label, else the text itself; null for none. */
export function shownValue(
  value: SalesforceValue,
  { direction, property, field }: FixSides,
  { schemas }: Pick<FixWorld, "schemas">,
): string | null {
  if (isBlank(value)) return null;
  const text = String(value);
  const inHubSpot = direction === "hubspot-to-salesforce";
  if (carriesOwner(field, property)) {
    const user = inHubSpot ? userOfOwner(text, schemas) : schemas.users[longId(text)];
    return user?.name ?? schemas.owners.find(({ id }) => id === text)?.email ?? text;
  }
  const options = inHubSpot ? property.options : field.picklistValues;
  return options.find((one) => one.value === text)?.label || text;
}
