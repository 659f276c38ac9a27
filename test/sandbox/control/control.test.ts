import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenSandbox, openSandbox } from "../../../src/sandbox/start.ts";

let sandbox: OpenSandbox;

beforeAll(async () => {
  const times = { reactionMs: 10, lookEveryMs: 60_000 };
  sandbox = await openSandbox({ port: 0, seed: 3, contacts: 80, healthy: true, journal: null }, { times });
});

afterAll(() => sandbox.close());

async function call(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${sandbox.url}/sandbox${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const truth = async () =>
  (await call("GET", "/truth")).body as { suspension: unknown; errors: { type: string; records: unknown[] }[] };

describe("the control paths", () => {
  it("list scenarios, make one with a count, and mend it", async () => {
    const id = "error/custom-code/custom-validation-rule";
    const listed = (await call("GET", "/scenarios")).body.scenarios as { id: string; story: string; active: boolean }[];
    expect(listed.find((scenario) => scenario.id === id)).toMatchObject({ active: false });
    expect(await call("POST", `/scenarios/${id}`, { count: 2 })).toMatchObject({ status: 200, body: { active: true } });
    await expect.poll(async () => (await truth()).errors).toMatchObject([{ type: "custom-validation-rule" }]);
    expect((await truth()).errors[0]?.records).toHaveLength(2);
    expect(await call("DELETE", `/scenarios/${encodeURIComponent(id)}`)).toMatchObject({ body: { active: false } });
    expect(await call("DELETE", "/scenarios")).toMatchObject({ status: 200 });
  });

  it("clear a suspension by the button only when its cause is gone", async () => {
    await call("POST", "/scenarios/suspension/sf-api-access-disabled", {});
    await expect.poll(async () => (await truth()).suspension).toMatchObject({ kind: "sf-api-access-disabled" });
    expect((await call("POST", "/native-sync/clear")).body).toMatchObject({ resumed: false });
    await call("DELETE", "/scenarios/suspension/sf-api-access-disabled");
    expect((await call("POST", "/native-sync/clear")).body).toEqual({ resumed: true, suspension: null });
  });

  it("let a person edit both CRMs, rules applied", async () => {
    const made = await call("POST", "/records", {
      system: "hubspot",
      object: "contacts",
      create: { email: "walk.in@shop.example", lastname: "Walk-in", company: "Shop" },
    });
    const [id] = made.body.created as string[];
    await expect.poll(() => sandbox.account.get("contacts", id ?? "")?.properties.salesforceleadid).toBeTruthy();
    const lead = sandbox.account.get("contacts", id ?? "")?.properties.salesforceleadid ?? "";
    const updated = await call("POST", "/records", {
      system: "salesforce",
      object: "Lead",
      update: { id: lead, fields: { Title: "Guest" } },
    });
    expect(updated.body).toEqual({ created: [], updated: [lead], deleted: [] });
    await call("POST", "/native-sync/look");
    expect(sandbox.account.get("contacts", id ?? "")?.properties.jobtitle).toBe("Guest");
    expect((await call("POST", "/records", { system: "hubspot", object: "contacts", delete: id })).body.deleted).toEqual([id]);
  });

  it("count the bot's calls by operation and the native sync's apart", async () => {
    const headers = { authorization: `Bearer ${sandbox.environment.HUBSPOT_TOKEN}` };
    await fetch(`${sandbox.url}/crm/v3/objects/contacts/51001`, { headers });
    await fetch(`${sandbox.url}/crm/v3/objects/contacts/51002`, { headers });
    const { body } = await call("GET", "/calls");
    expect(body).toMatchObject({ bot: { salesforce: {}, hubspot: { "GET /crm/v3/objects/contacts/{id}": 2 }, slack: {} } });
    expect((body.nativeSync as { salesforce: number }).salesforce).toBeGreaterThan(0);
  });

  it("tell how to connect, and the world's state", async () => {
    expect((await call("GET", "/connect")).body).toEqual(sandbox.environment);
    expect((await call("GET", "/state")).body).toMatchObject({
      options: { seed: 3 },
      truth: { suspension: null },
      apiUse: { max: 100_000, allocation: 60_000 },
    });
  });

  it("change settings of the world", async () => {
    expect(await call("POST", "/settings", { stampOnFailure: true, rolledBackShows: "first-failure" })).toMatchObject({
      body: { stampOnFailure: true, rolledBackShows: "first-failure" },
    });
    expect(sandbox.org.state.rolledBackShows).toBe("first-failure");
    await call("POST", "/settings", { stampOnFailure: false, rolledBackShows: "every-failure" });
  });

  it.each([
    ["POST", "/scenarios/error/nothing", undefined, 404, "no scenario error/nothing"],
    ["POST", "/scenarios/suspension/sf-org-locked", { count: 0 }, 400, "count"],
    ["POST", "/scenarios/suspension/sf-org-locked", "{", 400, "must be JSON"],
    ["POST", "/scenarios/error/custom-code/salesforce-flow", { count: 9_999 }, 400, "has only"],
    ["POST", "/records", { system: "hubspot", object: "contacts" }, 400, "create, update or delete"],
    ["POST", "/records", { system: "salesforce", object: "Sofa", create: {} }, 404, "no object Sofa"],
    ["POST", "/records", { system: "salesforce", object: "Contact", create: {} }, 400, "REQUIRED_FIELD_MISSING"],
    ["POST", "/records", { system: "hubspot", object: "contacts", create: { email: "nonsense" } }, 400, "INVALID_EMAIL"],
    ["POST", "/settings", { stampOnFailures: true }, 400, "stampOnFailures"],
    ["GET", "/nothing", undefined, 404, "GET /sandbox/nothing"],
  ])("%s %s with %j answers why not", async (method, path, body, status, message) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toContain(message);
  });
});
