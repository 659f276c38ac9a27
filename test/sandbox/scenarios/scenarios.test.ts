import { describe, expect, it } from "vitest";
import { resumesByItself, type SuspensionKind } from "../../../src/sandbox/native-sync/suspension.ts";
import { SCENARIOS } from "../../../src/sandbox/scenarios/catalogue.ts";
import { smallWorld } from "../world/small-world.ts";

const suspensions = SCENARIOS.filter(({ id }) => id.startsWith("suspension/"));
const errors = SCENARIOS.filter(({ id }) => id.startsWith("error/"));

/** Refusals that HubSpot has no type for are named by what Salesforce says, and are all of the type `other`. */
function typeOf(id: string): readonly [category: string | undefined, type: string | undefined] {
  const [, category, type] = id.split("/");
  return [category, category === "other" ? "other" : type];
}

describe.each(suspensions)("$id", ({ id }) => {
  const kind = id.replace("suspension/", "") as SuspensionKind;

  it("suspends the sync, keeps changes waiting, and resumes once mended", () => {
    const { sync, scenarios, org, lookAfter } = smallWorld();
    const synced = () => org.writes().filter(({ app }) => app === "HubSpot").length;
    scenarios.make(id, 2);
    sync.look();
    expect(sync.truth()).toMatchObject({ suspension: { kind }, errors: [] });
    expect(sync.state().waiting).toBe(2);
    expect(synced()).toBe(0);

    sync.clear();
    if (kind !== "unknown-error") expect(sync.truth().suspension?.kind).toBe(kind);

    scenarios.mend(id);
    sync.look();
    if (!resumesByItself(kind)) {
      expect(sync.truth().suspension?.kind).toBe(kind);
      lookAfter(61_000);
    }
    expect(sync.truth()).toEqual({ suspension: null, errors: [] });
    expect(sync.state().waiting).toBe(0);
    expect(synced()).toBe(2);
  });
});

describe.each(errors)("$id", ({ id }) => {
  const [category, type] = typeOf(id);

  it("keeps its records from syncing until it is mended, again and again", () => {
    const { sync, scenarios, lookAfter } = smallWorld();
    for (const count of [2, 3]) {
      scenarios.make(id, count);
      sync.look();
      const { suspension, errors: found } = sync.truth();
      expect(suspension).toBeNull();
      expect(found).toMatchObject([{ category, type }]);
      expect(found[0]?.records).toHaveLength(count);
      scenarios.mend(id);
      lookAfter(count * 10_000);
      expect(sync.truth().errors).toEqual([]);
    }
  });
});

describe("the allocation's calls", () => {
  it("stand in the org's event logs while they count, and are gone with them when mended", () => {
    const { scenarios, org } = smallWorld();
    const callsOfHubSpot = () => org.data.calls.runs().reduce((sum, run) => (run.app === "HubSpot" ? sum + run.count : sum), 0);
    const before = { calls: callsOfHubSpot(), used: org.state.apiRequests.used };
    for (let round = 0; round < 2; round++) {
      scenarios.make("suspension/hubspot-api-limit-exceeded");
      expect(callsOfHubSpot()).toBe(60_000);
      scenarios.mend("suspension/hubspot-api-limit-exceeded");
      expect({ calls: callsOfHubSpot(), used: org.state.apiRequests.used }).toEqual(before);
      expect(org.data.calls.runs().every((run) => run.count > 0)).toBe(true);
    }
  });
});

describe("scenarios together", () => {
  it("touch different records and are each told apart", () => {
    const { sync, scenarios } = smallWorld();
    for (const { id } of errors) scenarios.make(id, 1);
    sync.look();
    const found = new Set(sync.truth().errors.map(({ category, type }) => `error/${category}/${type}`));
    // Some make the same type in several ways.
    expect([...found].toSorted()).toEqual([...new Set(errors.map(({ id }) => `error/${typeOf(id).join("/")}`))].toSorted());
    expect(sync.truth().errors.flatMap(({ records }) => records)).toHaveLength(errors.length);
    scenarios.mendAll();
    expect(scenarios.list().filter(({ active }) => active)).toEqual([]);
  });

  it("say why they can't be made", () => {
    const { scenarios } = smallWorld();
    expect(() => scenarios.make("error/custom-code/custom-validation-rule", 5_000)).toThrow(/only \d+ free Contact/);
    scenarios.make("error/custom-code/custom-validation-rule");
    expect(() => scenarios.make("error/custom-code/custom-validation-rule")).toThrow(/mend it first/);
    expect(() => scenarios.make("error/none")).toThrow(/no scenario/);
  });

  it("a nudge resumes a suspension that somebody has to clear, once its cause is gone", async () => {
    const { sync, scenarios, contact, play } = smallWorld({ reactionMs: 5, lookEveryMs: 60_000 });
    sync.start();
    try {
      scenarios.make("suspension/sf-api-access-disabled", 2);
      sync.look();
      scenarios.mend("suspension/sf-api-access-disabled");
      sync.look();
      expect(sync.truth().suspension?.kind).toBe("sf-api-access-disabled");
      play.editHubSpot(contact().hubspot, { syncwarden_resync: "nudge" });
      await expect.poll(() => sync.truth().suspension).toBeNull();
    } finally {
      sync.stop();
    }
  });
});
