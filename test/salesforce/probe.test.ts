import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Refusal } from "../../src/health/refusal.ts";
import type { SalesforceObject } from "../../src/records/record.ts";
import type { ProbeRequest, SalesforceProbe } from "../../src/salesforce/salesforce.ts";
import { dropConnection } from "../support/served-api.ts";
import { type ServedSalesforce, serveSalesforce } from "./served-salesforce.ts";

let served: ServedSalesforce;
let request: ProbeRequest;
beforeEach(async () => {
  served = await serveSalesforce();
  const since = new Date(served.time.now);
  const query = (object: SalesforceObject, ...fields: string[]) => ({ object, fields, since });
  request = {
    changes: [query("Contact", "Email"), query("Lead", "Email"), query("Account", "Name"), query("Opportunity", "StageName")],
    describe: null,
    limits: true,
  };
});
afterEach(() => served[Symbol.asyncDispose]());

type Usable = Extract<SalesforceProbe, { state: "usable" }>;
async function usable(own: Partial<ProbeRequest> = {}): Promise<Usable> {
  const probe = await served.client.probe({ ...request, ...own });
  if (probe.state !== "usable") throw new Error(`unusable: ${probe.refusal.code}: ${probe.refusal.message}`);
  return probe;
}
async function refusal(): Promise<Refusal> {
  const probe = await served.client.probe(request);
  if (probe.state !== "unusable") throw new Error("usable");
  return probe.refusal;
}
function recordsOf(probe: Usable, object: SalesforceObject) {
  const page = probe.changes.get(object);
  if (!page || !("records" in page)) throw new Error(`no page of ${object}: ${JSON.stringify(page)}`);
  return page;
}

describe("a probe of a healthy org", () => {
  test("takes two calls for limits, rights, changes of four objects and a describe", async () => {
    served.org.seed("Contact", { LastName: "Lovelace", Email: "ada@example.com" });
    const probe = await usable({ describe: "Contact" });
    expect(served.client.callsMade()).toBe(2);
    expect(probe.limits?.apiRequests.max).toBe(100_000);
    expect(probe.limits?.dataStorageMb).toEqual({ max: 10_240, remaining: 9_216 });
    const [contact] = recordsOf(probe, "Contact").records;
    expect(contact).toMatchObject({ object: "Contact", fields: { Email: "ada@example.com" } });
    expect(contact?.modifiedAt).toEqual(new Date(served.time.now));
    expect(contact?.modifiedById).toMatch(/^005/);
    expect(probe.schema).toMatchObject({ name: "Contact", keyPrefix: "003", createable: true });
    expect(served.client.apiUse()).toEqual({ used: 2, max: 100_000, at: new Date(served.time.now) });
  });

  test("sums up the rights of profile and permission sets, with the parts of an address", async () => {
    served.org.setFieldRights("Contact", "Title", { read: true, edit: false });
    served.org.setFieldRights("Contact", "Phone", { read: false, edit: false });
    served.org.setObjectRights("Lead", { read: true, create: false, edit: false });
    const { rights } = await usable();
    if (!("objects" in rights)) throw new Error(JSON.stringify(rights));
    expect(rights).toMatchObject({ apiEnabled: true, hubspotPermissionSet: true });
    expect(rights.objects.Lead).toEqual({ read: true, create: false, edit: false });
    expect(rights.objects.Contact).toEqual({ read: true, create: true, edit: true });
    expect(rights.fields["Contact.Title"]).toEqual({ read: true, edit: false });
    expect(rights.fields["Contact.Phone"]).toBeUndefined();
    expect(rights.fields["Contact.MailingCity"]).toEqual({ read: true, edit: true });
    served.org.setHubSpotPermissionSet(false);
    expect(await usable()).toMatchObject({ rights: { hubspotPermissionSet: false } });
  });

  test("gives pages of 2,000 and what leads to the next", async () => {
    for (let n = 0; n < 4_100; n++) served.org.seed("Contact", { LastName: `N${n}` });
    const first = recordsOf(await usable(), "Contact");
    expect(first.records).toHaveLength(2_000);
    const ids = new Set(first.records.map(({ id }) => id));
    let next = first.next;
    while (next !== null) {
      const page = await served.client.moreChanges("Contact", next);
      for (const { id } of page.records) ids.add(id);
      next = page.next;
    }
    expect(ids.size).toBe(4_100);
    expect(served.client.callsMade()).toBe(4);
  });

  test("names the one object or field that is refused, and shows the rest", async () => {
    served.org.setFieldRights("Contact", "Email", { read: false, edit: false });
    served.org.setObjectRights("Opportunity", { read: false, create: false, edit: false });
    const probe = await usable();
    expect(probe.changes.get("Contact")).toMatchObject({
      code: "INVALID_FIELD",
      fields: ["Email"],
      object: "Contact",
      httpStatus: 400,
    });
    expect(probe.changes.get("Opportunity")).toMatchObject({ code: "INVALID_TYPE", object: "Opportunity" });
    expect(recordsOf(probe, "Account").records).toEqual([]);
  });

  test("takes a field name that is none for a refusal of that object alone", async () => {
    const [contact, ...others] = request.changes;
    if (!contact) throw new Error();
    const probe = await usable({ changes: [{ ...contact, fields: ["Email FROM User --"] }, ...others] });
    expect(probe.changes.get("Contact")).toMatchObject({ code: "INVALID_FIELD" });
    expect(recordsOf(probe, "Lead").records).toEqual([]);
  });
});

describe("a probe of an org that refuses", () => {
  const cases: readonly (readonly [string, number, () => void])[] = [
    ["REQUEST_LIMIT_EXCEEDED", 403, () => (served.org.state.apiRequests.used = served.org.state.apiRequests.max)],
    ["API_DISABLED_FOR_ORG", 403, () => (served.org.state.apiDisabled = true)],
    ["API_CURRENTLY_DISABLED", 403, () => served.org.setApiEnabled(false)],
    ["ORG_LOCKED", 403, () => (served.org.state.locked = "org")],
    ["SERVER_UNAVAILABLE", 503, () => (served.org.state.unavailable = "server-unavailable")],
    ["MAINTENANCE_PAGE", 503, () => (served.org.state.unavailable = "maintenance-page")],
    ["UNKNOWN_EXCEPTION", 500, () => (served.org.state.serverError = true)],
    ["invalid_grant", 400, () => served.org.revokeAccess(true)],
  ];
  test.each(cases)("says %s with HTTP %i", async (code, httpStatus, breakIt) => {
    await usable();
    breakIt();
    expect(await refusal()).toMatchObject({ system: "salesforce", code, httpStatus });
  });

  test("keeps the limits that were seen where only the second call is refused", async () => {
    served.failNext(1, "/composite", (context) =>
      context.json([{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests" }], 403),
    );
    const probe = await served.client.probe(request);
    expect(probe).toMatchObject({ state: "unusable", refusal: { code: "REQUEST_LIMIT_EXCEEDED" }, limits: { apiRequests: {} } });
  });

  test("takes a bare 503 for an org that is unavailable", async () => {
    served.failNext(1, "/limits", (context) => context.text("", 503));
    expect(await refusal()).toMatchObject({ code: "SERVER_UNAVAILABLE", httpStatus: 503 });
  });

  test("does without limits that the user may not see", async () => {
    served.failNext(1, "/limits", (context) => context.json([{ errorCode: "FORBIDDEN", message: "no" }], 403));
    expect((await usable()).limits).toBeNull();
  });

  test("names a connection that is dropped, times out, or is not there", async () => {
    served.failNext(1, "/limits", dropConnection);
    expect(await refusal()).toMatchObject({ code: "UNREACHABLE" });
    served.intercept(async (context) => {
      if (!context.req.path.includes("/limits")) return null;
      await new Promise((resolve) => setTimeout(resolve, 400));
      return null;
    });
    const hasty = served.connect(undefined, { timeouts: { callMs: 80 } });
    expect(await hasty.probe(request)).toMatchObject({ state: "unusable", refusal: { code: "TIMED_OUT" } });
    await served[Symbol.asyncDispose]();
    expect(await refusal()).toMatchObject({ code: "UNREACHABLE" });
    served = await serveSalesforce();
  });

  test("works again once the org does, without a new client", async () => {
    await usable();
    served.org.revokeAccess(true);
    expect(await refusal()).toMatchObject({ code: "invalid_grant" });
    served.org.restoreAccess();
    expect((await usable()).state).toBe("usable");
  });
});
