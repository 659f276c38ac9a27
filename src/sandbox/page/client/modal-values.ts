/** What is entered or chosen in one control: text, an option's value, or a list where several may be chosen. */
export function chosenIn(control: HTMLElement): unknown {
  if (control instanceof HTMLSelectElement) {
    return control.multiple ? [...control.selectedOptions].map(({ value }) => value) : control.value;
  }
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) return control.value;
  const checked = [...control.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => value);
  return control.dataset.control === "radio_buttons" ? (checked[0] ?? "") : checked;
}

/** All of a form's values by action_id, or by block_id where two blocks share an action_id. */
export function valuesIn(form: HTMLElement): Readonly<Record<string, unknown>> {
  const controls = [
    ...form.querySelectorAll<HTMLElement>('[data-control]:not([data-control="button"], [data-control="overflow"])'),
  ];
  return Object.fromEntries(
    controls.map((control) => {
      const { actionId = "", blockId = "" } = control.dataset;
      const shared = controls.filter((one) => one.dataset.actionId === actionId).length > 1;
      return [shared ? blockId : actionId, chosenIn(control)];
    }),
  );
}
