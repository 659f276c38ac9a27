import type { WorldState } from "../../control/control.ts";
import { ask } from "./api.ts";
import { element, fill, make } from "./dom.ts";
import { titleOf } from "./scenarios.ts";
import { addressOf, state } from "./state.ts";
import { toast } from "./toast.ts";

export function startComparison(onDone: () => void): void {
  element("truth-actions", HTMLElement).addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("#export") !== null) void shareExport();
  });
  element("standing-actions", HTMLElement).addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("#resume") !== null) void resume().then(onDone);
  });
}

/** What holds records back, in truth and by what Syncwarden says, type by type. */
export function showComparison({ truth, comparison, nativeSync, scenarios }: WorldState): void {
  const unfolded = new Set([...document.querySelectorAll<HTMLElement>("#truth details[open]")].map(({ id }) => id));
  const rows =
    comparison?.errors ??
    truth.errors.map(({ type, object, records }) => ({ type, object, truth: records.length, said: null, agrees: true }));
  fill(
    element("truth", HTMLElement),
    make(
      "p",
      { class: "intro" },
      "The simulated sync knows which records it can't bring across, and why. Syncwarden finds out from the two public APIs alone.",
    ),
    rows.length === 0
      ? make("p", { class: "verdict" }, "Every record gets through.")
      : make(
          "table",
          { class: "comparison" },
          make("caption", { class: "visually-hidden" }, "Records held back, by cause"),
          make("thead", {}, make("tr", {}, head("Held back by"), head("Truth"), head("Said"))),
          make(
            "tbody",
            {},
            ...rows.map(({ type, object, truth: really, said, agrees }) =>
              make(
                "tr",
                agrees ? {} : { class: "differs" },
                make("th", { scope: "row" }, recordsOf(truth, type, object, titleOf(type, scenarios), unfolded)),
                make("td", {}, String(really)),
                make(
                  "td",
                  {},
                  said === null ? "–" : String(said),
                  agrees ? null : make("span", { class: "visually-hidden" }, " (differs)"),
                ),
              ),
            ),
          ),
        ),
    make("p", { class: "waiting" }, waiting(nativeSync.waiting)),
  );
  fill(
    element("truth-actions", HTMLElement),
    truth.errors.length === 0
      ? null
      : make(
          "p",
          { class: "export" },
          make("button", { type: "button", class: "button button-small", id: "export" }, "Share HubSpot's export"),
          make("small", {}, "HubSpot's own file of errors, put into the open channel. Syncwarden can import it."),
        ),
  );
}

/** How many records of a cause are linked to. */
const RECORDS_SHOWN = 12;

/** A cause with the records that it holds back, folded away. */
function recordsOf(
  truth: WorldState["truth"],
  type: string,
  object: string,
  title: string,
  unfolded: ReadonlySet<string>,
): HTMLElement {
  const records = truth.errors
    .filter((error) => error.type === type && error.object === object)
    .flatMap((error) => error.records);
  const links = records.slice(0, RECORDS_SHOWN).map(({ hubspotId, salesforceId, salesforceObject }) => {
    const inHubSpot = hubspotId !== null;
    const id = hubspotId ?? salesforceId ?? "";
    const where = {
      kind: "record",
      system: inHubSpot ? "hubspot" : "salesforce",
      object: inHubSpot ? object : (salesforceObject ?? ""),
      id,
    } as const;
    return make("a", { href: addressOf(where) }, id);
  });
  const id = `held-${type}-${object}`;
  const rest = records.length > RECORDS_SHOWN ? make("span", {}, `… and ${records.length - RECORDS_SHOWN} more`) : null;
  return make(
    "details",
    { id, open: unfolded.has(id) },
    make("summary", {}, title, make("small", {}, object)),
    make("p", { class: "held-records" }, ...links, rest),
  );
}

function head(name: string): HTMLElement {
  return make("th", { scope: "col" }, name);
}

function waiting(changes: number): string {
  if (changes === 0) return "No change waits to be synced.";
  return `${changes.toLocaleString("en")} ${changes === 1 ? "change waits" : "changes wait"} to be synced.`;
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
}
