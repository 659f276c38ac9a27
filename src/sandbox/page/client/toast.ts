import { element, make } from "./dom.ts";

/** Says something at the foot of the page for a while. */
export function toast(text: string): void {
  const line = make("p", { class: "toast" }, text);
  element("toasts", HTMLElement).append(line);
  setTimeout(() => line.remove(), 6_000);
}

const announcements: string[] = [];

/** Lets a screen reader say something when it has time. */
export function announce(text: string): void {
  announcements.push(text);
  if (announcements.length > 1) return;
  // A live region speaks what changes in it, so sentences that come together are put there together.
  setTimeout(() => {
    element("announcer", HTMLElement).textContent = announcements.splice(0).join(" ");
  }, 150);
}
