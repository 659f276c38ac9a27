import type { Play } from "./play.ts";

const HOUR_MS = 3_600_000;

/** HubSpot has made calls up to a part of its allocation. What comes back lets the window roll past them, which nobody waits for here. */
export function fillAllocation(play: Play, part: number): () => void {
  const { org, clock } = play.world;
  const { callsInWindow, callsMade } = play.sync.state();
  // The event logs of this hour aren't out yet: what it has called since the world began doesn't stand in any.
  const calls = Math.max(0, Math.ceil(play.sync.settings.allocation * part) - callsInWindow + callsMade);
  const usedBefore = org.state.apiRequests.used;
  // Hours ago, in a minute of its own: its hour's event log goes as a whole when the window has rolled past it.
  const at = new Date(clock.now().getTime() - 4 * HOUR_MS);
  const before = new Set(org.data.calls.runs());
  org.addCalls("HubSpot", calls, at);
  play.sync.countCalls(calls);
  const run = org.data.calls.runs().find((candidate) => candidate.app === "HubSpot" && !before.has(candidate));
  const used = org.state.apiRequests.used - usedBefore;
  return () => {
    if (run) org.data.calls.remove(run);
    org.state.apiRequests.used -= used;
    play.sync.countCalls(-calls);
  };
}
