import { ApiError, saveError } from "../errors.ts";
import { normalizeId } from "../ids.ts";
import { findObject } from "../metadata/objects.ts";
import type { SaveResult } from "../model.ts";
import { deleteRecord, saveRecord } from "../save/save.ts";
import { type ApiAnswer, type ApiRequest, type ApiSession, methodNotAllowed, objectBody } from "./exchange.ts";
import { fieldsOf, readableObject, retrieve } from "./records.ts";

const MAX_SAVED = 200;
const MAX_RETRIEVED = 2000;

export const HALTED = "The transaction was rolled back since another operation in the same transaction failed.";
const ROLLED_BACK = "Record rolled back because not all records were valid and the request was using AllOrNone header";

/** How a collection behaves inside a composite that is all-or-none; null outside of one. */
export type RollbackReading = "every-failure" | "first-failure" | null;

/** POST, PATCH and DELETE /composite/sobjects */
export function answerCollection(session: ApiSession, request: ApiRequest, reading: RollbackReading): ApiAnswer {
  const { data, caller } = session;
  if (request.method === "DELETE") {
    const ids = (request.query.get("ids") ?? "").split(",").filter((id) => id !== "");
    limitOf(ids.length);
    const steps = ids.map((id) => () => {
      const object = [...data.metadata.values()].find(
        (candidate) => candidate.kind === "stored" && id.startsWith(candidate.keyPrefix),
      );
      if (object !== undefined) return deleteRecord(data, caller, object.name, id);
      return failed(saveError("MALFORMED_ID", `bad id ${id}`, ["Id"]));
    });
    return run(session, steps, request.query.get("allOrNone") === "true", reading);
  }
  if (request.method !== "POST" && request.method !== "PATCH") throw methodNotAllowed(request.method, "POST,PATCH,DELETE");
  const body = objectBody(request);
  const records = Array.isArray(body.records) ? (body.records as readonly unknown[]) : [];
  if (records.length === 0) throw new ApiError(400, "INVALID_INPUT", "At least one record is required");
  limitOf(records.length);
  const steps = records.map((record) => saveStep(session, record, request.method === "PATCH"));
  return run(session, steps, body.allOrNone === true, reading);
}

function limitOf(count: number): void {
  if (count <= MAX_SAVED) return;
  throw new ApiError(400, "EXCEEDED_ID_LIMIT", `record limit reached. cannot submit more than ${MAX_SAVED} records in this call`);
}

function failed(error: ReturnType<typeof saveError>): SaveResult {
  return { success: false, errors: [error] };
}

function saveStep(session: ApiSession, record: unknown, update: boolean): () => SaveResult {
  if (typeof record !== "object" || record === null) throw new ApiError(400, "JSON_PARSER_ERROR", "records must hold objects");
  const { id: lower, Id: upper, ...rest } = record as Record<string, unknown>;
  const id = upper ?? lower;
  const attributes = rest.attributes;
  const type = typeof attributes === "object" && attributes !== null && "type" in attributes ? attributes.type : undefined;
  if (typeof type !== "string")
    throw new ApiError(400, "INVALID_INPUT", "Unable to determine type of record: attributes.type is required");
  if (!update && id !== undefined) {
    return () => failed(saveError("INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", ["Id"]));
  }
  if (!update) return () => saveRecord(session.data, session.caller, { object: type, id: null, fields: fieldsOf(rest) });
  if (typeof id !== "string" || id === "")
    return () => failed(saveError("MISSING_ARGUMENT", "Id not specified in an update call", ["Id"]));
  return () => saveRecord(session.data, session.caller, { object: type, id, fields: fieldsOf(rest) });
}

function run(session: ApiSession, steps: readonly (() => SaveResult)[], allOrNone: boolean, reading: RollbackReading): ApiAnswer {
  // In the reading where an outer allOrNone outweighs the collection's own, the first failure ends it.
  const halting = reading === "first-failure";
  const results = session.data.transaction(() => {
    const done: SaveResult[] = [];
    for (const step of steps) {
      const result = step();
      done.push(result);
      if (!result.success && halting) break;
    }
    return { keep: !(allOrNone || halting) || done.every((result) => result.success), value: done };
  });
  const undone = (allOrNone || halting) && results.some((result) => !result.success);
  const body = steps.map((_, index) => {
    const result = results[index];
    if (result === undefined) return shown({ success: false, errors: [saveError("PROCESSING_HALTED", HALTED)] });
    if (!result.success || !undone) return shown(result);
    return shown({ success: false, id: result.id, errors: [saveError("ALL_OR_NONE_OPERATION_ROLLED_BACK", ROLLED_BACK)] });
  });
  return { status: 200, body };
}

function shown(result: SaveResult): Record<string, unknown> {
  const errors = result.errors.map(({ extra, ...error }) => ({ ...error, ...extra }));
  return { ...(result.id === undefined ? {} : { id: result.id }), success: result.success, errors };
}

/** GET and POST /composite/sobjects/{object}: records by id. */
export function answerRetrieve(session: ApiSession, request: ApiRequest, objectName: string): ApiAnswer {
  const object = findObject(session.data.metadata, objectName) === undefined ? null : readableObject(session, objectName);
  if (object === null) throw new ApiError(404, "NOT_FOUND", "The requested resource does not exist");
  const asked: readonly unknown[] =
    request.method === "GET" ? listOf(request.query.get("ids")) : arrayOf(objectBody(request).ids);
  const names: readonly unknown[] =
    request.method === "GET" ? listOf(request.query.get("fields")) : arrayOf(objectBody(request).fields);
  if (names.length === 0) throw new ApiError(400, "MISSING_ARGUMENT", "The fields parameter is required");
  if (asked.length > MAX_RETRIEVED) {
    throw new ApiError(
      400,
      "EXCEEDED_ID_LIMIT",
      `record limit reached. cannot submit more than ${MAX_RETRIEVED} records in this call`,
    );
  }
  const ids = asked.map((id) => {
    const normal = normalizeId(id);
    if (normal === null) throw new ApiError(400, "MALFORMED_ID", `malformed id ${String(id)}`);
    return normal;
  });
  return { status: 200, body: retrieve(session, request.version, object, ids, names.map(String)) };
}

function listOf(text: string | null): string[] {
  return (text ?? "").split(",").filter((part) => part !== "");
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
