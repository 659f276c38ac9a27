import { createHash } from "node:crypto";
import type { Finding } from "./sync-errors.ts";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A message without what differs from record to record (ids, emails, numbers, quoted values), so that one cause is one group. */
export function normaliseCause(message: string, _values: readonly (string | number | boolean | null)[] = []): string {
  return message;
}

/** Identity of a finding's group in its connection: type, direction, object, fields and cause. */
export function groupKey(
  finding: Pick<Finding, "type" | "direction" | "record" | "hubspotProperty" | "salesforceField" | "cause">,
): string {
  const parts = [
    finding.type,
    finding.direction,
    finding.record.object,
    finding.hubspotProperty,
    finding.salesforceField,
    finding.cause,
  ];
  return JSON.stringify(parts);
}

/** The short id of a group that people type, `E` and five characters of Crockford's base32: always the same for the same group. */
export function errorId(connection: string, groupKey: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([connection, groupKey]))
    .digest();
  let id = "E";
  for (let place = 0; place < 5; place++) id += CROCKFORD[(digest[place] ?? 0) & 31];
  return id;
}
