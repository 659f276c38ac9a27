import type { ViewsAnswer } from "../page.ts";
import { ask } from "./api.ts";
import { prepareChoices } from "./choices.ts";
import { element } from "./dom.ts";
import { type FormState, putBack, stateOf, valuesIn } from "./modal-values.ts";
import { state } from "./state.ts";

type Modal = NonNullable<ViewsAnswer["modal"]>;

interface SubmitAnswer {
  readonly outcome:
    | { readonly kind: "closed" | "cleared" | "updated" | "pushed" }
    | { readonly kind: "errors"; readonly errors: Readonly<Record<string, string>> }
    | { readonly kind: "trouble"; readonly reason: string };
}

let open: Modal | null = null;

/** A form that somebody left open when they left the page is no longer theirs to fill in, as in Slack. */
export async function closeLeftOpen(): Promise<void> {
  const { user } = state();
  const left = await ask<{ readonly stack: readonly { readonly id: string }[] }>("GET", `/sandbox/slack/views?user=${user}`);
  if (!left.ok) return;
  for (const { id } of left.body.stack.toReversed()) await ask("POST", "/sandbox/slack/close", { user, view_id: id });
}

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

/** What people had entered in the views that stand under the one in front, by view id. */
const covered = new Map<string, FormState>();

/** Shows the modal that is in front, or none. What was entered stays while the app updates the modal or puts another on it. */
export function showModal(modal: Modal | null): void {
  const dialog = element("modal", HTMLDialogElement);
  if (modal === null) {
    open = null;
    covered.clear();
    if (dialog.open) dialog.close();
    return;
  }
  if (open?.id === modal.id && open.hash === modal.hash) return;
  const body = element("modal-body", HTMLElement);
  const isUpdate = open?.id === modal.id;
  if (open !== null) covered.set(open.id, stateOf(body));
  const entered = covered.get(modal.id);
  const focus = isUpdate && body.contains(document.activeElement) ? selectorOf(document.activeElement) : null;
  const { scrollTop } = body;
  open = modal;
  element("modal-title", HTMLElement).textContent = modal.title;
  // The server's own rendering, in which React has escaped all text.
  body.innerHTML = modal.html;
  if (entered !== undefined) putBack(body, entered);
  prepareChoices(body);
  body.scrollTop = isUpdate ? scrollTop : 0;
  element("modal-error", HTMLElement).textContent = "";
  element("modal-close", HTMLElement).textContent = modal.close;
  const submitButton = element("modal-submit", HTMLButtonElement);
  submitButton.hidden = modal.submit === null;
  submitButton.disabled = modal.submitDisabled;
  // What was sent before is answered by what shows now.
  submitButton.removeAttribute("aria-busy");
  submitButton.textContent = modal.submit ?? "";
  const isOpen = dialog.open;
  if (!isOpen) dialog.showModal();
  const again = focus === null ? null : body.querySelector<HTMLElement>(focus);
  if (again !== null) again.focus({ preventScroll: true });
  // An update leaves the reader where they are, where that is still there.
  else if (!isUpdate || !dialog.contains(document.activeElement)) {
    const first = body.querySelector<HTMLElement>(".field, input");
    (first ?? (modal.submit === null ? element("modal-close", HTMLElement) : submitButton)).focus();
  }
}

/** How to find what has the focus again once the form is shown anew. */
function selectorOf(focused: Element | null): string | null {
  if (!(focused instanceof HTMLElement)) return null;
  const { blockId, actionId } = focused.closest<HTMLElement>("[data-action-id]")?.dataset ?? {};
  if (blockId === undefined || actionId === undefined) return null;
  const control = `[data-block-id="${CSS.escape(blockId)}"][data-action-id="${CSS.escape(actionId)}"]`;
  if (focused.dataset.value !== undefined) return `${control}[data-value="${CSS.escape(focused.dataset.value)}"]`;
  if (focused.matches(".choice input") && focused instanceof HTMLInputElement)
    return `${control} input[value="${CSS.escape(focused.value)}"]`;
  return control;
}

async function submit(): Promise<void> {
  if (open === null) return;
  const submitted = open;
  const button = element("modal-submit", HTMLButtonElement);
  const trouble = element("modal-error", HTMLElement);
  const body = element("modal-body", HTMLElement);
  trouble.textContent = "";
  showErrors({});
  button.setAttribute("aria-busy", "true");
  const answer = await ask<SubmitAnswer>("POST", "/sandbox/slack/submit", {
    user: state().user,
    view_id: submitted.id,
    values: valuesIn(body),
    waitMs: 0,
  });
  // Another form is in front by now: what is wrong with this one is not to be shown in that.
  if (open?.id !== submitted.id) return;
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
