import { createHash } from "node:crypto";
import type { ConnectionSettings } from "../../config/config.ts";
import { RefusedError } from "../../health/refusal.ts";
import type { HubSpotAccountDetails } from "../../hubspot/hubspot.ts";
import { type SalesforceObject, SYNCED_OBJECTS, type SyncedObject } from "../../records/record.ts";
import type {
  HubSpotOwner,
  HubSpotPipeline,
  HubSpotProperty,
  PropertyRules,
  SalesforceObjectSchema,
  SalesforceUser,
} from "../../records/schema.ts";
import type { Schemas } from "../../records/schemas.ts";
import type { IntegrationRights, Salesforce } from "../../salesforce/salesforce.ts";
import { getConnectionState, saveConnectionState } from "../../store/connection-state.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { salesforceObjects } from "./fields.ts";

type ValidationRules = Awaited<ReturnType<Salesforce["validationRules"]>>;

/** The cached parts by name. What stands in the database under a name was put there under the same name and type. */
interface PartTypes {
  readonly [properties: `hubspot:properties:${string}`]: Readonly<Record<string, HubSpotProperty>>;
  readonly [schema: `salesforce:schema:${string}`]: SalesforceObjectSchema;
  readonly [rules: `salesforce:rules:${string}`]: ValidationRules;
  readonly [picklists: `salesforce:picklists:${string}`]: Readonly<Record<string, readonly string[]>>;
  readonly [rules: `hubspot:rules:${string}`]: PropertyRules;
  readonly [required: `hubspot:required:${string}`]: readonly string[];
  readonly "hubspot:pipelines": readonly HubSpotPipeline[];
  readonly "hubspot:owners": readonly HubSpotOwner[];
  readonly "hubspot:account": HubSpotAccountDetails;
  /** Whose turn the last poll was. */
  readonly "hubspot:turn": "tasks" | "settings";
  readonly "salesforce:users": Readonly<Record<string, SalesforceUser>>;
  readonly "salesforce:rights": IntegrationRights;
  readonly "salesforce:share": number | null;
  /** When changed validation rules were last asked for stands beside it. */
  readonly "salesforce:rules-watched": true;
}

interface Part {
  readonly at: string;
  readonly value: unknown;
}

/** A part of HubSpot's schema counts as older than it is, so that what suspends the sync is read more often. */
const WEIGHTS: readonly (readonly [prefix: string, weight: number])[] = [
  // Nobody can delete what tasks are mapped by.
  ["hubspot:properties:tasks", 0.5],
  ["hubspot:properties:", 2],
  ["hubspot:account", 0.01],
];

/** Parts that change without any setting having changed. */
const PASSING: readonly string[] = ["salesforce:share", "hubspot:account", "hubspot:turn"];

/** What is read to name a cause alone. */
const LOOKED_UP: readonly string[] = ["salesforce:rules:", "salesforce:picklists:"];

/** What is cached of both systems' schemas, read part by part, one slow read a poll. */
export class SchemaCache {
  readonly #parts: Map<string, Part>;
  readonly #replaced = new Map<string, Part>();
  /** Emails of owners that no user was found for. */
  readonly askedUsers = new Set<string>();
  /** Known once the Salesforce client has logged in. */
  integrationUserId: string | null = null;
  #changed = false;

  constructor(parts: Readonly<Record<string, Part>> = {}) {
    this.#parts = new Map(Object.entries(parts));
  }

  get<Name extends keyof PartTypes & string>(name: Name): PartTypes[Name] | undefined {
    return this.#parts.get(name)?.value as PartTypes[Name] | undefined;
  }

  readAt(name: string): Date | null {
    const at = this.#parts.get(name)?.at;
    return at === undefined ? null : new Date(at);
  }

  put<Name extends keyof PartTypes & string>(name: Name, value: PartTypes[Name], at: Date): void {
    const before = this.#parts.get(name);
    const isSetting = ![...PASSING, ...LOOKED_UP].some((prefix) => name.startsWith(prefix));
    if (before !== undefined && isSetting && fingerprint(before.value) !== fingerprint(value)) this.#changed = true;
    const part = { at: at.toISOString(), value };
    this.#parts.set(name, part);
    this.#replaced.set(name, part);
  }

  /** Adds users without counting that as a change of settings; a change of a known user counts. */
  putUsers(users: readonly SalesforceUser[], at: Date): void {
    const known = this.get("salesforce:users") ?? {};
    const isChange = users.some((user) => user.id in known && fingerprint(known[user.id]) !== fingerprint(user));
    const part = { at: at.toISOString(), value: { ...known, ...Object.fromEntries(users.map((user) => [user.id, user])) } };
    this.#parts.set("salesforce:users", part);
    this.#replaced.set("salesforce:users", part);
    if (isChange) this.#changed = true;
  }

  /** The part of a list that was read longest ago, by its weight; one never read comes first. */
  stalest(names: readonly string[], now: Date): string | undefined {
    const age = (name: string) => {
      const at = this.readAt(name);
      const weight = WEIGHTS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 1;
      return at === null ? Number.POSITIVE_INFINITY : (now.getTime() - at.getTime()) * weight;
    };
    return names.toSorted((one, other) => (age(one) === age(other) ? 0 : age(other) - age(one)))[0];
  }

  /** Whether a setting that was known before has been read with another value. */
  get changed(): boolean {
    return this.#changed;
  }

  /** Parts read since, to be saved. */
  replaced(): Readonly<Record<string, Part>> {
    return Object.fromEntries(this.#replaced);
  }

  schemas(settings: ConnectionSettings): Schemas {
    const hubspot: Partial<Record<SyncedObject, Readonly<Record<string, HubSpotProperty>>>> = {};
    for (const object of settings.objects) {
      const properties = this.get(`hubspot:properties:${object}`);
      if (properties !== undefined) hubspot[object] = properties;
    }
    const salesforce: Partial<Record<SalesforceObject, SalesforceObjectSchema>> = {};
    for (const object of salesforceObjects(settings)) {
      const schema = this.get(`salesforce:schema:${object}`);
      if (schema !== undefined) salesforce[object] = schema;
    }
    return {
      hubspot,
      salesforce,
      pipelines: this.get("hubspot:pipelines") ?? [],
      owners: this.get("hubspot:owners") ?? [],
      users: this.get("salesforce:users") ?? {},
      integrationUserId: this.integrationUserId,
    };
  }
}

/** The same whatever the order of keys: the store keeps them in one of its own. */
function fingerprint(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value, inKeyOrder) ?? "")
    .digest("base64");
}

function inKeyOrder(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The names of HubSpot's parts that a connection needs. */
export function hubspotParts({ objects }: ConnectionSettings): string[] {
  return [...objects.map((object) => `hubspot:properties:${object}`), "hubspot:pipelines", "hubspot:owners", "hubspot:account"];
}

/** Searches a poll that leave room for a slow part. */
const SEARCHES_A_POLL = 3;

/**
 * Whether this poll searches for changed tasks or reads a slow part: where there are four objects to search, they alternate, so
 * that an idle poll stays within four HubSpot calls. Null where there is room for both.
 */
export function turnOf({ objects }: ConnectionSettings, cache: SchemaCache): "tasks" | "settings" | null {
  if (objects.length <= SEARCHES_A_POLL || !objects.includes("tasks")) return null;
  return cache.get("hubspot:turn") === "settings" ? "tasks" : "settings";
}

/** Reads one of HubSpot's parts anew: one call, more where there are many owners. */
export async function readHubSpotPart({ hubspot }: Connection, cache: SchemaCache, name: string, at: Date): Promise<void> {
  if (name === "hubspot:pipelines") cache.put(name, await hubspot.pipelines(), at);
  else if (name === "hubspot:owners") cache.put(name, await hubspot.owners(), at);
  else if (name === "hubspot:account") cache.put(name, await hubspot.account(), at);
  for (const object of SYNCED_OBJECTS) {
    const part = `hubspot:properties:${object}` as const;
    if (name === part) cache.put(part, await hubspot.properties(object), at);
  }
}

/** Reads the schemas of Salesforce objects anew: one call. Answers those that the integration user is refused. */
export async function readSalesforceSchemas(
  { salesforce }: Connection,
  cache: SchemaCache,
  objects: readonly SalesforceObject[],
  at: Date,
): Promise<readonly SalesforceObject[]> {
  if (objects.length === 0) return [];
  const refused: SalesforceObject[] = [];
  for (const [object, schema] of await salesforce.schemas(objects)) {
    if ("fields" in schema && "queryable" in schema) cache.put(`salesforce:schema:${object}`, schema, at);
    else refused.push(object);
  }
  return refused;
}

/** Reads users that aren't known yet: one call, none when all are. */
export async function readUsers({ salesforce }: Connection, cache: SchemaCache, ids: Iterable<string>, at: Date): Promise<void> {
  const known = cache.get("salesforce:users") ?? {};
  // Queues own records too, and are no users.
  const missing = [...new Set(ids)].filter((id) => id.startsWith("005") && !(id in known));
  if (missing.length > 0) cache.putUsers(await salesforce.users(missing), at);
}

/**
 * Reads the Salesforce users that HubSpot owners are, by email, where they aren't known yet: one call at most, none when all
 * are. An owner whom no user matches is asked for once a poll.
 */
export async function readUsersOfOwners(
  { salesforce }: Connection,
  cache: SchemaCache,
  ownerIds: Iterable<string>,
  at: Date,
): Promise<void> {
  const wanted = new Set(ownerIds);
  if (wanted.size === 0) return;
  const known = new Set(Object.values(cache.get("salesforce:users") ?? {}).map(({ email }) => email.trim().toLowerCase()));
  const emails = (cache.get("hubspot:owners") ?? [])
    .filter(({ id }) => wanted.has(id))
    .flatMap(({ email }) => email?.trim().toLowerCase() || [])
    .filter((email) => !known.has(email) && !cache.askedUsers.has(email));
  if (emails.length === 0) return;
  for (const email of emails) cache.askedUsers.add(email);
  cache.putUsers(await salesforce.usersByEmail(emails), at);
}

/** Both schemas as cached, with what has never been read read now. For work outside a poll. */
export async function loadSchemaCache(context: MonitorContext, connection: Connection): Promise<SchemaCache> {
  const { name } = connection.settings;
  const state = await getConnectionState(context.db, name);
  const cache = new SchemaCache(state?.schema_parts ?? {});
  const now = context.clock.now();
  for (const part of hubspotParts(connection.settings)) {
    if (cache.readAt(part) === null) await readHubSpotPart(connection, cache, part, now);
  }
  const unread = salesforceObjects(connection.settings).filter((object) => cache.readAt(`salesforce:schema:${object}`) === null);
  await readSalesforceSchemas(connection, cache, unread, now);
  await saveConnectionState(context.db, name, { schemaParts: cache.replaced() });
  return cache;
}

/** The active validation rules of an object, read when first needed and again when a message matches none of them. */
export async function validationRules(
  { salesforce }: Connection,
  cache: SchemaCache,
  object: SalesforceObject,
  message: string,
  at: Date,
): Promise<ValidationRules> {
  const name = `salesforce:rules:${object}` as const;
  const known = cache.get(name);
  if (known?.some((rule) => message.includes(rule.errorMessage))) return known;
  if (known !== undefined && isFresh(cache, name, at)) return known;
  try {
    const rules = await salesforce.validationRules(object);
    cache.put(name, rules, at);
    return rules;
  } catch (error) {
    // Many integration users may not read the Tooling API: the rule's message has to do.
    if (!(error instanceof RefusedError)) throw error;
    return known ?? [];
  }
}

/** What doesn't explain a refusal doesn't cost a call each time. */
const LOOKED_UP_KEPT_MS = 60_000;

function isFresh(cache: SchemaCache, name: string, at: Date): boolean {
  return at.getTime() - (cache.readAt(name)?.getTime() ?? 0) < LOOKED_UP_KEPT_MS;
}

/** The options that a record type takes, read when first needed and again when they don't explain why one was refused. */
export async function recordTypePicklists(
  { salesforce, settings }: Connection,
  cache: SchemaCache,
  object: SalesforceObject,
  recordTypeId: string,
  refused: { readonly field: string; readonly option: string },
  at: Date,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const name = `salesforce:picklists:${object}:${recordTypeId}` as const;
  const known = cache.get(name);
  if (known?.[refused.field]?.includes(refused.option) === false) return known;
  if (known !== undefined && isFresh(cache, name, at)) return known;
  try {
    const values = (await salesforce.picklistValues(object, recordTypeId)) ?? {};
    const mapped = new Set(
      settings.mappings.flatMap((mapping) => (mapping.salesforceObject === object ? mapping.salesforceField : [])),
    );
    const picklists = Object.fromEntries(Object.entries(values).filter(([field]) => mapped.has(field)));
    cache.put(name, picklists, at);
    return picklists;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return known ?? {};
  }
}
