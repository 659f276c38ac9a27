import type { RecordCell, RecordPage, RecordPageRow } from "../record.ts";
import { ask, pagePath } from "./api.ts";
import { confirmed } from "./confirm.ts";
import { make } from "./dom.ts";
import { showTitle } from "./heading.ts";
import { addressOf, change, state, type Where } from "./state.ts";
import { announce, toast } from "./toast.ts";

type RecordPlace = Extract<Where, { kind: "record" }>;
type System = (typeof SYSTEMS)[number];

const SYSTEMS = ["hubspot", "salesforce"] as const;
const NAMES: Readonly<Record<System, string>> = { hubspot: "HubSpot", salesforce: "Salesforce" };

const RULES: Readonly<Record<string, string>> = {
  "two-way": "Two-way",
  "prefer-salesforce": "Prefer Salesforce unless blank",
  "always-salesforce": "Always use Salesforce",
  none: "Don't sync",
};

/** A record of both systems in the middle of the page. What somebody is editing stays as they left it while the rest is kept current. */
export async function showRecord(container: HTMLElement, where: RecordPlace): Promise<void> {
  const path = ["record", where.system, where.object, where.id].map(encodeURIComponent).join("/");
  const answer = await ask<RecordPage>("GET", pagePath(path, {}));
  if (addressOf(state().where) !== addressOf(where)) return;
  if (!answer.ok) {
    container.replaceChildren(make("p", { class: "empty" }, answer.error));
    return;
  }
  const page = answer.body;
  showTitle(page.title, "");
  const known = container.querySelector<HTMLFormElement>(".record");
  const key = `${addressOf(where)} ${page.hubspot?.id} ${page.salesforce?.id}`;
  if (known?.dataset.key === key) update(known, page);
  else container.replaceChildren(create(page, key, where));
}

function create(page: RecordPage, key: string, where: RecordPlace): HTMLElement {
  const form = make("form", { class: "record", "data-key": key, novalidate: true, autocomplete: "off" });
  form.append(
    make(
      "p",
      { class: "record-back" },
      make(
        "a",
        { href: addressOf({ kind: "records", system: where.system, object: where.object, search: "" }) },
        "← All records of this kind",
      ),
    ),
    make("div", { class: "record-held" }),
    make(
      "div",
      { class: "record-table", role: "table", "aria-label": "The record on both sides" },
      make(
        "div",
        { class: "record-row record-heads", role: "row" },
        make("span", { role: "columnheader" }, "Field"),
        ...SYSTEMS.map((system) => make("span", { role: "columnheader", "data-head": system })),
      ),
      // What differs comes first; a row keeps its place when that changes under the reader's eyes.
      ...page.rows
        .filter(({ hubspot, salesforce }) => hubspot !== null || salesforce !== null)
        .toSorted((a, b) => Number(b.differs) - Number(a.differs))
        .map(rowElement),
    ),
    make("div", { class: "record-save", "aria-live": "polite" }),
  );
  form.addEventListener("input", () => showSave(form, page));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = SYSTEMS.filter((system) => changesIn(form, system).length > 0);
    if (first !== undefined) void save(form, page, first);
  });
  update(form, page);
  return form;
}

function rowElement({ rule, hubspot, salesforce }: RecordPageRow): HTMLElement {
  const label = hubspot?.label ?? salesforce?.label ?? "";
  return make(
    "div",
    { class: "record-row", role: "row", "data-row": `${hubspot?.name} ${salesforce?.name}` },
    make("span", { role: "rowheader" }, label, make("small", {}, RULES[rule ?? ""] ?? "")),
    cellElement("hubspot", hubspot),
    cellElement("salesforce", salesforce),
  );
}

function cellElement(system: System, cell: RecordCell | null): HTMLElement {
  const holder = make("span", { role: "cell", class: `record-cell record-${system}` });
  if (cell === null) return holder;
  const attributes = {
    class: "field",
    name: cell.name,
    "data-system": system,
    "data-kind": cell.kind,
    "aria-label": `${cell.label} in ${NAMES[system]}`,
    ...(cell.isEditable ? {} : { disabled: true }),
  };
  if (cell.options !== null) {
    holder.append(
      make(
        "select",
        attributes,
        make("option", { value: "" }, "–"),
        ...cell.options.map(({ value, label }) => make("option", { value }, label)),
      ),
    );
  } else if (cell.kind === "long") holder.append(make("textarea", { ...attributes, rows: "1" }));
  else holder.append(make("input", { ...attributes, type: "text", inputmode: cell.kind === "number" ? "decimal" : "text" }));
  return holder;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fieldsIn(form: HTMLElement, system: System): readonly Field[] {
  return [...form.querySelectorAll<Field>(`.field[data-system="${system}"]`)];
}

function changesIn(form: HTMLElement, system: System): readonly Field[] {
  return fieldsIn(form, system).filter((field) => field.dataset.saved !== undefined && field.value !== field.dataset.saved);
}

function update(form: HTMLFormElement, page: RecordPage): void {
  for (const system of SYSTEMS) {
    const side = page[system];
    const head = form.querySelector(`[data-head="${system}"]`);
    const text = side === null ? `Not in ${NAMES[system]}` : `${NAMES[system]} ${side.id}`;
    if (head !== null && head.textContent !== text) head.textContent = text;
    const cells = new Map(page.rows.map((row) => [row[system]?.name, row[system]]));
    for (const field of fieldsIn(form, system)) {
      const cell = cells.get(field.name);
      if (cell == null) continue;
      const isTouched = field.dataset.saved !== undefined && field.value !== field.dataset.saved;
      if (field instanceof HTMLSelectElement && ![...field.options].some(({ value }) => value === cell.value)) {
        field.append(make("option", { value: cell.value }, cell.value));
      }
      field.dataset.saved = cell.value;
      if (!isTouched && field.value !== cell.value) field.value = cell.value;
    }
  }
  for (const { hubspot, salesforce, differs } of page.rows) {
    const row = form.querySelector(`[data-row="${CSS.escape(`${hubspot?.name} ${salesforce?.name}`)}"]`);
    row?.classList.toggle("record-differs", differs);
    const header = row?.querySelector('[role="rowheader"] small');
    if (header != null && differs !== header.textContent?.endsWith("differs")) {
      header.textContent = differs ? `${header.textContent} · differs` : (header.textContent?.replace(" · differs", "") ?? "");
    }
  }
  const held = form.querySelector(".record-held");
  const reasons = page.held.map(({ message }) => message).join("\n");
  if (held instanceof HTMLElement && held.dataset.reasons !== reasons) {
    held.dataset.reasons = reasons;
    held.replaceChildren(
      ...page.held.map(({ message }) => make("p", {}, make("strong", {}, "The sync can't bring this across: "), message)),
    );
  }
  showSave(form, page);
}

/** The buttons for what has been edited; without an edit, those to delete. */
function showSave(form: HTMLFormElement, page: RecordPage): void {
  const bar = form.querySelector<HTMLElement>(".record-save");
  const counts = SYSTEMS.map((system) => changesIn(form, system).length);
  const key = `${counts.join(" ")} ${page.hubspot?.id} ${page.salesforce?.id}`;
  if (bar === null || bar.dataset.shows === key) return;
  bar.dataset.shows = key;
  const isEdited = counts.some((count) => count > 0);
  bar.classList.toggle("record-edited", isEdited);
  const saves = SYSTEMS.filter((_, index) => (counts[index] ?? 0) > 0).map((system) => {
    const button = make("button", { type: "button", class: "button button-primary" }, `Save in ${NAMES[system]}`);
    button.addEventListener("click", () => void save(form, page, system));
    return button;
  });
  const undo = make("button", { type: "button", class: "button" }, "Undo");
  undo.addEventListener("click", () => {
    for (const field of SYSTEMS.flatMap((system) => changesIn(form, system))) field.value = field.dataset.saved ?? "";
    showSave(form, page);
  });
  const removes = SYSTEMS.filter((system) => page[system] !== null).map((system) => {
    const button = make("button", { type: "button", class: "button button-danger" }, `Delete in ${NAMES[system]}`);
    button.addEventListener("click", () => void remove(page, system));
    return button;
  });
  bar.replaceChildren(...(isEdited ? [...saves, undo] : removes), make("p", { class: "input-error", role: "alert" }));
}

async function save(form: HTMLFormElement, page: RecordPage, system: System): Promise<void> {
  const side = page[system];
  if (side === null) return;
  const edited = changesIn(form, system);
  const values = Object.fromEntries(edited.map((field) => [field.name, enteredIn(field)]));
  const written = system === "hubspot" ? { properties: values } : { fields: values };
  const answer = await ask("POST", "/sandbox/records", { system, object: side.object, update: { id: side.id, ...written } });
  if (!answer.ok) {
    const alert = form.querySelector(".record-save .input-error");
    if (alert !== null) alert.textContent = answer.error;
    edited[0]?.focus();
    return;
  }
  for (const field of edited) field.dataset.saved = field.value;
  showSave(form, page);
  announce(`Saved in ${NAMES[system]}.`);
  toast(`Saved in ${NAMES[system]}. The native sync will notice.`);
}

function enteredIn(field: Field): string | number | boolean | null {
  const text = field.value.trim();
  if (field.dataset.kind === "boolean") return text === "true";
  if (text === "") return null;
  return field.dataset.kind === "number" && !Number.isNaN(Number(text)) ? Number(text) : field.value;
}

async function remove(page: RecordPage, system: System): Promise<void> {
  const side = page[system];
  if (side === null) return;
  const isSure = await confirmed(
    JSON.stringify({
      title: `Delete ${page.title}?`,
      text: `Somebody deletes this record in ${NAMES[system]}. It can't be brought back here.`,
      confirm: `Delete in ${NAMES[system]}`,
      deny: "Keep it",
      danger: true,
    }),
  );
  if (!isSure) return;
  const answer = await ask("POST", "/sandbox/records", { system, object: side.object, delete: side.id });
  if (!answer.ok) return toast(answer.error);
  toast(`Deleted in ${NAMES[system]}.`);
  const now = state().where;
  if (now.kind === "record") change({ where: { kind: "records", system, object: side.object, search: "" } });
}
