import { type Refusal, RefusedError } from "../../health/refusal.ts";
import { SYNC_ERROR_CATALOGUE } from "../../health/sync-error-catalogue.ts";
import { type Said, type Sentence, sentence } from "../../language/sentence.ts";
import { logAction } from "../../store/action-log.ts";
import { heldAfter, isHeldInHubSpot } from "../../store/held-pages.ts";
import { listNamed, saveList } from "../../store/hubspot-lists.ts";
import { getError, type StoredError } from "../../store/reports.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { Actor, ListOutcome } from "../monitor.ts";
import { linksOf } from "../reports.ts";
import { loggedActor } from "./action.ts";
import { errorTarget } from "./targets.ts";

/** Records a query and a call of HubSpot's. */
const PORTION = 500;
/** HubSpot names no limit for a list's name; its own screens cut longer ones. */
const LONGEST_NAME = 100;
const NOT_FOUND = 404;
/** Our own code for a list that would be empty. */
const NO_RECORDS = "NO_RECORDS";
const NO_CONNECTION = sentence("This connection is no longer configured. `/sync status` lists those that are.");

/**
 * Puts the records that an error holds back into a static list of HubSpot's, named after the error and the day. Asked for twice on
 * a day, by two people at once, or again after it broke off halfway, it is the same list with whoever has joined: HubSpot keeps
 * names unique and takes a member only once.
 */
export async function createHubSpotList(context: MonitorContext, errorId: string, actor: Actor): Promise<ListOutcome> {
  const error = await getError(context.db, errorId.toUpperCase());
  if (error === undefined) return { outcome: "declined", why: sentence("There is no error {id}.", { id: errorId.slice(0, 80) }) };
  const connection = context.connections.get(error.connection);
  const why = whyNot(error, connection);
  if (connection === undefined || why !== null) return { outcome: "declined", why: why ?? NO_CONNECTION };
  const at = context.clock.now();
  const name = listName(error, at, connection.settings.poll.timeZone);
  const log = (outcome: "done" | "failed", detail: Said) =>
    logAction(context.db, {
      at: context.clock.now(),
      connection: error.connection,
      ...loggedActor(actor),
      action: "create HubSpot list",
      target: errorTarget(error.id),
      outcome,
      detail,
    });
  try {
    const filled = await fill(context, connection, error, name, { at, by: actor.userId });
    const { hubspotBase } = await linksOf(context, error.connection);
    const url = hubspotBase === null ? null : `${hubspotBase}/objectLists/${encodeURIComponent(filled.listId)}/filters`;
    const { members, onlyInSalesforce } = filled;
    const detail = sentence("{name}: {members, number} in it, {onlyInSalesforce, number} only in Salesforce left out", {
      name,
      members,
      onlyInSalesforce,
    });
    await log("done", detail);
    return { outcome: "made", name, url, object: error.object, ...filled };
  } catch (thrown) {
    if (!(thrown instanceof RefusedError)) throw thrown;
    const why = refusalSentence(thrown.refusal);
    await log("failed", why);
    return { outcome: "declined", why };
  }
}

function whyNot(error: StoredError, connection: Connection | undefined): Sentence | null {
  if (connection === undefined) return NO_CONNECTION;
  if (error.resolved_at !== null) {
    return sentence("Error {id} is resolved: it holds no record back any more.", { id: error.id });
  }
  if (error.object === "tasks") return sentence("HubSpot has no lists of tasks.");
  return null;
}

interface Filled {
  readonly listId: string;
  readonly isNew: boolean;
  readonly members: number;
  readonly onlyInSalesforce: number;
  readonly missing: number;
}

async function fill(
  context: MonitorContext,
  connection: Connection,
  error: StoredError,
  name: string,
  made: { readonly at: Date; readonly by: string },
): Promise<Filled> {
  const { db } = context;
  const known = await listNamed(db, error.connection, name);
  if (known !== null) {
    const added = await addRecords(context, connection, error, known).catch(unlessDeleted);
    if (added !== null) return { listId: known, isNew: false, ...added };
  }
  if (!(await isHeldInHubSpot(db, error.id))) {
    throw new RefusedError({
      system: "hubspot",
      code: NO_RECORDS,
      message: "None of these records is in HubSpot.",
      fields: [],
    });
  }
  const { id, isNew } = await connection.hubspot.createList(error.object, name);
  const row = { connection: error.connection, name, error_id: error.id, list_id: id };
  await saveList(db, { ...row, created_by: made.by, created_at: made.at });
  return { listId: id, isNew, ...(await addRecords(context, connection, error, id)) };
}

/** Somebody has deleted the list in HubSpot: it is made anew. */
function unlessDeleted(thrown: unknown): null {
  if (thrown instanceof RefusedError && thrown.refusal.httpStatus === NOT_FOUND) return null;
  throw thrown;
}

async function addRecords(
  { db }: MonitorContext,
  { hubspot }: Connection,
  error: StoredError,
  listId: string,
): Promise<Pick<Filled, "members" | "onlyInSalesforce" | "missing">> {
  let [members, onlyInSalesforce, missing] = [0, 0, 0];
  let after: string | null = null;
  for (;;) {
    const rows: Awaited<ReturnType<typeof heldAfter>> = await heldAfter(db, error.id, after, PORTION);
    const ids = rows.flatMap(({ hubspot_id }) => hubspot_id ?? []);
    onlyInSalesforce += rows.length - ids.length;
    if (ids.length > 0) {
      const added = await hubspot.addToList(listId, ids);
      missing += added.missing;
      members += ids.length - added.missing;
    }
    after = rows.at(-1)?.record_key ?? null;
    if (after === null || rows.length < PORTION) return { members, onlyInSalesforce, missing };
  }
}

/** "Sync error E7K3Q: Restricted picklist value, Industry, 2026-11-22": the day where the connection's polls are scheduled. */
export function listName(
  error: Pick<StoredError, "id" | "type" | "salesforce_field" | "hubspot_property">,
  at: Date,
  timeZone: string,
): string {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
  const { label } = SYNC_ERROR_CATALOGUE[error.type];
  const field = error.salesforce_field ?? error.hubspot_property;
  const what = [`Sync error ${error.id}: ${label}`, ...(field === null ? [] : [field])].join(", ");
  return `${[...what].slice(0, LONGEST_NAME - day.length - 2).join("")}, ${day}`;
}

function refusalSentence({ code, message }: Refusal): Sentence {
  if (code === "MISSING_SCOPES") {
    return sentence(
      "HubSpot's token lacks the scope crm.lists.write: add it to the service key under Settings, Integrations, Service Keys, then press the button again.",
    );
  }
  return code === NO_RECORDS
    ? sentence("None of these records is in HubSpot: there is nothing to put into a list.")
    : sentence("HubSpot made no list: {message}", { message });
}
