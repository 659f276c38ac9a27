import { describeObject, describeWhole } from "../describe.ts";
import { notFound } from "../errors.ts";
import { eventLogFiles, logFileChunks } from "../event-log-files.ts";
import { normalizeId } from "../ids.ts";
import { MASTER_RECORD_TYPE_ID, recordTypeInfos, recordTypesOf } from "../record-types.ts";
import { rightsOf } from "../save/save.ts";
import { answerCollection, answerRetrieve, type RollbackReading } from "./collections.ts";
import { answerBatch, answerComposite } from "./composite.ts";
import { type ApiAnswer, type ApiRequest, type ApiSession, methodNotAllowed } from "./exchange.ts";
import { limitsBody } from "./limits.ts";
import { picklistValues } from "./picklists.ts";
import { answerQuery } from "./query.ts";
import { answerRecord, createRecord, readableObject } from "./records.ts";

/** Answers a request below `/services/data/vNN.0`. Throws `ApiError` for refusals of the whole request. */
export function serve(session: ApiSession, request: ApiRequest, reading: RollbackReading = null): ApiAnswer {
  const [area, second, third, fourth] = request.path;
  switch (area) {
    case undefined:
      return { status: 200, body: resources(request.version) };
    case "limits":
      if (request.method !== "GET") throw methodNotAllowed(request.method, "HEAD,GET");
      return { status: 200, body: limitsBody(session.data) };
    case "query":
    case "queryAll":
      return answerQuery(session, request, area);
    case "sobjects":
      return serveObjects(session, request);
    case "composite":
      if (second === undefined) return answerComposite(session, request, serve);
      if (second === "batch") return answerBatch(session, request, serve);
      if (second === "sobjects" && third === undefined) return answerCollection(session, request, reading);
      if (second === "sobjects" && third !== undefined && fourth === undefined) return answerRetrieve(session, request, third);
      throw notFound();
    case "tooling":
      if (second === "query") return answerQuery(session, request, "tooling/query");
      throw notFound();
    case "ui-api":
      return servePicklists(session, request);
    default:
      throw notFound();
  }
}

function resources(version: string): Record<string, string> {
  const root = `/services/data/${version}`;
  const names = ["composite", "limits", "query", "queryAll", "sobjects", "tooling", "ui-api"];
  return Object.fromEntries([...names.map((name) => [name, `${root}/${name}`]), ["identity", "/services/oauth2/userinfo"]]);
}

function serveObjects(session: ApiSession, request: ApiRequest): ApiAnswer {
  const [, name, id, part] = request.path;
  const rights = rightsOf(session.data, session.caller);
  if (name === undefined) {
    const visible = [...session.data.metadata.values()].filter(
      (object) => object.toolingOnly !== true && rights.object(object).read,
    );
    const sobjects = visible.map((object) => describeObject(object, rights, request.version));
    return { status: 200, body: { encoding: "UTF-8", maxBatchSize: 200, sobjects } };
  }
  if (id === undefined) {
    if (request.method !== "GET") return createRecord(session, request, name);
    const object = readableObject(session, name);
    return { status: 200, body: { objectDescribe: describeObject(object, rights, request.version), recentItems: [] } };
  }
  if (id === "describe" && part === undefined) {
    if (request.method !== "GET") throw methodNotAllowed(request.method, "HEAD,GET");
    const object = readableObject(session, name);
    const recordTypes = recordTypeInfos(session.data, object, session.caller.userId);
    return { status: 200, body: describeWhole(object, rights, request.version, recordTypes) };
  }
  if (name.toLowerCase() === "eventlogfile" && part === "LogFile") {
    const file = eventLogFiles(session.data).find((candidate) => candidate.fields.Id === id);
    if (file === undefined) throw notFound();
    return { status: 200, csv: logFileChunks(session.data, file) };
  }
  if (part !== undefined) throw notFound();
  return answerRecord(session, request, name, id);
}

function servePicklists(session: ApiSession, request: ApiRequest): ApiAnswer {
  const [, info, name, values, recordTypeId] = request.path;
  if (info !== "object-info" || name === undefined || values !== "picklist-values" || recordTypeId === undefined)
    throw notFound();
  const object = readableObject(session, name);
  const id = normalizeId(recordTypeId);
  const isKnown = id === MASTER_RECORD_TYPE_ID || recordTypesOf(session.data, object.name).some((type) => type.id === id);
  if (!isKnown) throw notFound();
  const rights = rightsOf(session.data, session.caller);
  return { status: 200, body: picklistValues(session.data, object, rights, request.version, recordTypeId) };
}
