import { afterEach, describe, expect, test } from "vitest";
import { type ServedAccount, serveAccount } from "./served-account.ts";

let served: ServedAccount;
afterEach(() => served[Symbol.asyncDispose]());

const SEARCH = "/crm/v3/objects/contacts/search";
const PAGE = "/crm/v3/objects/contacts";

describe("who calls", () => {
  test("no, a wrong or a revoked token is refused", async () => {
    served = await serveAccount();
    expect((await served.call("GET", PAGE, undefined, "wrong")).body).toMatchObject({ category: "INVALID_AUTHENTICATION" });
    served.account.state.tokenRevoked = true;
    expect((await served.call("GET", "/account-info/v3/details")).status).toBe(401);
    await expect(served.client.crm.contacts.basicApi.getPage()).rejects.toMatchObject({ code: 401 });
  });

  test.each([
    ["crm.objects.contacts.read", "GET", PAGE],
    ["crm.objects.contacts.read", "POST", SEARCH],
    ["crm.objects.deals.write", "POST", "/crm/v3/objects/deals/batch/update"],
    ["crm.objects.owners.read", "GET", "/crm/v3/owners"],
    ["crm.lists.read", "GET", "/crm/v3/lists/101/memberships"],
    ["crm.lists.write", "POST", "/crm/v3/lists"],
  ])("without %s, %s %s is refused", async (scope, method, path) => {
    served = await serveAccount();
    served.account.state.scopes.delete(scope);
    const answer = await served.call(method, path, method === "GET" ? undefined : {});
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ category: "MISSING_SCOPES", errors: [{ context: { requiredGranularScopes: [scope] } }] });
  });
});

describe("rates", () => {
  test("headers say what is left, but not on searches", async () => {
    served = await serveAccount({ rates: { perTenSeconds: 190 } });
    const { headers } = await served.call("GET", PAGE);
    expect(Object.fromEntries([...headers].filter(([name]) => name.startsWith("x-hubspot-ratelimit")))).toEqual({
      "x-hubspot-ratelimit-daily": "650000",
      "x-hubspot-ratelimit-daily-remaining": "649999",
      "x-hubspot-ratelimit-interval-milliseconds": "10000",
      "x-hubspot-ratelimit-max": "190",
      "x-hubspot-ratelimit-remaining": "189",
    });
    const search = await served.call("POST", SEARCH, {});
    expect([...search.headers.keys()].filter((name) => name.startsWith("x-hubspot-ratelimit"))).toEqual([]);
    const refused = await served.call("GET", `${PAGE}/1`);
    expect(refused.headers.get("x-hubspot-ratelimit-remaining")).toBe("188");
  });

  test("the ten-second limit rolls", async () => {
    let nowMs = 1_000_000;
    served = await serveAccount({ rates: { perTenSeconds: 2 }, now: () => nowMs });
    await served.call("GET", PAGE);
    nowMs += 6_000;
    await served.call("GET", PAGE);
    const exceeded = await served.call("GET", PAGE);
    expect(exceeded.status).toBe(429);
    expect(exceeded.body).toMatchObject({
      status: "error",
      errorType: "RATE_LIMIT",
      policyName: "TEN_SECONDLY_ROLLING",
      message: "You have reached your ten_secondly_rolling limit.",
    });
    nowMs += 4_000;
    expect((await served.call("GET", PAGE)).status).toBe(200);
    expect((await served.call("GET", PAGE)).status).toBe(429);
  });

  test("searches have a limit of their own each second", async () => {
    let nowMs = 1_000_000;
    served = await serveAccount({ rates: { searchesPerSecond: 5 }, now: () => nowMs });
    const statuses = async (count: number) =>
      Promise.all(Array.from({ length: count }, async () => (await served.call("POST", SEARCH, {})).status));
    expect((await statuses(6)).sort()).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await served.call("POST", SEARCH, {})).body).toMatchObject({ policyName: "SECONDLY" });
    nowMs += 1_000;
    expect((await served.call("POST", SEARCH, {})).status).toBe(200);
  });

  test("the daily limit holds until the day ends", async () => {
    let nowMs = Date.parse("2026-03-01T23:59:00Z");
    served = await serveAccount({ now: () => nowMs });
    await served.call("GET", PAGE);
    served.account.state.dailyLimit = 1;
    expect((await served.call("POST", SEARCH, {})).body).toMatchObject({ policyName: "DAILY" });
    nowMs += 60_000;
    expect((await served.call("GET", PAGE)).status).toBe(200);
  });
});
