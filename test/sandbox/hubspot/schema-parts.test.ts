import { expect, test } from "vitest";
import { createCalls } from "../../../src/hubspot/calls.ts";
import { associationLimits } from "../../../src/hubspot/limits.ts";
import { readPropertyRules, readRequiredProperties } from "../../../src/hubspot/property-rules.ts";
import { hubspotVerdict } from "../../contracts/hubspot.ts";
import { serveAccount, TOKEN } from "./served-account.ts";

test("limits of associations, rules of properties and required properties are as HubSpot documents them, and refuse what they say", async () => {
  await using served = await serveAccount();
  const { account } = served;
  const calls = createCalls(
    { apiUrl: served.url, token: TOKEN, tokenExpires: null, inclusionList: null },
    { clock: { now: () => new Date() } },
  );
  const company = served.seed("companies", { name: "Holding AS" });
  const people = ["a", "b", "c"].map((name) => served.seed("contacts", { email: `${name}@holding.example`, firstname: name }));
  account.associations.setLimit("companies", "contacts", 2);
  expect(people.map((person) => account.associations.associate(company, person))).toEqual([true, true, false]);
  expect(await associationLimits(calls, "companies", "contacts")).toEqual({
    limit: 2,
    atLimit: new Map([[company.id, "Holding AS"]]),
  });
  expect((await associationLimits(calls, "contacts", "companies")).atLimit.size).toBe(0);

  const zip = account.properties("contacts").get("zip");
  if (zip) zip.rules = [{ ruleType: "MIN_LENGTH", ruleArguments: ["4"] }];
  expect(await readPropertyRules(calls, "contacts")).toEqual({ zip: [{ type: "MIN_LENGTH", arguments: ["4"] }] });
  expect(account.check("contacts", people[0]?.id ?? "", { zip: "12" }, "INTEGRATION")?.message).toContain(
    "at least 4 characters",
  );
  expect(account.check("contacts", people[0]?.id ?? "", { zip: "" }, "INTEGRATION")?.message).toContain("at least 4 characters");
  expect(account.check("contacts", people[0]?.id ?? "", { city: "" }, "INTEGRATION")).toBeNull();

  account.state.required.contacts.add("city");
  expect(await readRequiredProperties(calls, "contacts")).toEqual(["city"]);
  expect(await readRequiredProperties(calls, "deals")).toEqual(["dealname", "dealstage"]);
  expect(account.check("contacts", null, { email: "d@holding.example" }, "INTEGRATION")?.context).toEqual({
    properties: ["city"],
  });

  for (const path of [
    "/crm/v3/limits/associations/records/0-2/0-1",
    "/crm/v3/property-validations/0-1",
    "/crm-object-schemas/v3/schemas/contacts",
  ]) {
    const { status, body } = await served.call("GET", path);
    const exchange = {
      service: "hubspot" as const,
      at: new Date().toISOString(),
      method: "GET",
      path,
      status,
      responseBody: body,
    };
    expect(hubspotVerdict(exchange).faults).toEqual([]);
  }
});

test("a search for one of several values of a property finds the records that have it among others", async () => {
  await using served = await serveAccount();
  const person = served.seed("contacts", { email: "a@b.example", hs_additional_emails: "c@d.example;e@f.example" });
  const answer = await served.call("POST", "/crm/v3/objects/contacts/search", {
    filterGroups: [{ filters: [{ propertyName: "hs_additional_emails", operator: "IN", values: ["e@f.example"] }] }],
    sorts: ["hs_object_id"],
    properties: ["email"],
    limit: 10,
  });
  expect(answer.body).toMatchObject({ results: [{ id: person.id }] });
});
