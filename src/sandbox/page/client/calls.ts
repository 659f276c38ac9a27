import type { WorldState } from "../../control/control.ts";
import { element, fill, make } from "./dom.ts";

export interface Calls {
  readonly bot: Readonly<Record<Service, Readonly<Record<string, number>>>>;
  readonly nativeSync: Readonly<Record<"salesforce" | "hubspot", number>>;
}

type Service = (typeof SERVICES)[number];

const SERVICES = ["salesforce", "hubspot", "slack"] as const;
const NAMES: Readonly<Record<Service, string>> = { salesforce: "Salesforce", hubspot: "HubSpot", slack: "Slack" };

const minuteMs = 60_000;

let history: readonly { readonly at: number; readonly calls: Calls }[] = [];

/** What the three services have been asked for, and how much of their limits is used. */
export function showCalls(calls: Calls, { apiUse, nativeSync, storage }: WorldState): void {
  const now = Date.now();
  history = [...history.filter(({ at }) => at >= now - minuteMs), { at: now, calls }];
  fill(
    element("limits", HTMLElement),
    make("h3", {}, "Limits"),
    limit("org", "The org's API calls today", apiUse.used, apiUse.max),
    limit("allocation", "HubSpot's share of them", nativeSync.callsInWindow, apiUse.allocation),
    limit("storage", "Data storage, MB", storage.max - storage.remaining, storage.max),
  );
  const before = history[0]?.calls ?? calls;
  fill(
    element("calls", HTMLElement),
    make("h3", {}, "API calls since the start"),
    make(
      "table",
      { class: "calls" },
      make("thead", {}, make("tr", {}, make("td"), ...SERVICES.map((name) => make("th", { scope: "col" }, NAMES[name])))),
      make(
        "tbody",
        {},
        row("Syncwarden", ...SERVICES.map((name) => total(calls.bot[name]))),
        row("in the last minute", ...SERVICES.map((name) => total(calls.bot[name]) - total(before.bot[name]))),
        row("Native sync", calls.nativeSync.salesforce, calls.nativeSync.hubspot, null),
      ),
    ),
  );
  showOperations(calls);
}

function showOperations({ bot }: Calls): void {
  const container = element("operations", HTMLElement);
  const isOpen = new Set([...container.querySelectorAll<HTMLDetailsElement>("details[open]")].map(({ id }) => id));
  fill(
    container,
    ...SERVICES.map((name) =>
      make(
        "details",
        { id: `operations-${name}`, class: "operations", open: isOpen.has(`operations-${name}`) },
        make("summary", {}, `Syncwarden's calls to ${NAMES[name]}`),
        make(
          "ul",
          {},
          ...Object.entries(bot[name])
            .toSorted(([, a], [, b]) => b - a)
            .map(([operation, count]) =>
              make("li", {}, make("code", {}, operation), make("span", {}, count.toLocaleString("en"))),
            ),
        ),
      ),
    ),
  );
}

function total(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

function row(name: string, ...counts: readonly (number | null)[]): HTMLElement {
  const cells = counts.map((count) => make("td", {}, count === null ? "–" : count.toLocaleString("en")));
  return make("tr", {}, make("th", { scope: "row" }, name), ...cells);
}

function limit(id: string, name: string, used: number, most: number): HTMLElement {
  const share = Math.min(100, (used / Math.max(1, most)) * 100);
  return make(
    "p",
    { class: "use" },
    make("span", { id: `use-${id}` }, name),
    make("span", {}, `${used.toLocaleString("en")} of ${most.toLocaleString("en")}`),
    make("meter", { min: "0", max: "100", high: "90", value: share.toFixed(1), "aria-labelledby": `use-${id}` }),
  );
}
