import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Refusal, RefusedError } from "../../src/health/refusal.ts";
import { brokenAnswer, dropConnection } from "../support/served-api.ts";
import { type ServedHubSpot, serveHubSpot, TOKEN } from "./served-hubspot.ts";

let served: ServedHubSpot;
beforeEach(async () => {
  served = await serveHubSpot();
});
afterEach(() => served[Symbol.asyncDispose]());

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RefusedError)) throw new Error(`not refused but ${String(error)}`);
  expect(JSON.stringify(error.refusal) + error.message + String(error.stack)).not.toContain(TOKEN);
  return error.refusal;
}

describe("a refused call", () => {
  test("names a revoked token", async () => {
    served.account.state.tokenRevoked = true;
    expect(await refusalOf(served.client.apiUse())).toMatchObject({ code: "INVALID_AUTHENTICATION", httpStatus: 401 });
    expect(await refusalOf(served.client.properties("contacts"))).toMatchObject({ code: "INVALID_AUTHENTICATION" });
    expect(served.client.callsMade()).toBe(2);
  });

  test("names missing scopes", async () => {
    served.account.state.scopes.delete("crm.lists.read");
    const refusal = await refusalOf(served.client.members("1", ["1"]));
    expect(refusal).toMatchObject({ code: "MISSING_SCOPES", httpStatus: 403 });
    expect(JSON.stringify(refusal.raw)).toContain("crm.lists.read");
  });

  test("says when the daily limit starts anew, without asking again", async () => {
    await served.client.apiUse();
    served.account.state.dailyUsed = served.account.state.dailyLimit;
    const refusal = await refusalOf(served.client.pipelines());
    expect(refusal).toMatchObject({ code: "RATE_LIMIT", httpStatus: 429 });
    expect(refusal.message).toMatch(/daily limit.*starts anew at \d{4}-/s);
    expect(served.client.callsMade()).toBe(2);
    expect(served.waits).toEqual([]);
  });

  test("is tried again after the ten-second limit, once the time that HubSpot names is over", async () => {
    const real = served.connect({ sleep: wait, elapsed: () => performance.now() });
    const times: number[] = [];
    served.intercept(() => {
      times.push(performance.now());
      if (times.length > 1) return null;
      const body = { status: "error", errorType: "RATE_LIMIT", policyName: "TEN_SECONDLY_ROLLING", message: "Slow." };
      return Response.json(body, { status: 429, headers: { "retry-after": "1" } });
    });
    expect(await real.pipelines()).toHaveLength(1);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(990);
  });

  test("gives up on a storm of 429s", async () => {
    const quick = served.connect({ sleep: wait, elapsed: () => performance.now() });
    served.intercept(() =>
      Response.json(
        { errorType: "RATE_LIMIT", policyName: "SECONDLY", message: "You have reached your secondly limit." },
        { status: 429, headers: { "retry-after": "0" } },
      ),
    );
    expect(await refusalOf(quick.pipelines())).toMatchObject({ code: "RATE_LIMIT", httpStatus: 429 });
    expect(quick.callsMade()).toBe(4);
  });

  test("leaves a long wait to the next poll", async () => {
    served.intercept(() => Response.json({ message: "migrating" }, { status: 477, headers: { "retry-after": "86400" } }));
    expect(await refusalOf(served.client.pipelines())).toMatchObject({ code: "MIGRATION_IN_PROGRESS", httpStatus: 477 });
    expect(served.client.callsMade()).toBe(1);
  });

  test("is tried again after errors of the server, and served then", async () => {
    served.failNext(2, "/crm/", (context) => context.text("Bad gateway", 502));
    expect(await served.client.pipelines()).toHaveLength(1);
    expect(served.client.callsMade()).toBe(3);
    expect(served.waits).toHaveLength(2);
  });

  test("is tried again after a dropped connection, and served then", async () => {
    served.failNext(1, "/crm/", dropConnection);
    expect(await served.client.pipelines()).toHaveLength(1);
  });

  test("is tried again after an answer that breaks off", async () => {
    served.failNext(1, "/crm/", () => brokenAnswer('{"results":['));
    expect(await served.client.pipelines()).toHaveLength(1);
    expect(served.client.callsMade()).toBe(2);
  });

  test("names an error of the server that stays", async () => {
    served.intercept((context) => context.json({ status: "error", message: "internal error", category: "INTERNAL" }, 500));
    expect(await refusalOf(served.client.pipelines())).toMatchObject({ code: "INTERNAL", httpStatus: 500 });
    expect(served.client.callsMade()).toBe(4);
  });

  test("names a web page in place of data", async () => {
    const page = "<!doctype html><html><head><title>Down for maintenance</title></head></html>";
    served.intercept((context) => context.html(page, 200));
    expect(await refusalOf(served.client.pipelines())).toMatchObject({
      code: "MAINTENANCE_PAGE",
      message: "HubSpot answered with a web page instead of data: Down for maintenance",
    });
  });

  test("names an answer that makes no sense", async () => {
    served.intercept(() => new Response("{", { headers: { "content-type": "application/json" } }));
    expect(await refusalOf(served.client.pipelines())).toMatchObject({ code: "UNREADABLE" });
    served.intercept(() => new Response("", { status: 200 }));
    expect(await refusalOf(served.client.pipelines())).toMatchObject({
      code: "UNREADABLE",
      message: "HubSpot sent an empty answer.",
    });
  });

  test("names a host that does not answer in time, and one that is not there", async () => {
    const hasty = served.connect({ timeoutMs: 80 });
    served.intercept(async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return null;
    });
    expect(await refusalOf(hasty.pipelines())).toMatchObject({ code: "TIMED_OUT" });
    await served[Symbol.asyncDispose]();
    expect(await refusalOf(served.client.pipelines())).toMatchObject({ code: "UNREACHABLE" });
    served = await serveHubSpot();
  });
});
