import { element } from "./dom.ts";

/** Slack's dialog before a click counts. True where the reader says yes. */
export function confirmed(encoded: string | undefined): Promise<boolean> {
  if (encoded === undefined) return Promise.resolve(true);
  const { title, text, html, confirm, deny, danger } = JSON.parse(encoded);
  const dialog = element("confirm", HTMLDialogElement);
  element("confirm-title", HTMLElement).textContent = title;
  const words = element("confirm-text", HTMLElement);
  // Formatted text is the server's own rendering, in which React has escaped all of it.
  if (typeof html === "string") words.innerHTML = html;
  else words.textContent = text;
  element("confirm-no", HTMLElement).textContent = deny;
  const yes = element("confirm-yes", HTMLElement);
  yes.textContent = confirm;
  yes.className = `button ${danger === true ? "button-danger" : "button-primary"}`;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}
