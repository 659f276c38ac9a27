import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RefusedError } from "../../src/health/refusal.ts";
import { type ServedHubSpot, serveHubSpot } from "./served-hubspot.ts";

let served: ServedHubSpot;
let ids: readonly string[];
beforeEach(async () => {
  served = await serveHubSpot();
  ids = Array.from({ length: 230 }, (_, n) => served.seed("contacts", { email: `c${n}@example.com` }).id);
});
afterEach(() => served[Symbol.asyncDispose]());

function writesOf(id: string): number {
  return served.account.writes().filter((write) => write.id === id && write.source === "INTEGRATION").length;
}

describe("update", () => {
  test("writes 100 a call, each record once, outcomes in order", async () => {
    const outcomes = await served.client.update(
      "contacts",
      ids.map((id, n) => ({ id, properties: { firstname: `N${n}` } })),
    );
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(served.client.callsMade()).toBe(3);
    expect(ids.every((id) => writesOf(id) === 1)).toBe(true);
    const first = outcomes[0];
    expect(first?.ok && first.updatedAt).toEqual(new Date(served.time.now));
  });

  test("finds the bad records of a batch that HubSpot refuses as a whole, and writes the good ones once", async () => {
    const bad = new Set([ids[7], ids[63]]);
    const outcomes = await served.client.update(
      "contacts",
      ids.slice(0, 100).map((id) => ({ id, properties: bad.has(id) ? { email: "no email" } : { firstname: "Fine" } })),
    );
    const refused = outcomes.filter((outcome) => !outcome.ok);
    expect(refused.map(({ id }) => id)).toEqual([ids[7], ids[63]]);
    expect(refused[0]?.refusal).toMatchObject({ system: "hubspot", object: "contacts", recordId: ids[7], httpStatus: 400 });
    expect(refused[0]?.refusal.fields).toContain("email");
    expect(ids.slice(0, 100).every((id) => writesOf(id) === (bad.has(id) ? 0 : 1))).toBe(true);
  });

  test("takes a merged record's answer, under the id of the one that it has become, for its own", async () => {
    const [one = "", two = "", three = "", gone = ""] = ids;
    const merged = served.account.mergeContacts(one, three);
    served.account.archive("contacts", gone);
    const outcomes = await served.client.update(
      "contacts",
      [one, two, gone].map((id) => ({ id, properties: { firstname: "X" } })),
    );
    expect(outcomes.map(({ id, ok }) => [id, ok])).toEqual([
      [one, true],
      [two, true],
      [gone, false],
    ]);
    expect(served.account.get("contacts", merged.id)?.properties.firstname).toBe("X");
  });

  test("names the records of a 207 that are gone", async () => {
    served.account.archive("contacts", ids[1] ?? "");
    const outcomes = await served.client.update(
      "contacts",
      ids.slice(0, 3).map((id) => ({ id, properties: { firstname: "X" } })),
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(outcomes[1]).toMatchObject({ id: ids[1], refusal: { code: "OBJECT_NOT_FOUND", recordId: ids[1] } });
  });

  test("takes the same record twice, one after the other", async () => {
    const [id = ""] = ids;
    const outcomes = await served.client.update("contacts", [
      { id, properties: { firstname: "First" } },
      { id, properties: { firstname: "Second" } },
    ]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(served.account.get("contacts", id)?.properties.firstname).toBe("Second");
  });

  test("rejects where nothing could be written, and gives outcomes once something was", async () => {
    served.account.state.tokenRevoked = true;
    const updates = ids.map((id) => ({ id, properties: { firstname: "Z" } }));
    await expect(served.client.update("contacts", updates)).rejects.toThrow(RefusedError);

    served.account.state.tokenRevoked = false;
    let calls = 0;
    served.intercept(() => {
      if (++calls === 2) served.account.state.tokenRevoked = true;
      return null;
    });
    const outcomes = await served.client.update("contacts", updates);
    expect(outcomes.slice(0, 100).every(({ ok }) => ok)).toBe(true);
    expect(outcomes.slice(100).map((outcome) => !outcome.ok && outcome.refusal.code)).toEqual(
      Array.from({ length: 130 }, () => "INVALID_AUTHENTICATION"),
    );
  });
});
