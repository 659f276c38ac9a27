import type { WorldState } from "../../control/control.ts";
import { ask } from "./api.ts";
import { type Calls, showCalls } from "./calls.ts";
import { showComparison, startComparison } from "./comparison.ts";
import { showGuide } from "./guide.ts";
import { showScenarios, startScenarios } from "./scenarios.ts";
import { showStanding } from "./standing.ts";
import { startTabs } from "./tabs.ts";

/** How often the panel looks at the world, in milliseconds. */
const lookMs = 1_000;

/** Keeps the panel current while the page is in view. */
export function followWorld(): void {
  startTabs("panel-tabs");
  startScenarios();
  startComparison(look);
  look();
  setInterval(() => {
    if (!document.hidden) look();
  }, lookMs);
  addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
}

function look(): void {
  void refreshWorld();
}

async function refreshWorld(): Promise<void> {
  const [world, calls] = await Promise.all([ask<WorldState>("GET", "/sandbox/state"), ask<Calls>("GET", "/sandbox/calls")]);
  if (!world.ok) return;
  showStanding(world.body);
  showGuide(world.body, look);
  showScenarios(world.body, look);
  showComparison(world.body);
  if (calls.ok) showCalls(calls.body, world.body);
}
