import type { RecordTable } from "../records.ts";
import { ask, pagePath } from "./api.ts";
import { fill, make } from "./dom.ts";
import { addressOf, state, type Where } from "./state.ts";

type Records = Extract<Where, { kind: "records" }>;

const systemNames: Readonly<Record<string, string>> = { hubspot: "HubSpot", salesforce: "Salesforce" };

export function recordsTitle({ system, object }: Records): string {
  return `${systemNames[system] ?? system} ${object.charAt(0).toUpperCase()}${object.slice(1)}`;
}

/** A table of one object's records in the middle of the page, to see what a break or a resync did. */
export async function showRecords(container: HTMLElement, where: Records): Promise<void> {
  const answer = await ask<RecordTable>(
    "GET",
    pagePath(`records/${encodeURIComponent(where.system)}/${encodeURIComponent(where.object)}`, { search: where.search }),
  );
  const now = state().where;
  if (now.kind !== "records" || addressOf(now) !== addressOf(where)) return;
  const table = frame(container, where).querySelector<HTMLElement>(".records-body");
  if (table === null) return;
  if (!answer.ok) return fill(table, make("p", { class: "empty" }, answer.error));
  fill(table, ...contents(answer.body));
}

/** The search field above the table stays while the table changes. */
function frame(container: HTMLElement, where: Records): HTMLElement {
  const key = `${where.system} ${where.object}`;
  const known = container.querySelector<HTMLElement>(".records");
  if (known?.dataset.key === key) return known;
  const search = make("input", { type: "search", class: "field", id: "record-search", placeholder: "Name, email or id" });
  search.value = where.search;
  search.addEventListener("input", () => {
    history.replaceState(null, "", addressOf({ ...where, search: search.value }));
    dispatchEvent(new HashChangeEvent("hashchange"));
  });
  const fresh = make(
    "div",
    { class: "records", "data-key": key },
    make("p", { class: "records-search" }, make("label", { for: "record-search" }, "Search"), search),
    make("div", { class: "records-body" }),
  );
  container.replaceChildren(fresh);
  return fresh;
}

function contents({ system, object, columns, rows, total }: RecordTable): Node[] {
  if (rows.length === 0) return [make("p", { class: "empty" }, "No record matches.")];
  const shown =
    rows.length < total
      ? `The ${rows.length} most recently changed of ${total.toLocaleString("en")} records.`
      : `${total} ${total === 1 ? "record" : "records"}, the most recently changed first.`;
  const head = ["Id", ...columns.map(({ label }) => label), "Changed"].map((name) => make("th", { scope: "col" }, name));
  const body = rows.map(({ id, values, changedAt }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, make("a", { href: addressOf({ kind: "record", system, object, id }) }, id)),
      ...values.map((value) => make("td", { title: value }, value)),
      make("td", {}, new Date(changedAt).toLocaleTimeString()),
    ),
  );
  return [
    make("p", { class: "records-count" }, shown),
    make(
      "div",
      { class: "records-scroll" },
      make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)),
    ),
  ];
}
