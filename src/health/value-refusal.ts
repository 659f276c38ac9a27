import { isSalesforceId, longId, objectOfId } from "../records/salesforce-id.ts";
import { messageText, normaliseCause } from "./cause.ts";
import type { Diagnosis, RefusedWrite } from "./diagnosis.ts";
import type { Refusal } from "./refusal.ts";
import { refusedField, refusedValue, statedValue } from "./refused-field.ts";

/** An owner that Salesforce refuses: named by user, so that one person's leaving is one error. */
export function diagnoseOwner(type: "inactive-owner" | "owner-assignment", refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = refusedField(refusal, write) ?? ("OwnerId" in write.fields ? "OwnerId" : null);
  const named = messageText(refusal.message).match(/\b00[5G][a-zA-Z0-9]{12}(?:[A-Z0-5]{3})?\b/)?.[0];
  const id = refusedValue(field, write) ?? named ?? null;
  const user = id === null ? undefined : (write.users[longId(id)] ?? write.users[id]);
  return {
    type,
    salesforceField: field,
    cause:
      id === null ? `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}` : `owner ${longId(id)}`,
    value: id,
    details: {
      ...(user === undefined ? {} : { owner: user.name, email: user.email }),
      ...(id === null ? {} : { user: longId(id), ...(user === undefined ? { owner: longId(id) } : {}) }),
    },
  };
}

/** An id that something was lost of, or added to: a standard or custom object's prefix, then letters and digits. */
const CUT_ID = /^(?:00|01|50|70|80|a\d)[a-zA-Z0-9]{6,}$/;

/** The id that a message quotes: `Account ID: id value of incorrect type: Acme`, `malformed id Acme`. */
function statedId(message: string): string | null {
  const text = messageText(message);
  return /malformed id:? (\S.*)$/i.exec(text)?.[1] ?? (/[:：]/.test(text) ? statedValue(message) : null);
}

/** No id at all in a lookup is a missing id; an id in form that Salesforce doesn't take is an invalid one. */
export function diagnoseId(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = refusedField(refusal, write) ?? fieldNamedLast(refusal, write);
  const value = refusedValue(field, write) ?? (write.schema === null ? statedId(refusal.message) : null);
  const isQueue = value !== null && isSalesforceId(value) && value.startsWith("00G");
  if (isQueue && (field === null || field === "OwnerId")) return diagnoseOwner("owner-assignment", refusal, write);
  const isForm = value === null || isSalesforceId(value) || CUT_ID.test(value);
  const expected = field === null ? [] : (write.schema?.fields[field]?.referenceTo ?? []);
  const actual = value !== null && isForm ? objectOfId(value) : null;
  return {
    type: isForm ? "invalid-salesforce-id" : "missing-salesforce-id",
    salesforceField: field,
    cause: field ?? `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}`,
    value,
    details: {
      ...(expected.length > 0 && { expected: expected.join(", ") }),
      ...(actual !== null && !expected.includes(actual) && { actual }),
    },
  };
}

/** Whether a lookup was refused because its id is another object's: by its prefix where the schema tells, else in English. */
export function isOfAnotherObject(refusal: Refusal, write: RefusedWrite): boolean {
  const field = refusedField(refusal, write);
  const value = refusedValue(field, write);
  const expected = field === null ? [] : (write.schema?.fields[field]?.referenceTo ?? []);
  const actual = value === null || !isSalesforceId(value) ? null : objectOfId(value);
  if (expected.length > 0 && actual !== null) return !expected.includes(actual);
  return /id value of incorrect type/i.test(refusal.message);
}

/** "Account ID: id value of incorrect type: …": the value at the end tells the field. */
function fieldNamedLast(refusal: Refusal, write: RefusedWrite): string | null {
  const text = messageText(refusal.message);
  const holding = Object.entries(write.fields).filter(
    ([, value]) => typeof value === "string" && value.length >= 3 && text.endsWith(messageText(value)),
  );
  return holding.length === 1 ? (holding[0]?.[0] ?? null) : null;
}

/** JSON that doesn't fit the field's type; Salesforce names the type and the value, not the field. */
export function diagnoseWrongType(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const text = messageText(refusal.message);
  const match = /deserialize instance of (\w+) from \w+ value (.*?)(?: or request may be missing| at \[line|$)/i.exec(text);
  const expected = match?.[1]?.toLowerCase();
  const holding = Object.entries(write.fields)
    .filter(([, value]) => value !== null && match?.[2] !== undefined && messageText(String(value)) === match[2].trim())
    .map(([name]) => name);
  const typed = holding.filter((name) => write.schema?.fields[name]?.type === expected);
  const field = refusedField(refusal, write) ?? (typed.length > 0 ? typed[0] : holding[0]) ?? null;
  return {
    type: "type-mismatch",
    salesforceField: field,
    cause: field ?? `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}`,
    value: refusedValue(field, write) ?? match?.[2]?.trim() ?? null,
    details: expected === undefined ? {} : { expected },
  };
}
