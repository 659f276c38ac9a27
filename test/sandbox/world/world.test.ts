import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { configurationFor } from "../../../src/sandbox/world/configuration.ts";
import { openWithErrors } from "../../../src/sandbox/world/opening.ts";
import { smallWorld } from "./small-world.ts";

type Small = ReturnType<typeof smallWorld>;

/** All values of a world but its times, which are those of today. */
function valuesOf({ org, account }: Small) {
  const salesforce = ["Account", "Contact", "Lead"].flatMap((object) =>
    [...org.records(object)].map(({ id, fields }) => [
      id,
      Object.entries(fields).filter(([, value]) => !/^\d{4}-\d\d-\d\dT/.test(String(value))),
    ]),
  );
  const hubspot = (["contacts", "companies"] as const).flatMap((object) =>
    [...account.records(object)].map(({ id, properties }) => [
      id,
      Object.entries(properties).filter(([, value]) => !/^\d{4}-\d\d-\d\dT/.test(String(value))),
    ]),
  );
  return { salesforce, hubspot };
}

describe("the sandbox's world", () => {
  it("is the same again with the same seed, and another with another", () => {
    const first = valuesOf(smallWorld({}, 7));
    expect(valuesOf(smallWorld({}, 7))).toEqual(first);
    expect(valuesOf(smallWorld({}, 8))).not.toEqual(first);
  });

  it("is in step: nothing waits and nothing fails", () => {
    const { sync, org } = smallWorld();
    sync.look();
    expect(sync.truth()).toEqual({ suspension: null, errors: [] });
    expect(org.writes()).toEqual([]);
  });

  it("has stayed in step when every record is touched: only the touched property travels", () => {
    const { sync, org, account } = smallWorld();
    for (const object of ["contacts", "companies", "deals"] as const) {
      for (const { id } of account.records(object)) account.update(object, id, { syncwarden_resync: "now" }, "INTEGRATION");
    }
    sync.look();
    expect(sync.truth().errors).toEqual([]);
    expect(org.writes().length).toBeGreaterThan(130);
    for (const { fields } of org.writes()) expect(fields).toEqual({ Syncwarden_Resync__c: "now" });
  });

  it("marks linked records as written by the native sync", () => {
    const { contact, account } = smallWorld();
    const { hubspot } = contact();
    expect(account.history("contacts", hubspot.id, "salesforcecontactid")[0]?.sourceType).toBe("SALESFORCE");
  });

  it("opens with errors that are minutes old and that the native sync has given up retrying", () => {
    const { world, sync, scenarios, account } = smallWorld();
    openWithErrors(world, sync, scenarios, {});
    const types = sync.truth().errors.map(({ type }) => type);
    expect(types.toSorted()).toEqual([
      "custom-validation-rule",
      "email-already-in-use",
      "inactive-owner",
      "restricted-picklist-value",
      "string-too-long",
      "waiting-for-account",
    ]);
    const broken = sync.truth().errors.find(({ type }) => type === "string-too-long")?.records[0];
    const changedAt = account.history("contacts", broken?.hubspotId ?? "", "jobtitle")[0]?.timestamp ?? "";
    expect(Date.now() - Date.parse(changedAt)).toBeGreaterThan(20 * 60_000);
    const before = sync.state().callsMade;
    sync.look();
    sync.look();
    // One nightly retry is due, and then no more for long: a look alone is one call.
    expect(sync.state().callsMade - before).toBeLessThanOrEqual(4);
  });
});

describe("the world's configuration", () => {
  it("names the inclusion list, both channels and every mapping", () => {
    const { world } = smallWorld();
    const file = parse(
      configurationFor({
        inclusionList: world.inclusionList,
        allocation: 60_000,
        startsAt: new Date("2026-11-23T23:57:45Z"),
      }),
    );
    expect(file.connections[0].hubspot.inclusionList).toBe(world.inclusionList);
    expect(file.connections[0].ownerMessages).toBe("daily 00:00 UTC");
    expect(file.channels.map((entry: { channel: string }) => entry.channel)).toEqual(["C0REVOPS", "C0REVOPS", "C0SALES"]);
    expect(file.connections[0].mappings).toContainEqual({
      object: "contacts",
      salesforceObject: "Contact",
      hubspotProperty: "phone",
      salesforceField: "Phone",
      rule: "two-way",
    });
  });
});
