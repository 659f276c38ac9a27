import { createHash } from "node:crypto";
import { enteredIn, sameValue, sidesOf, valueToWrite } from "../../../health/remedy.ts";
import { shownValue } from "../../../health/remedy-choices.ts";
import { problemsWith } from "../../../health/remedy-problems.ts";
import { type Said, sentence } from "../../../language/sentence.ts";
import { type SalesforceValue, SYSTEM_NAMES } from "../../../records/record.ts";
import { isBlank } from "../../../records/text.ts";
import { logAction } from "../../../store/action-log.ts";
import { heldForSameValue } from "../../../store/held-records.ts";
import type { StoredAffectedRecord } from "../../../store/reports.ts";
import { getRequest, insertItems, insertRequest } from "../../../store/requests.ts";
import type { RecordRow } from "../../../store/resync-records.ts";
import { countChanges, standingChanges } from "../../../store/value-changes.ts";
import { announceToChannel } from "../../announcements/announce.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import type { Actor, FixPreview, FixWish, Requested } from "../../monitor.ts";
import { expiryOf, loggedActor, requestedBy } from "../action.ts";
import { cancelRequest } from "../cancel-request.ts";
import { errorTarget } from "../targets.ts";
import { fingerprintOf, type Prepared, prepareFix } from "./form.ts";
import { type Change, type FixParameters, fixParameters } from "./parameters.ts";
import { refusedInTrial } from "./trial.ts";
import { changeWords, problemWords, valueWords } from "./words.ts";

/** A wish that has been looked at. `problem`: of the value, for the person to correct. `why`: nothing is to be done any more. */
type Planned = { readonly plan: Plan } | { readonly problem: Said } | { readonly why: Said };

interface Plan extends Prepared {
  readonly after: SalesforceValue;
  /** As people know them. */
  readonly shown: Pick<FixParameters, "before" | "after">;
  readonly records: readonly StoredAffectedRecord[];
}

/** What a fix would write, and into how many records; or what speaks against it. Costs the calls of `prepareFix`. */
export async function checkFix(context: MonitorContext, wish: FixWish): Promise<FixPreview> {
  const planned = await plan(context, wish);
  if (!("plan" in planned)) return planned;
  const { remedy, records, shown, held } = planned.plan;
  const { system, label } = remedy;
  return { system, label, ...shown, records: records.length, record: held.label };
}

/** Records that somebody wants a value written and queues the work. The same wish twice is one request. */
export async function requestFix(context: MonitorContext, wish: FixWish, actor: Actor): Promise<Requested> {
  const planned = await plan(context, wish);
  if ("problem" in planned) return { result: "declined", why: planned.problem };
  if ("why" in planned) return { result: "declined", why: planned.why };
  const refused = await refusedInTrial(context, planned.plan, planned.plan.after);
  if (refused !== null) {
    return {
      result: "declined",
      why: sentence("It would fail again: {reason}. Nothing was written.", { reason: refused }),
    };
  }
  const { connection, error, remedy, after, shown, records, held } = planned.plan;
  const { system, field, label, before, mapping } = remedy;
  const who = wish.all ? `value:${fingerprintOf(before)}:${held.salesforce_object}` : held.record_key;
  const identity = `fix:${connection.settings.name}:${error.id}:${createHash("sha256").update(who).digest("hex")}:${fingerprintOf(after)}`;
  const items = records.flatMap((record) => {
    const id = system === "hubspot" ? record.hubspot_id : record.salesforce_id;
    const object = system === "hubspot" ? mapping.object : mapping.salesforceObject;
    return id === null ? [] : [{ record, change: { object, id, field, expected: before, value: after } }];
  });
  const parameters = { target: errorTarget(error.id), errorId: error.id, system, label, ...shown, undoes: null };
  return record(context, connection, { identity, action: "fix", parameters, items }, actor);
}

/** Has the values of a fix put back where they still stand. Pressed twice it is one request. */
export async function requestUndo(context: MonitorContext, requestId: string, actor: Actor): Promise<Requested> {
  const fix = await getRequest(context.db, requestId);
  if (fix?.kind !== "fix") return { result: "declined", why: sentence("There is no such fix.") };
  const { undoes, target, errorId, system, label, before, after } = fixParameters(fix);
  if (undoes !== null) return { result: "declined", why: sentence("What was put back can't be put back again: fix it anew.") };
  const connection = context.connections.get(fix.connection);
  if (!connection) return { result: "declined", why: sentence("The connection is no longer configured.") };
  if (fix.finished_at === null) {
    return {
      result: "declined",
      why: sentence("The fix is still at work. Cancel it, or wait until it is done; then it can be undone."),
    };
  }
  const identity = `undo:${requestId}`;
  const changes = await standingChanges(context.db, requestId);
  if (changes.length === 0) return { result: "declined", why: await whyNothingStands(context, requestId) };
  const items = changes.map(({ change, item }) => {
    const { object, record_id: id, field } = change;
    return { record: item, change: { object, id, field, expected: change.after, value: change.before } };
  });
  const shown = { before: after, after: before };
  const parameters = { target: sentence("fix of {target}", { target }), errorId, system, label, ...shown, undoes: requestId };
  return record(context, connection, { identity, action: "undo", parameters, items }, actor);
}

/** Has a fix or an undo end between two batches. What was written stays written. */
export function cancelFix(context: MonitorContext, requestId: string, actor: Actor): Promise<Requested> {
  return cancelRequest(context, requestId, actor, {
    kind: "fix",
    target: (request) => fixParameters(request).target,
    subject: ({ id }) => `request:${id}`,
  });
}

async function plan(context: MonitorContext, wish: FixWish): Promise<Planned> {
  const prepared = await prepareFix(context, wish.errorId, wish.recordKey);
  if ("why" in prepared) return prepared;
  const { remedy, fixable, record, world, held } = prepared;
  if (fingerprintOf(remedy.before) !== wish.seen) {
    return {
      why: isBlank(remedy.before)
        ? sentence("Somebody has changed it meanwhile: {system}'s {field} has no value now. Nothing was written.", {
            system: SYSTEM_NAMES[remedy.system],
            field: remedy.label,
          })
        : sentence("Somebody has changed it meanwhile: {system}'s {field} has {value} now. Nothing was written.", {
            system: SYSTEM_NAMES[remedy.system],
            field: remedy.label,
            value: valueWords(remedy.before),
          }),
    };
  }
  const sides = sidesOf(fixable, record, world);
  if ("why" in sides) return sides;
  const entered = enteredIn(remedy.input, wish.entered);
  if (entered === null) return { problem: sentence("This option can't be chosen any more: open the dialog again.") };
  if (remedy.input.kind === "text" && entered.length > remedy.input.maxLength) {
    return {
      problem: sentence("{most, plural, one {At most # character} other {At most # characters}}: this has {length, number}.", {
        most: remedy.input.maxLength,
        length: entered.length,
      }),
    };
  }
  const after = valueToWrite(remedy, entered, sides);
  if (sameValue(after, remedy.before)) return { problem: sentence("This is the value that it has.") };
  const [problem] = problemsWith(after, record, sides, world);
  if (problem !== undefined) return { problem: problemWords(problem) };
  const records = wish.all ? await heldForSameValue(context.db, held) : [held];
  const shown = { before: shownValue(remedy.before, sides, world), after: shownValue(after, sides, world) };
  return { plan: { ...prepared, after, shown, records } };
}

interface Wanted {
  readonly identity: string;
  readonly action: "fix" | "undo";
  readonly parameters: FixParameters;
  readonly items: readonly { readonly record: RecordRow; readonly change: Change }[];
}

async function record(
  context: MonitorContext,
  connection: Connection,
  { identity, action, parameters, items }: Wanted,
  actor: Actor,
): Promise<Requested> {
  const { name } = connection.settings;
  const now = context.clock.now();
  return context.db.transaction().execute(async (trx): Promise<Requested> => {
    const { isNew, request } = await insertRequest(trx, {
      id: context.newId(),
      connection: name,
      kind: "fix",
      state: "requested",
      identity,
      parameters: JSON.stringify(parameters),
      progress: "{}",
      ...requestedBy(actor),
      requested_at: now,
      expires_at: expiryOf(connection, now),
    });
    if (!isNew) return { result: "joined", requestId: request.id, requestedBy: request.requested_by };
    const rows = items.map(({ record, change }, position) => ({
      request_id: request.id,
      position,
      state: "waiting" as const,
      record_key: record.record_key,
      object: record.object,
      hubspot_id: record.hubspot_id,
      salesforce_object: record.salesforce_object,
      salesforce_id: record.salesforce_id,
      label: record.label,
      // What is written is settled here: whoever goes on with it writes the same.
      payload: JSON.stringify(change),
    }));
    await insertItems(trx, rows);
    await logAction(trx, {
      at: now,
      connection: name,
      ...loggedActor(actor),
      action,
      target: parameters.target,
      outcome: "requested",
      detail: sentence("{change}, {records, plural, one {# record} other {# records}}", {
        change: changeWords(parameters),
        records: items.length,
      }),
    });
    const content = { kind: "fix", requestId: request.id } as const;
    const { channel } = actor;
    if (channel) await announceToChannel(trx, context, { connection: name, channel, subject: `request:${request.id}`, content });
    await context.jobs.send({ kind: "fix", requestId: request.id }, { transaction: trx });
    return { result: "accepted", requestId: request.id };
  });
}

async function whyNothingStands({ db }: MonitorContext, requestId: string): Promise<Said> {
  const written = (await countChanges(db, [requestId])).has(requestId);
  return written
    ? sentence("The fix is undone already: none of its values stands any more.")
    : sentence("The fix has written nothing: there is nothing to undo.");
}
