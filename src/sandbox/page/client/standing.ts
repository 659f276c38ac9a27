import type { WorldState } from "../../control/control.ts";
import { element, fill, make } from "./dom.ts";
import { titleOf } from "./scenarios.ts";

/** How long Syncwarden may take to see a change before the page says that the two differ, in milliseconds. */
const patienceMs = 30_000;

let differsSince: number | null = null;

/** What is true, what Syncwarden says, and whether that is the same. */
export function showStanding({ truth, comparison, scenarios }: WorldState): void {
  const inTruth = {
    suspension: truth.suspension,
    records: truth.errors.reduce((sum, { records }) => sum + records.length, 0),
  };
  const said = comparison?.said ?? null;
  fill(
    element("standing", HTMLElement),
    side("In truth", inTruth),
    said === null || said.at === null
      ? side("Syncwarden says", null)
      : side("Syncwarden says", {
          suspension: said.suspension,
          records: said.errors.reduce((sum, { records }) => sum + records, 0),
        }),
  );
  fill(element("agreement", HTMLElement), ...agreement(comparison));
  fill(
    element("standing-actions", HTMLElement),
    truth.suspension === null
      ? null
      : make("button", { type: "button", class: "button button-small", id: "resume" }, "Resume in HubSpot"),
  );

  function side(
    name: string,
    state: { readonly suspension: { readonly kind: string } | null; readonly records: number } | null,
  ): HTMLElement {
    const tone = state === null ? "unknown" : state.suspension !== null ? "bad" : state.records > 0 ? "fair" : "good";
    const headline = state === null ? "Nothing yet" : state.suspension === null ? "The sync is moving" : "Suspended";
    const detail =
      state === null ? "" : state.suspension === null ? heldBack(state.records) : titleOf(state.suspension.kind, scenarios);
    return make(
      "div",
      { class: `side side-${tone}` },
      make("h3", {}, name),
      make("strong", {}, headline),
      make("span", {}, detail),
    );
  }
}

function agreement(comparison: WorldState["comparison"]): readonly (Node | string)[] {
  if (comparison === null) return ["No bot of this sandbox's own runs, so there is nothing to compare."];
  if (comparison.agrees) {
    differsSince = null;
    return [make("span", { class: "agree" }, "✓ They agree")];
  }
  differsSince ??= Date.now();
  if (Date.now() - differsSince < patienceMs) return [make("span", { class: "looking" }, "Not the same yet…")];
  return [make("span", { class: "differ" }, "✗ They differ"), ": the tab Truth shows where."];
}

function heldBack(records: number): string {
  if (records === 0) return "every record gets through";
  return `${records.toLocaleString("en")} ${records === 1 ? "record" : "records"} held back`;
}
