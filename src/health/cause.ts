import { createHash } from "node:crypto";
import type { Finding } from "./sync-errors.ts";

/** Crockford's base32: no I, L, O or U, so that an id read aloud is typed right. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Longer messages differ in what matters long before this. */
const MESSAGE_LIMIT = 4_000;
const CAUSE_LIMIT = 300;

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Salesforce escapes values in its messages as for HTML (`Bachelor&#39;s Degree`), flows add tags. In one line, of `limit` characters. */
export function messageText(message: string, limit = MESSAGE_LIMIT): string {
  return message
    .slice(0, limit)
    .replaceAll(/<\/?(?:a|b|br|div|em|font|i|li|ol|p|span|strong|u|ul)(?:\s[^<>]*)?\/?>/gi, " ")
    .replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]+));/gi, (entity, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? entity;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    })
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim();
}

/**
 * A message without what differs from record to record, so that one cause is one group: the given values of the record, ids,
 * emails, links, quoted text, numbers.
 */
export function normaliseCause(message: string, values: readonly (string | number | boolean | null)[] = []): string {
  let cause = messageText(message);
  const own = values
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map((value) => messageText(String(value)))
    // Shorter ones would take letters out of the message's own words.
    .filter((value) => value.length >= 3)
    .toSorted((left, right) => right.length - left.length);
  for (const value of new Set(own)) cause = withoutValue(cause, value);
  cause = cause
    .replaceAll(/https?:\/\/[^\s"'<>]+/gi, "…")
    .replaceAll(/[^\s@<>()[\],;:"']+@[^\s@<>()[\],;:"']+/g, "…")
    .replaceAll(/“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|"[^"]*"/g, "…")
    .replaceAll(/(?<=^|[\s([:=])'[^']*'(?=$|[\s.,;:)\]])/g, "…")
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "…")
    .replaceAll(/\b(?=[a-zA-Z]{0,14}\d)[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?\b/g, "…")
    // Digits within a name (Address2__c, Rule_1) belong to it.
    .replaceAll(/(?<![A-Za-z_\p{Nd}])[+-]?\p{Nd}+(?:[.,:/T-]\p{Nd}+)*(?![A-Za-z_\p{Nd}])/gu, "…")
    .replaceAll(/…(?:\s*…)+/g, "…")
    .replaceAll(/\s+/g, " ")
    .trim();
  return cause.length <= CAUSE_LIMIT ? cause : cause.slice(0, CAUSE_LIMIT).toWellFormed();
}

/** Takes a value out where it stands by itself, not within a word of the message. */
function withoutValue(cause: string, value: string): string {
  const inWord = /[\p{L}\p{N}_]/u;
  const parts = cause.split(value);
  return parts.reduce((before, after) => {
    const startsInside = inWord.test(value[0] ?? "") && inWord.test(before.at(-1) ?? " ");
    const endsInside = inWord.test(value.at(-1) ?? "") && inWord.test(after[0] ?? " ");
    return `${before}${startsInside || endsInside ? value : "…"}${after}`;
  });
}

/** Identity of a finding's group in its connection: type, direction, object, fields and cause. */
export function groupKey(
  finding: Pick<Finding, "type" | "direction" | "record" | "hubspotProperty" | "salesforceField" | "cause">,
): string {
  return JSON.stringify([
    finding.type,
    finding.direction,
    finding.record.object,
    finding.hubspotProperty ?? "",
    finding.salesforceField ?? "",
    finding.cause,
  ]);
}

/**
 * The short id of a group that people type: `E` and five characters of Crockford's base32, always the same for the same group.
 * 33 million ids: where one is taken by another group of the connection, ask again with `attempt` 1, 2 …
 */
export function errorId(connection: string, groupKey: string, attempt = 0): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([connection, groupKey, attempt]))
    .digest();
  let id = "E";
  for (let place = 0; place < 5; place++) id += ALPHABET[(digest[place] ?? 0) & 31];
  return id;
}
