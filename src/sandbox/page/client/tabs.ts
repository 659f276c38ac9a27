import { element } from "./dom.ts";

/** A list of tabs as its pattern wants it: arrow keys move and choose, Tab goes into the panel. */
export function startTabs(listId: string): void {
  const list = element(listId, HTMLElement);
  list.addEventListener("click", ({ target }) => {
    const tab = target instanceof Element ? target.closest<HTMLElement>('[role="tab"]') : null;
    if (tab !== null) chooseTab(tab.id);
  });
  list.addEventListener("keydown", (event) => {
    const tabs = tabsOf(list);
    const now = event.target instanceof HTMLElement ? tabs.indexOf(event.target) : 0;
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = next === undefined ? undefined : tabs.at(next % tabs.length);
    if (tab === undefined) return;
    event.preventDefault();
    chooseTab(tab.id);
    tab.focus();
  });
}

/** Shows a tab's panel in the place of its neighbours'. */
export function chooseTab(id: string): void {
  const chosen = element(id, HTMLElement);
  for (const tab of tabsOf(chosen.parentElement ?? chosen)) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    element(tab.getAttribute("aria-controls") ?? "", HTMLElement).hidden = !isChosen;
  }
}

function tabsOf(list: HTMLElement): readonly HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
}
