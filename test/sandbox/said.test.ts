import { expect, it } from "vitest";
import type { TruthError } from "../../src/sandbox/native-sync/truth.ts";
import { compare } from "../../src/sandbox/said.ts";

function held(type: string, records: number): TruthError {
  return {
    category: "picklists",
    type,
    object: "contacts",
    direction: "hubspot-to-salesforce",
    field: null,
    property: null,
    message: "",
    records: Array.from({ length: records }, (_, index) => ({
      hubspotId: String(index),
      salesforceId: null,
      salesforceObject: null,
    })),
  };
}

function said(suspension: string | null, ...errors: readonly [string, number][]) {
  return {
    suspension: suspension === null ? null : { kind: suspension },
    errors: errors.map(([type, records]) => ({ type, object: "contacts", records })),
    at: null,
  };
}

it("agrees where every cause has as many records", () => {
  const truth = { suspension: null, errors: [held("inactive-owner", 3), held("inactive-owner", 1), held("flow", 2)] };
  expect(compare(truth, truth.errors, said(null, ["flow", 2], ["inactive-owner", 4])).agrees).toBe(true);
  const { agrees, errors } = compare(truth, truth.errors, said(null, ["inactive-owner", 4], ["flow", 1]));
  expect(agrees).toBe(false);
  expect(errors.map(({ type, agrees: same }) => [type, same])).toEqual([
    ["inactive-owner", true],
    ["flow", false],
  ]);
});

it("lets the bot name what the native sync would meet next, and nothing else", () => {
  const truth = { suspension: null, errors: [held("flow", 2)] };
  const further = [held("flow", 2), held("string-too-long", 1)];
  expect(compare(truth, further, said(null, ["flow", 2], ["string-too-long", 1])).agrees).toBe(true);
  expect(compare(truth, further, said(null, ["flow", 2], ["string-too-long", 2])).agrees).toBe(false);
});

it("differs where one knows of a suspension and the other doesn't", () => {
  const suspension = { kind: "sf-org-locked", since: "2026-01-02T00:00:00.000Z" } as const;
  expect(compare({ suspension, errors: [] }, [], said(null)).suspensionAgrees).toBe(false);
  // Nobody can see more than that while it lasts.
  expect(compare({ suspension, errors: [held("flow", 1)] }, [], said("sf-org-locked")).agrees).toBe(true);
  expect(compare({ suspension: null, errors: [] }, [], said("sf-org-locked")).agrees).toBe(false);
});
