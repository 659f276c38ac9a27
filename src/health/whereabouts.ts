import { isSalesforceId, longId, objectOfId } from "../records/salesforce-id.ts";
import { plainText } from "../records/text.ts";
import { messageText } from "./cause.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Refusal } from "./refusal.ts";

/** A record as Salesforce still shows it to the integration user, the Recycle Bin included. */
export interface Trace {
  /** API name; a queue is a `Group`. */
  readonly object: string;
  readonly name: string;
  readonly isDeleted: boolean;
  /** Id of the record that it was merged into. */
  readonly mergedInto: string | null;
}

/** The Salesforce record (18 characters) that a refusal is about and that a look at it would explain; null where none would. */
export function recordInQuestion(diagnosis: Diagnosis, refusal: Refusal, writtenId: string | null): string | null {
  if (diagnosis.type !== "insufficient-access-or-missing-record" && diagnosis.type !== "owner-assignment") return null;
  if (diagnosis.value !== null && isSalesforceId(diagnosis.value)) return longId(diagnosis.value);
  const named = messageText(refusal.message).match(/\b(?=[a-zA-Z]{0,4}\d)[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?\b/)?.[0];
  const id = named ?? writtenId;
  return id === null ? null : longId(id);
}

/**
 * A diagnosis with what became of the record in question: `record` names it, `whereabouts` is `deleted`, `merged`, `there` or
 * `not-found`; an owner is named, `ownerIs` tells a queue.
 */
export function withWhereabouts(diagnosis: Diagnosis, id: string, trace: Trace | undefined): Diagnosis {
  const { details } = diagnosis;
  if (diagnosis.type === "owner-assignment") {
    if (trace === undefined) return diagnosis;
    const isQueue = trace.object === "Group";
    return { ...diagnosis, details: { ...details, owner: plainText(trace.name), ...(isQueue && { ownerIs: "queue" }) } };
  }
  const object = trace?.object ?? objectOfId(id);
  const name = [...(object === null ? [] : [object]), ...(trace === undefined ? [] : [plainText(trace.name)])].join(" ");
  const record = name === "" ? id : `${name} (${id})`;
  const mergedInto = trace?.mergedInto ?? null;
  return {
    ...diagnosis,
    details: { ...details, record, whereabouts: whereaboutsOf(trace), ...(mergedInto !== null && { mergedInto }) },
  };
}

function whereaboutsOf(trace: Trace | undefined): string {
  if (trace === undefined) return "not-found";
  if (trace.mergedInto !== null) return "merged";
  return trace.isDeleted ? "deleted" : "there";
}
