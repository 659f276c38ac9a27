import { expect, test } from "vitest";
import { causeOfExported } from "../../../src/health/import/cause.ts";
import type { ExportedError } from "../../../src/health/import/line.ts";

function causeOf(message: string, type: ExportedError["type"] = null) {
  const line: ExportedError = {
    line: 2,
    object: "contacts",
    hubspotId: "1",
    salesforceObject: "Contact",
    salesforceId: null,
    email: null,
    name: null,
    type,
    category: null,
    message,
    property: null,
    field: null,
    value: null,
    seenAt: null,
  };
  return causeOfExported(line, { object: "contacts", salesforceObject: "Contact", mappings: [] });
}

test.each<[message: string, type: ExportedError["type"], cause: string]>([
  ["REQUIRED_FIELD_MISSING: Required fields are missing: [LastName]", "missing-required-value", "Contact: LastName"],
  [
    "Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [LastName]: [LastName]",
    "missing-required-value",
    "Contact: LastName",
  ],
  ["Faltan campos obligatorios: [LastName]", "missing-required-value", "Contact: LastName"],
  ["CONTACT_EXISTS: Contact already exists", "email-already-in-use", "Contact: CONTACT_EXISTS Contact already exists"],
  ["Something new that HubSpot says", "other", "Contact: Something new that HubSpot says"],
])("a line without HubSpot's type is read as any refusal is: %s", (message, type, cause) => {
  expect(causeOf(message)).toMatchObject({ type, cause });
});

test("HubSpot's own type stands, whatever the words", () => {
  expect(causeOf("Faltan campos obligatorios: [LastName]", "string-too-long")).toMatchObject({ type: "string-too-long" });
  expect(causeOf("REQUIRED_FIELD_MISSING: Required fields are missing: [LastName]", "string-too-long").type).toBe(
    "string-too-long",
  );
});
