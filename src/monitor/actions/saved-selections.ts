import type { SelectionPart } from "../../health/selection.ts";
import { sentence } from "../../language/sentence.ts";
import { logAction } from "../../store/action-log.ts";
import * as store from "../../store/saved-selections.ts";
import type { MonitorContext } from "../context.ts";
import type { Actor, Requested } from "../monitor.ts";
import { loggedActor } from "./action.ts";

const MOST_SELECTIONS = 100;

/** Saves a selection under its name (letters, digits and dashes, told apart in no letter case), in place of an earlier one. */
export async function saveSelection(
  { db, clock }: MonitorContext,
  connection: string,
  name: string,
  parts: readonly SelectionPart[],
  actor: Actor,
): Promise<Requested> {
  const saved = await store.listSelections(db, connection);
  const id = name.toLowerCase();
  if (saved.length >= MOST_SELECTIONS && !saved.some((one) => one.name === id)) {
    return {
      result: "declined",
      why: sentence("There are {selections, number} selections already: forget one first with `{command}`.", {
        selections: MOST_SELECTIONS,
        command: "/sync forget <name>",
      }),
    };
  }
  const at = clock.now();
  await db.transaction().execute(async (trx) => {
    await store.saveSelection(trx, connection, { name: id, parts, savedBy: actor.userId, savedAt: at });
    const detail = sentence("{parts, plural, one {# part} other {# parts}}", { parts: parts.length });
    await logAction(trx, {
      at,
      connection,
      ...loggedActor(actor),
      action: "save selection",
      target: id,
      outcome: "done",
      detail,
    });
  });
  return { result: "accepted", requestId: id };
}

export async function deleteSelection(
  { db, clock }: MonitorContext,
  connection: string,
  name: string,
  actor: Actor,
): Promise<Requested> {
  const id = name.toLowerCase();
  const at = clock.now();
  const isDeleted = await db.transaction().execute(async (trx) => {
    if (!(await store.deleteSelection(trx, connection, id))) return false;
    await logAction(trx, {
      at,
      connection,
      ...loggedActor(actor),
      action: "forget selection",
      target: id,
      outcome: "done",
      detail: null,
    });
    return true;
  });
  if (isDeleted) return { result: "accepted", requestId: id };
  return { result: "declined", why: sentence("There is no such saved selection. `/sync selections` lists those there are.") };
}
