import { salesforceLink } from "../../records/pairing.ts";
import { type HubSpotRecord, LINK_PROPERTIES, MERGED_IDS_PROPERTY, type SalesforceRecord } from "../../records/record.ts";
import type { Connection } from "../context.ts";
import { inheritedBy, keptInMerges, type Link } from "./merged-people.ts";

/** How much earlier than HubSpot's task its Salesforce task may seem to have been made: two clocks, in milliseconds. */
const CLOCKS_MS = 60_000;

/** Where a HubSpot task stands in Salesforce. HubSpot doesn't show it, so this is what a look at Salesforce gives. */
export interface TaskStanding {
  /** The contact or lead it is about: the first of its contacts that is linked. */
  readonly who: Link | null;
  /** Owner of that contact or lead; known where the task is still to be made. */
  readonly whoseOwner: string | null;
  /** The opportunity or account it is related to; known where the task is still to be made. */
  readonly what: Link | null;
  /** The Salesforce task of the same person and subject that was made since. */
  readonly partnerId: string | null;
}

/** A record that a task is associated with, and its Salesforce record. */
interface Associated {
  readonly record: HubSpotRecord;
  readonly link: Link;
}

/**
 * Where tasks stand. Costs three HubSpot calls and one Salesforce call for many tasks, four HubSpot calls and two Salesforce
 * calls more where some have no Salesforce task yet; and a few where their people were merged, on either side.
 */
export async function standingsOf(
  connection: Connection,
  tasks: readonly HubSpotRecord[],
): Promise<ReadonlyMap<string, TaskStanding>> {
  const people = await associatedWith(connection, tasks, "contacts");
  const linked = new Map([...people].map(([id, { link }]) => [id, [link.id]]));
  const partners = new Map(await partnersOf(connection, tasks, linked));
  const absent = tasks.filter(({ id }) => people.has(id) && !partners.has(id));
  const deals = await associatedWith(connection, absent, "deals");
  const companies = await associatedWith(connection, absent, "companies");
  const owners = await ownersOfPeople(
    connection,
    absent.flatMap(({ id }) => people.get(id)?.link ?? []),
  );
  const others = await peopleByMerging(connection, absent, people, owners);
  for (const [id, partner] of await partnersOf(connection, absent, others, new Set(partners.values()))) partners.set(id, partner);
  return new Map(
    tasks.map(({ id }) => {
      const who = people.get(id)?.link ?? null;
      const standing: TaskStanding = {
        who,
        whoseOwner: who === null ? null : (owners.get(who.id) ?? null),
        // Salesforce relates a lead's task to nothing else.
        what: who?.object === "Lead" ? null : ((deals.get(id) ?? companies.get(id))?.link ?? null),
        partnerId: partners.get(id) ?? null,
      };
      return [id, standing] as const;
    }),
  );
}

/** The first associated record that has a Salesforce record, by task. */
async function associatedWith(
  { hubspot }: Connection,
  tasks: readonly HubSpotRecord[],
  to: "contacts" | "deals" | "companies",
): Promise<ReadonlyMap<string, Associated>> {
  if (tasks.length === 0) return new Map();
  const associated = await hubspot.associatedIds(
    "tasks",
    to,
    tasks.map(({ id }) => id),
  );
  const wanted = [...new Set([...associated.values()].flat())];
  const first = new Map<string, Associated>();
  if (wanted.length === 0) return first;
  const found = new Map<string, Associated>();
  for await (const page of hubspot.recordsByIds(to, wanted, [...Object.values(LINK_PROPERTIES), MERGED_IDS_PROPERTY])) {
    for (const record of page) {
      const link = salesforceLink(record);
      if (link !== null) found.set(record.id, { record, link });
    }
  }
  for (const [taskId, ids] of associated) {
    const one = ids.map((id) => found.get(id)).find((other) => other !== undefined);
    if (one !== undefined) first.set(taskId, one);
  }
  return first;
}

/** Whom else a task's Salesforce task may be about, by task: merging moves it to the kept record, or leaves it with the other one. */
async function peopleByMerging(
  connection: Connection,
  tasks: readonly HubSpotRecord[],
  people: ReadonlyMap<string, Associated>,
  owners: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const theirs = tasks.flatMap(({ id }) => people.get(id) ?? []);
  const missing = theirs.flatMap(({ link }) => (owners.has(link.id) ? [] : link.id));
  const kept = await keptInMerges(connection, missing);
  const inherited = await inheritedBy(
    connection,
    theirs.map(({ record }) => record),
  );
  return new Map(
    tasks.map(({ id }) => {
      const { record, link } = people.get(id) ?? {};
      const ids = [
        kept.get(link?.id ?? "")?.id ?? [],
        (inherited.get(record?.id ?? "")?.partners ?? []).map((other) => other.id),
      ].flat();
      return [id, ids.filter((other) => other !== link?.id)];
    }),
  );
}

/** Each Salesforce task is one HubSpot task's, the earlier ones first: two calls to one person are two tasks. */
async function partnersOf(
  { salesforce }: Connection,
  tasks: readonly HubSpotRecord[],
  people: ReadonlyMap<string, readonly string[]>,
  taken: ReadonlySet<string> = new Set(),
): Promise<ReadonlyMap<string, string>> {
  const partners = new Map<string, string>();
  const ids = [...new Set([...people.values()].flat())];
  if (ids.length === 0) return partners;
  const inOrder = tasks.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  const since = new Date((inOrder[0]?.createdAt.getTime() ?? 0) - CLOCKS_MS);
  const candidates = new Map<string, SalesforceRecord[]>();
  for (const record of await salesforce.tasksAbout(ids, since)) {
    if (taken.has(record.id)) continue;
    const key = keyOf(String(record.fields.WhoId), String(record.fields.Subject ?? ""));
    candidates.set(key, [...(candidates.get(key) ?? []), record]);
  }
  for (const records of candidates.values()) records.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  for (const task of inOrder) {
    for (const who of people.get(task.id) ?? []) {
      const found = candidates.get(keyOf(who, task.properties.hs_task_subject ?? ""));
      const at = found?.findIndex(({ createdAt }) => createdAt.getTime() >= task.createdAt.getTime() - CLOCKS_MS) ?? -1;
      const [partner] = at < 0 ? [] : (found?.splice(at, 1) ?? []);
      if (partner === undefined) continue;
      partners.set(task.id, partner.id);
      break;
    }
  }
  return partners;
}

function keyOf(who: string, subject: string): string {
  return `${who.slice(0, 15)} ${subject.trim()}`;
}

async function ownersOfPeople({ salesforce }: Connection, people: readonly Link[]): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  for (const object of ["Contact", "Lead"] as const) {
    const ids = [...new Set(people.flatMap((link) => (link.object === object ? link.id : [])))];
    if (ids.length === 0) continue;
    for await (const page of salesforce.recordsByIds(object, ids, ["OwnerId"])) {
      for (const { id, fields } of page) if (typeof fields.OwnerId === "string") owners.set(id, fields.OwnerId);
    }
  }
  return owners;
}
