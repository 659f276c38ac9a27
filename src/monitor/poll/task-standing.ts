import { salesforceLink } from "../../records/pairing.ts";
import { type HubSpotRecord, LINK_PROPERTIES, type LinkedObject, type SalesforceRecord } from "../../records/record.ts";
import type { Connection } from "../context.ts";

/** How much earlier than HubSpot's task its Salesforce task may seem to have been made: two clocks, in milliseconds. */
const CLOCKS_MS = 60_000;

interface Link {
  readonly object: LinkedObject;
  readonly id: string;
}

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

/**
 * Where tasks stand. Costs three HubSpot calls and one Salesforce call for many tasks, four HubSpot calls and two Salesforce
 * calls more where some have no Salesforce task yet.
 */
export async function standingsOf(
  connection: Connection,
  tasks: readonly HubSpotRecord[],
): Promise<ReadonlyMap<string, TaskStanding>> {
  const people = await linksOf(connection, tasks, "contacts");
  const partners = await partnersOf(connection, tasks, people);
  const absent = tasks.filter(({ id }) => people.has(id) && !partners.has(id));
  const deals = await linksOf(connection, absent, "deals");
  const companies = await linksOf(connection, absent, "companies");
  const owners = await ownersOfPeople(
    connection,
    absent.flatMap(({ id }) => people.get(id) ?? []),
  );
  return new Map(
    tasks.map(({ id }) => {
      const who = people.get(id) ?? null;
      const standing: TaskStanding = {
        who,
        whoseOwner: who === null ? null : (owners.get(who.id) ?? null),
        // Salesforce relates a lead's task to nothing else.
        what: who?.object === "Lead" ? null : (deals.get(id) ?? companies.get(id) ?? null),
        partnerId: partners.get(id) ?? null,
      };
      return [id, standing] as const;
    }),
  );
}

/** The Salesforce record of the first associated record that has one, by task. */
async function linksOf(
  { hubspot }: Connection,
  tasks: readonly HubSpotRecord[],
  to: "contacts" | "deals" | "companies",
): Promise<ReadonlyMap<string, Link>> {
  if (tasks.length === 0) return new Map();
  const associated = await hubspot.associatedIds(
    "tasks",
    to,
    tasks.map(({ id }) => id),
  );
  const wanted = [...new Set([...associated.values()].flat())];
  const links = new Map<string, Link>();
  if (wanted.length === 0) return links;
  const linkOfRecord = new Map<string, Link>();
  for await (const page of hubspot.recordsByIds(to, wanted, Object.values(LINK_PROPERTIES))) {
    for (const record of page) {
      const link = salesforceLink(record);
      if (link !== null) linkOfRecord.set(record.id, link);
    }
  }
  for (const [taskId, ids] of associated) {
    const link = ids.map((id) => linkOfRecord.get(id)).find((found) => found !== undefined);
    if (link !== undefined) links.set(taskId, link);
  }
  return links;
}

/** Each Salesforce task is one HubSpot task's, the earlier ones first: two calls to one person are two tasks. */
async function partnersOf(
  { salesforce }: Connection,
  tasks: readonly HubSpotRecord[],
  people: ReadonlyMap<string, Link>,
): Promise<ReadonlyMap<string, string>> {
  const partners = new Map<string, string>();
  const ids = [...new Set([...people.values()].map(({ id }) => id))];
  if (ids.length === 0) return partners;
  const inOrder = tasks.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  const since = new Date((inOrder[0]?.createdAt.getTime() ?? 0) - CLOCKS_MS);
  const candidates = new Map<string, SalesforceRecord[]>();
  for (const record of await salesforce.tasksAbout(ids, since)) {
    const key = keyOf(String(record.fields.WhoId), String(record.fields.Subject ?? ""));
    candidates.set(key, [...(candidates.get(key) ?? []), record]);
  }
  for (const records of candidates.values()) records.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  for (const task of inOrder) {
    const who = people.get(task.id);
    const found = who && candidates.get(keyOf(who.id, task.properties.hs_task_subject ?? ""));
    const at = found?.findIndex(({ createdAt }) => createdAt.getTime() >= task.createdAt.getTime() - CLOCKS_MS) ?? -1;
    const [partner] = at < 0 ? [] : (found?.splice(at, 1) ?? []);
    if (partner !== undefined) partners.set(task.id, partner.id);
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
