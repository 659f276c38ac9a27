import { afterEach, beforeEach, expect, test } from "vitest";
import type { Caller, Fields } from "../../../src/sandbox/salesforce/model.ts";
import type { LocalOrg } from "../../../src/sandbox/salesforce/org.ts";
import { firstError, type LocalSalesforce, startSalesforce } from "./local-org.ts";

let salesforce: LocalSalesforce;
let org: LocalOrg;
let person: Caller;
beforeEach(async () => {
  salesforce = await startSalesforce();
  org = salesforce.org;
  const user = { username: "p@example.com", name: "P", email: "p@example.com", isActive: true, userType: "Standard" } as const;
  person = { userId: org.addUser(user).id, app: "Salesforce" };
});
afterEach(() => salesforce.close());

function make(object: string, fields: Fields): string {
  const [result] = org.save({ userId: org.integrationUser.id, app: "HubSpot" }, [{ object, id: null, fields }]);
  if (!result?.success) throw new Error(JSON.stringify(result));
  return result.id;
}

function two(object: "Account" | "Contact" | "Lead", fields: Fields = {}): readonly [keptId: string, loserId: string] {
  const name = (text: string) => (object === "Account" ? { Name: text } : { LastName: text, ...fields });
  return [make(object, name("Kept")), make(object, name("Lost"))];
}

test("the loser is in the Recycle Bin and names the kept record, which keeps its values but for those that were chosen", async () => {
  const [keptId, loserId] = two("Contact");
  const before = org.get("Contact", keptId)?.fields;
  const result = org.merge(person, { object: "Contact", keptId, loserId, fields: { Phone: "1" } });
  expect(result).toMatchObject({ success: true, id: keptId });
  expect(org.get("Contact", loserId)).toBeNull();
  const kept = org.get("Contact", keptId)?.fields;
  expect(kept).toMatchObject({ LastName: "Kept", Phone: "1", MasterRecordId: null, LastModifiedById: person.userId });
  expect(String(kept?.SystemModstamp) > String(before?.SystemModstamp)).toBe(true);

  const connection = await salesforce.connect();
  const soql = "SELECT Id, IsDeleted, MasterRecordId FROM Contact";
  const { records } = await connection.query(soql, { scanAll: true });
  expect(records.toSorted((one, other) => String(one.Id).localeCompare(String(other.Id)))).toMatchObject([
    { Id: keptId, IsDeleted: false, MasterRecordId: null },
    { Id: loserId, IsDeleted: true, MasterRecordId: keptId },
  ]);
  expect((await connection.query(soql)).records).toHaveLength(1);
});

test("what pointed to the loser points to the kept record, newly modified and without triggers of its own", () => {
  const [keptId, loserId] = two("Account");
  const contactId = make("Contact", { LastName: "Child", AccountId: loserId });
  const otherId = make("Contact", { LastName: "Other", AccountId: keptId });
  const before = org.get("Contact", otherId)?.fields;
  org.addRule({ kind: "trigger", rule: { name: "Never", object: "Contact", run: () => "No contact is saved" } });
  expect(org.merge(person, { object: "Account", keptId, loserId }).success).toBe(true);
  expect(org.get("Contact", contactId)?.fields).toMatchObject({ AccountId: keptId, LastModifiedById: person.userId });
  expect(org.get("Contact", otherId)?.fields).toEqual(before);
  expect(org.changedSince("Contact", new Date(String(before?.SystemModstamp))).map(({ id }) => id)).toEqual([contactId]);
});

test("all of it or nothing: where the kept record may not be saved, nobody is lost", () => {
  const [keptId, loserId] = two("Lead", { Company: "C" });
  const before = org.get("Lead", loserId);
  const refused = org.merge(person, { object: "Lead", keptId, loserId, fields: { LastName: null } });
  expect(firstError(refused).statusCode).toBe("REQUIRED_FIELD_MISSING");
  expect(org.get("Lead", loserId)).toEqual(before);
});

test("a write to the loser is refused as one to any deleted record", () => {
  const [keptId, loserId] = two("Contact");
  org.merge(person, { object: "Contact", keptId, loserId });
  const [result] = org.save(person, [{ object: "Contact", id: loserId, fields: { Phone: "1" } }]);
  expect(firstError(result).statusCode).toBe("ENTITY_IS_DELETED");
});

test("neither a record with itself nor a converted lead is merged", () => {
  const [keptId, loserId] = two("Lead", { Company: "C" });
  expect(org.merge(person, { object: "Lead", keptId, loserId: keptId }).success).toBe(false);
  org.convertLead(person, loserId, make("Contact", { LastName: "There" }));
  expect(org.merge(person, { object: "Lead", keptId, loserId }).success).toBe(false);
  expect(org.get("Lead", loserId)).not.toBeNull();
});
