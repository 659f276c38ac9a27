import { element } from "./dom.ts";

/** The parts of the page of which a phone shows one at a time. */
export type Pane = "places" | "channel" | "thread" | "world";

export function showPane(pane: Pane): void {
  element("app", HTMLElement).dataset.pane = pane;
  for (const tab of document.querySelectorAll<HTMLElement>("[data-show]")) {
    if (tab.dataset.show === pane) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  if (pane === "channel") element("pane-name", HTMLElement).classList.remove("news");
  if (pane === "world") element("newcomer", HTMLElement).hidden = true;
}

/** Something has arrived in the middle part; marked where the reader doesn't see that part. */
export function markNews(): void {
  if (element("app", HTMLElement).dataset.pane !== "channel") element("pane-name", HTMLElement).classList.add("news");
}

export function startPanes(): void {
  for (const tab of document.querySelectorAll<HTMLElement>("[data-show]")) {
    tab.addEventListener("click", () => showPane((tab.dataset.show ?? "channel") as Pane));
  }
  // Where the reader is already, the address doesn't change.
  document.querySelector(".sidebar")?.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a.place") !== null) showPane("channel");
  });
  element("newcomer", HTMLElement).addEventListener("click", () => {
    showPane("world");
    element("tab-try", HTMLElement).focus();
  });
  for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-skip]")) {
    link.addEventListener("click", (event) => {
      // The address says where in the workspace the reader is.
      event.preventDefault();
      const isWorld = link.dataset.skip !== "feed";
      showPane(isWorld ? "world" : "channel");
      const target = isWorld
        ? document.querySelector<HTMLElement>('#panel-tabs [aria-selected="true"]')
        : element("feed", HTMLElement);
      target?.focus();
    });
  }
}
