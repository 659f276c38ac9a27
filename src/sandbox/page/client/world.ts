import type { NativeSyncState } from "../../native-sync/native-sync.ts";
import type { Truth } from "../../native-sync/truth.ts";
import type { ScenarioState } from "../../scenarios/catalogue.ts";
import { ask } from "./api.ts";
import { element, fill, make } from "./dom.ts";
import { showScenarios, titleOf } from "./scenarios.ts";
import { state } from "./state.ts";
import { toast } from "./toast.ts";

interface WorldState {
  readonly scenarios: readonly ScenarioState[];
  readonly truth: Truth;
  readonly nativeSync: NativeSyncState;
  readonly apiUse: { readonly max: number; readonly used: number; readonly allocation: number };
  readonly faults: readonly unknown[];
}

interface Calls {
  readonly bot: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly nativeSync: Readonly<Record<string, number>>;
}

/** How often the panel looks at the world, in milliseconds. */
const lookMs = 1_000;

/** Keeps the panel current while the page is in view. */
export function followWorld(): void {
  void refreshWorld();
  setInterval(() => {
    if (!document.hidden) void refreshWorld();
  }, lookMs);
  addEventListener("visibilitychange", () => {
    if (!document.hidden) void refreshWorld();
  });
  element("truth", HTMLElement).addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("#export") !== null) void shareExport();
    if (event.target instanceof Element && event.target.closest("#resume") !== null) void resume();
  });
}

async function refreshWorld(): Promise<void> {
  const [state, calls] = await Promise.all([ask<WorldState>("GET", "/sandbox/state"), ask<Calls>("GET", "/sandbox/calls")]);
  if (state.ok) {
    showScenarios(state.body.scenarios, () => void refreshWorld());
    showTruth(state.body);
  }
  if (state.ok && calls.ok) showCalls(calls.body, state.body);
}

function showTruth({ truth, nativeSync, scenarios, faults }: WorldState): void {
  const { suspension, errors } = truth;
  const records = errors.reduce((sum, error) => sum + error.records.length, 0);
  const largest = Math.max(1, ...errors.map((error) => error.records.length));
  fill(
    element("truth", HTMLElement),
    make(
      "p",
      { class: `verdict verdict-${suspension === null ? (records === 0 ? "good" : "fair") : "bad"}` },
      make("strong", {}, suspension === null ? "The sync is moving" : `Suspended: ${titleOf(suspension.kind, scenarios)}`),
      make(
        "span",
        {},
        suspension === null ? held(records, errors.length) : `since ${new Date(suspension.since).toLocaleTimeString()}`,
      ),
    ),
    suspension === null
      ? null
      : make("p", { class: "resume" }, make("button", { type: "button", class: "button", id: "resume" }, "Resume in HubSpot")),
    errors.length === 0
      ? null
      : make(
          "ul",
          { class: "bars" },
          ...errors
            .toSorted((a, b) => b.records.length - a.records.length)
            .map(({ type, object, records: affected }) => {
              const meter = make("meter", {
                min: "0",
                max: String(largest),
                value: String(affected.length),
                "aria-hidden": "true",
              });
              return make(
                "li",
                {},
                make(
                  "span",
                  { class: "bar-name" },
                  titleOf(type, scenarios),
                  make("small", { class: "bar-object" }, ` ${object}`),
                ),
                make("span", { class: "bar-count" }, String(affected.length)),
                meter,
              );
            }),
        ),
    errors.length === 0
      ? null
      : make("p", {}, make("button", { type: "button", class: "button", id: "export" }, "Share HubSpot's export")),
    make("p", { class: "waiting" }, waiting(nativeSync.waiting)),
    faults.length === 0
      ? null
      : make("p", { class: "waiting" }, `${faults.length} network faults are set through the control API.`),
  );
}

function waiting(changes: number): string {
  if (changes === 0) return "No change waits to be synced.";
  return `${changes.toLocaleString("en")} ${changes === 1 ? "change waits" : "changes wait"} to be synced.`;
}

function held(records: number, errors: number): string {
  if (records === 0) return "every record gets through";
  return `${records} ${records === 1 ? "record is" : "records are"} held back, for ${errors} ${errors === 1 ? "reason" : "reasons"}`;
}

/** HubSpot's own "Export errors (CSV)", shared in the channel that is open. */
async function shareExport(): Promise<void> {
  const { user, where } = state();
  if (where.kind !== "channel") return toast("Open a channel first: the file is shared there.");
  const content = await (await fetch("/sandbox/hubspot/sync-errors.csv")).text();
  const answer = await ask("POST", "/sandbox/slack/file", {
    user,
    channel: where.id,
    name: "salesforce-sync-errors.csv",
    content,
  });
  if (!answer.ok) toast(answer.error);
}

/** HubSpot's own button, which no public API presses. */
async function resume(): Promise<void> {
  const answer = await ask<{ readonly resumed: boolean }>("POST", "/sandbox/native-sync/clear");
  if (!answer.ok) toast(answer.error);
  else if (!answer.body.resumed) toast("HubSpot tried, and it is suspended again: what caused it still stands.");
  void refreshWorld();
}

function showCalls({ bot, nativeSync }: Calls, { apiUse }: WorldState): void {
  const total = (calls: Readonly<Record<string, number>> | undefined): number =>
    Object.values(calls ?? {}).reduce((sum, count) => sum + count, 0);
  const cell = (count: number | undefined): HTMLElement => make("td", {}, count === undefined ? "–" : count.toLocaleString("en"));
  const row = (name: string, ...counts: (number | undefined)[]): HTMLElement =>
    make("tr", {}, make("th", { scope: "row" }, name), ...counts.map(cell));
  const head = ["", "Salesforce", "HubSpot", "Slack"].map((name) =>
    name === "" ? make("td") : make("th", { scope: "col" }, name),
  );
  const share = Math.min(100, (apiUse.used / Math.max(1, apiUse.max)) * 100);
  fill(
    element("calls", HTMLElement),
    make(
      "table",
      { class: "calls" },
      make("thead", {}, make("tr", {}, ...head)),
      make(
        "tbody",
        {},
        row("Syncwarden", total(bot.salesforce), total(bot.hubspot), total(bot.slack)),
        row("Native sync", nativeSync.salesforce, nativeSync.hubspot, undefined),
      ),
    ),
    make(
      "p",
      { class: "use" },
      make("span", { id: "use-label" }, "The org's calls today"),
      make("span", {}, `${apiUse.used.toLocaleString("en")} of ${apiUse.max.toLocaleString("en")}`),
      make("meter", { min: "0", max: "100", high: "90", value: share.toFixed(1), "aria-labelledby": "use-label" }),
    ),
  );
}
