import { element } from "./dom.ts";

/** The parts of the page of which a phone shows one at a time. */
export type Pane = "places" | "channel" | "thread" | "world";

export function showPane(pane: Pane): void {
  element("app", HTMLElement).dataset.pane = pane;
  for (const tab of document.querySelectorAll<HTMLElement>("[data-show]")) {
    if (tab.dataset.show === pane) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

export function startPanes(): void {
  for (const tab of document.querySelectorAll<HTMLElement>("[data-show]")) {
    tab.addEventListener("click", () => showPane((tab.dataset.show ?? "channel") as Pane));
  }
}
