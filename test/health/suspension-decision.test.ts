import { expect, test } from "vitest";
import { type CurrentSuspension, decideSuspension, type Sighting } from "../../src/health/suspension-decision.ts";
import { comesAndGoes, type SuspensionKind } from "../../src/health/suspensions.ts";

function seen(...kinds: readonly SuspensionKind[]): Sighting {
  const causes = kinds.map((kind) => ({ kind, evidence: { at: "2026-01-01T00:00:00Z", statement: kind }, details: {} }));
  return { causes, needsRepeat: kinds.every(comesAndGoes) };
}

function suspension(state: "suspected" | "open", ...kinds: readonly SuspensionKind[]): CurrentSuspension {
  return { id: "s", state, kinds, sightings: 1 };
}

test("one refusal that names a stable cause opens a suspension", () => {
  expect(decideSuspension(null, seen("sf-storage-limit-exceeded"))).toMatchObject({
    action: "open",
    kind: "sf-storage-limit-exceeded",
    sightings: 1,
  });
});

test.each<SuspensionKind>(["sf-org-locked", "sf-org-unavailable", "sf-server-error", "unknown-error"])(
  "%s needs the same answer twice in a row, and is a blip otherwise",
  (kind) => {
    expect(decideSuspension(null, seen(kind))).toMatchObject({ action: "suspect", kind });
    const suspected = suspension("suspected", kind);
    expect(decideSuspension(suspected, seen(kind))).toMatchObject({ action: "open", kind, sightings: 2 });
    expect(decideSuspension(suspected, "healthy")).toEqual({ action: "close", reason: "blip" });
    expect(decideSuspension(suspected, "not-known")).toEqual({ action: "none" });
  },
);

test("another passing cause starts the row anew, a stable one opens at once", () => {
  const suspected = suspension("suspected", "sf-server-error");
  expect(decideSuspension(suspected, seen("sf-org-locked"))).toMatchObject({
    action: "suspect",
    kind: "sf-org-locked",
    sightings: 1,
  });
  expect(decideSuspension(suspected, seen("sf-api-access-disabled"))).toMatchObject({
    action: "open",
    kind: "sf-api-access-disabled",
  });
});

test("of several causes the one that HubSpot meets first leads", () => {
  const decision = decideSuspension(null, seen("missing-field-mappings", "sf-storage-limit-exceeded", "sf-api-access-disabled"));
  expect(decision).toMatchObject({ action: "open", kind: "sf-api-access-disabled" });
  expect("causes" in decision && decision.causes.map((cause) => cause.kind)).toEqual([
    "sf-api-access-disabled",
    "sf-storage-limit-exceeded",
    "missing-field-mappings",
  ]);
});

test("an open suspension is updated, says what is new, and closes when all is well", () => {
  const open = suspension("open", "sf-storage-limit-exceeded");
  expect(decideSuspension(open, seen("sf-storage-limit-exceeded"))).toMatchObject({
    action: "update",
    worsened: [],
    sightings: 2,
  });
  expect(decideSuspension(open, seen("sf-storage-limit-exceeded", "sf-api-access-disabled"))).toMatchObject({
    action: "update",
    kind: "sf-api-access-disabled",
    worsened: ["sf-api-access-disabled"],
    keepsEarlierCauses: false,
  });
  expect(decideSuspension(open, "not-known")).toEqual({ action: "none" });
  expect(decideSuspension(open, "healthy")).toEqual({ action: "close", reason: "healed" });
});

test("a blip does not push an open suspension's cause aside; the same again does", () => {
  const open = suspension("open", "sf-storage-limit-exceeded");
  expect(decideSuspension(open, seen("sf-server-error"))).toMatchObject({
    action: "update",
    kind: "sf-storage-limit-exceeded",
    keepsEarlierCauses: true,
    worsened: [],
  });
  const both = suspension("open", "sf-storage-limit-exceeded", "sf-server-error");
  expect(decideSuspension(both, seen("sf-server-error"))).toMatchObject({ kind: "sf-server-error", keepsEarlierCauses: false });
});

test("nothing seen, nothing open: nothing to do", () => {
  expect(decideSuspension(null, "healthy")).toEqual({ action: "none" });
  expect(decideSuspension(null, "not-known")).toEqual({ action: "none" });
  expect(decideSuspension(null, { causes: [], needsRepeat: false })).toEqual({ action: "none" });
});
