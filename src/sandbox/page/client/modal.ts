import type { ViewsAnswer } from "../page.ts";
import { ask } from "./api.ts";
import { element } from "./dom.ts";
import { valuesIn } from "./modal-values.ts";
import { state } from "./state.ts";

type Modal = NonNullable<ViewsAnswer["modal"]>;

interface SubmitAnswer {
  readonly outcome:
    | { readonly kind: "closed" | "cleared" | "updated" | "pushed" }
    | { readonly kind: "errors"; readonly errors: Readonly<Record<string, string>> }
    | { readonly kind: "trouble"; readonly reason: string };
}

let open: Modal | null = null;

export function startModal(): void {
  const dialog = element("modal", HTMLDialogElement);
  element("modal-form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    void close();
  });
  for (const id of ["modal-close", "modal-x"]) element(id, HTMLElement).addEventListener("click", () => void close());
}

/** Shows the modal that is in front, or none. What was typed stays while the app updates the modal. */
export function showModal(modal: Modal | null): void {
  const dialog = element("modal", HTMLDialogElement);
  if (modal === null) {
    open = null;
    if (dialog.open) dialog.close();
    return;
  }
  if (open?.id === modal.id && open.hash === modal.hash) return;
  const body = element("modal-body", HTMLElement);
  const typed = open?.id === modal.id ? valuesByBlock(body) : new Map<string, string>();
  open = modal;
  element("modal-title", HTMLElement).textContent = modal.title;
  // The server's own rendering, in which React has escaped all text.
  body.innerHTML = modal.html;
  for (const field of body.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input.field, textarea.field")) {
    field.value = typed.get(field.dataset.blockId ?? "") ?? field.value;
  }
  element("modal-error", HTMLElement).textContent = "";
  element("modal-close", HTMLElement).textContent = modal.close;
  const submitButton = element("modal-submit", HTMLButtonElement);
  submitButton.hidden = modal.submit === null;
  submitButton.disabled = modal.submitDisabled;
  submitButton.textContent = modal.submit ?? "";
  if (!dialog.open) dialog.showModal();
  (
    body.querySelector<HTMLElement>(".field, input") ??
    (modal.submit === null ? element("modal-close", HTMLElement) : submitButton)
  ).focus();
}

function valuesByBlock(body: HTMLElement): ReadonlyMap<string, string> {
  const fields = [...body.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input.field, textarea.field")];
  return new Map(fields.map((field) => [field.dataset.blockId ?? "", field.value]));
}

async function submit(): Promise<void> {
  if (open === null) return;
  const button = element("modal-submit", HTMLButtonElement);
  const trouble = element("modal-error", HTMLElement);
  const body = element("modal-body", HTMLElement);
  trouble.textContent = "";
  showErrors({});
  button.setAttribute("aria-busy", "true");
  const answer = await ask<SubmitAnswer>("POST", "/sandbox/slack/submit", {
    user: state().user,
    view_id: open.id,
    values: valuesIn(body),
  });
  button.removeAttribute("aria-busy");
  if (!answer.ok) {
    if (answer.blockId === null) trouble.textContent = answer.error;
    else showErrors({ [answer.blockId]: answer.error });
    return;
  }
  const { outcome } = answer.body;
  if (outcome.kind === "errors") showErrors(outcome.errors);
  if (outcome.kind === "trouble") trouble.textContent = `We had some trouble connecting. Try again? (${outcome.reason})`;
}

/** Puts a sentence under each input that it is about, and the focus into the first. */
function showErrors(errors: Readonly<Record<string, string>>): void {
  let first: HTMLElement | null = null;
  for (const block of element("modal-body", HTMLElement).querySelectorAll<HTMLElement>("[data-input]")) {
    const sentence = errors[block.dataset.input ?? ""] ?? "";
    const line = block.querySelector(".input-error");
    if (line !== null) line.textContent = sentence;
    const control = block.querySelector<HTMLElement>("[data-control]");
    control?.setAttribute("aria-invalid", String(sentence !== ""));
    if (sentence !== "") first ??= control;
  }
  first?.focus();
}

async function close(): Promise<void> {
  if (open === null) return;
  await ask("POST", "/sandbox/slack/close", { user: state().user, view_id: open.id });
}
