import { ApiError, notFound, statusOf } from "../errors.ts";
import { normalizeId } from "../ids.ts";
import { findObject, type ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, SaveError, SaveResult } from "../model.ts";
import { deleteRecord, rightsOf, saveRecord } from "../save/save.ts";
import { projection, type RecordAnswer } from "../soql/select.ts";
import { type ApiAnswer, type ApiRequest, type ApiSession, methodNotAllowed, objectBody, scopeOf } from "./exchange.ts";

/** An object by the name in a path; to who may not read it, it does not exist. */
export function readableObject(session: ApiSession, name: string): ObjectDefinition {
  const object = findObject(session.data.metadata, name);
  if (object === undefined || object.toolingOnly === true || !rightsOf(session.data, session.caller).object(object).read)
    throw notFound();
  return object;
}

/** A refused save as a request of its own answers it. Its duplicate result has a name that Salesforce has never corrected. */
function refusal(errors: readonly SaveError[]): ApiAnswer {
  const [first] = errors;
  const body = errors.map(({ statusCode, message, fields, extra }) => {
    const { duplicateResult, ...rest } = extra ?? {};
    return {
      ...(duplicateResult === undefined ? {} : { duplicateResut: duplicateResult }),
      ...rest,
      message,
      errorCode: statusCode,
      fields,
    };
  });
  return { status: first === undefined ? 400 : statusOf(first), body };
}

/** POST /sobjects/{object} */
export function createRecord(session: ApiSession, request: ApiRequest, objectName: string): ApiAnswer {
  if (request.method !== "POST") throw methodNotAllowed(request.method, "HEAD,GET,POST");
  const object = readableObject(session, objectName);
  const result = saveRecord(session.data, session.caller, {
    object: object.name,
    id: null,
    fields: fieldsOf(objectBody(request)),
  });
  if (!result.success) return refusal(result.errors);
  return {
    status: 201,
    headers: { Location: `/services/data/${request.version}/sobjects/${object.name}/${result.id}` },
    body: { id: result.id, success: true, errors: [] },
  };
}

/** GET, PATCH and DELETE /sobjects/{object}/{id} */
export function answerRecord(session: ApiSession, request: ApiRequest, objectName: string, sentId: string): ApiAnswer {
  const object = readableObject(session, objectName);
  const id = existingId(session, object, sentId);
  switch (request.method) {
    case "GET":
      return { status: 200, body: readRecord(session, request, object, id) };
    case "PATCH": {
      const since = request.headers.get("if-unmodified-since");
      const changed = session.data.table(object.name).get(id)?.fields.LastModifiedDate;
      if (since !== null && typeof changed === "string" && Math.floor(Date.parse(changed) / 1000) > Date.parse(since) / 1000) {
        throw new ApiError(412, "PRECONDITION_FAILED", "The record has been modified since the specified date");
      }
      return emptyOr(
        saveRecord(session.data, session.caller, { object: object.name, id, fields: fieldsOf(objectBody(request)) }),
      );
    }
    case "DELETE":
      return emptyOr(deleteRecord(session.data, session.caller, object.name, id));
    default:
      throw methodNotAllowed(request.method, "HEAD,GET,PATCH,DELETE");
  }
}

function emptyOr(result: SaveResult): ApiAnswer {
  return result.success ? { status: 204 } : refusal(result.errors);
}

function existingId(session: ApiSession, object: ObjectDefinition, sentId: string): string {
  const id = normalizeId(sentId);
  if (id === null || !id.startsWith(object.keyPrefix)) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${sentId}`);
  }
  if (object.kind === "setup") return id;
  const table = session.data.table(object.name);
  if (table.getDeleted(id) !== undefined) throw new ApiError(404, "ENTITY_IS_DELETED", "entity is deleted");
  if (table.get(id) === undefined || rightsOf(session.data, session.caller).record(id) === "hidden") throw notFound();
  return id;
}

function readRecord(session: ApiSession, request: ApiRequest, object: ObjectDefinition, id: string): RecordAnswer {
  const names = request.query.get("fields")?.split(",");
  const [found] = retrieve(session, request.version, object, [id], names ?? null);
  if (found === null || found === undefined) throw notFound();
  return found;
}

/** Records by id in the order asked for, null for those that are not there. `names` null: all the readable fields. */
export function retrieve(
  session: ApiSession,
  version: string,
  object: ObjectDefinition,
  ids: readonly string[],
  names: readonly string[] | null,
): (RecordAnswer | null)[] {
  const scope = scopeOf(session);
  const source = scope.source(object.name);
  if (source === null) throw notFound();
  const all = [...object.fields.values()].filter((field) => scope.rights.field(object, field).read).map((field) => field.name);
  const wanted = [...new Set(names ?? all)].map((name) => name.trim());
  for (const name of wanted) {
    const exists = name.includes(".") || all.some((one) => one.toLowerCase() === name.toLowerCase());
    if (!exists) throw new ApiError(400, "INVALID_FIELD", `No such column '${name}' on sobject of type ${object.name}`);
  }
  const fields = wanted.map((name) => {
    const [field = "", ...relationships] = name.split(".").toReversed();
    return relationships.length === 0
      ? ({ type: "Field", field } as const)
      : ({ type: "FieldRelationship", field, relationships: relationships.toReversed() } as const);
  });
  const query = `SELECT ${wanted.join(", ")} FROM ${object.name}`;
  const project = projection(scope, query, object, fields, {
    version,
    children: () => {
      throw new ApiError(400, "INVALID_FIELD", "subqueries are not fields");
    },
  });
  return ids.map((id) => {
    const row = source.byId(id);
    return row === undefined ? null : project(row);
  });
}

/** The fields of a record in a body, whatever their values are: the save pipeline judges them. */
export function fieldsOf(record: Readonly<Record<string, unknown>>): Fields {
  const { attributes: _attributes, ...fields } = record;
  return fields as Fields;
}
