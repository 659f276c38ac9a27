/** What is entered or chosen in one control: text, an option's value, or a list where several may be chosen. */
export function chosenIn(control: HTMLElement): unknown {
  const { control: kind } = control.dataset;
  if (control.classList.contains("external")) {
    const chosen = optionsChosenIn(control);
    return kind === "external_select" ? (chosen[0] ?? "") : chosen;
  }
  if (control instanceof HTMLSelectElement) return control.value;
  if (control instanceof HTMLInputElement && control.type === "file") return JSON.parse(control.dataset.uploaded ?? "[]");
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) return entered(control);
  const checked = [...control.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => value);
  return kind === "radio_buttons" ? (checked[0] ?? "") : checked;
}

/** Options of the app's own that are chosen in a field for them. */
export function optionsChosenIn(
  control: HTMLElement,
): readonly { readonly value: string; readonly text: { readonly text: string } }[] {
  return JSON.parse(control.dataset.chosen ?? "[]");
}

function entered({ dataset, value }: HTMLInputElement | HTMLTextAreaElement): unknown {
  if (value === "") return "";
  if (dataset.control === "datetimepicker") return Math.floor(new Date(value).getTime() / 1000);
  if (dataset.control !== "rich_text_input") return value;
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: value }] }] };
}

/** All of a form's values by action_id, or by block_id where two blocks share an action_id. */
export function valuesIn(form: HTMLElement): Readonly<Record<string, unknown>> {
  const controls = controlsIn(form);
  return Object.fromEntries(
    controls.map((control) => {
      const { actionId = "", blockId = "" } = control.dataset;
      const shared = controls.filter((one) => one.dataset.actionId === actionId).length > 1;
      return [shared ? blockId : actionId, chosenIn(control)];
    }),
  );
}

/** What stands in a form's controls, to be put back into them when the app shows the form anew. */
export type FormState = ReadonlyMap<string, HTMLElement>;

export function stateOf(form: HTMLElement): FormState {
  return new Map(controlsIn(form).map((control) => [keyOf(control), control]));
}

/** As Slack does it: a control of the same block_id and action_id keeps what people entered, whatever its initial value. */
export function putBack(form: HTMLElement, before: FormState): void {
  for (const control of controlsIn(form)) {
    const known = before.get(keyOf(control));
    if (known === undefined || known.tagName !== control.tagName) continue;
    if (known instanceof HTMLInputElement && known.type === "file") control.replaceWith(known);
    else if (isField(known) && isField(control)) control.value = known.value;
    else if (control.dataset.chosen !== undefined) control.dataset.chosen = known.dataset.chosen ?? "[]";
    else {
      const checked = new Set([...known.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => value));
      for (const box of control.querySelectorAll<HTMLInputElement>("input")) box.checked = checked.has(box.value);
    }
  }
}

function isField(control: HTMLElement): control is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  return control instanceof HTMLInputElement || control instanceof HTMLSelectElement || control instanceof HTMLTextAreaElement;
}

function keyOf({ dataset }: HTMLElement): string {
  return `${dataset.blockId} ${dataset.actionId}`;
}

function controlsIn(form: HTMLElement): readonly HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('[data-control]:not([data-control="button"], [data-control="overflow"])')];
}
