import type { FeedItem } from "../feed.ts";
import { markNews } from "./panes.ts";
import { announce } from "./toast.ts";

/** How near to its end a feed counts as read to the end, in pixels. */
const nearEnd = 80;

/** A scrolling list of messages that changes only where messages did. */
export interface FeedView {
  show(items: readonly FeedItem[]): void;
  /** Forgets what it shows: the next one starts at its end and announces nothing. */
  reset(): void;
}

export function createFeedView(scroller: HTMLElement): FeedView {
  const rows = new Map<string, { readonly version: string; readonly row: HTMLElement }>();
  let fresh = true;

  function reset(): void {
    rows.clear();
    scroller.replaceChildren();
    fresh = true;
  }

  function show(items: readonly FeedItem[]): void {
    const atEnd = fresh || scroller.scrollTop > endOf(scroller) - nearEnd;
    const wanted = new Set(items.map(({ id }) => id));
    for (const [id, { row }] of rows) {
      if (wanted.has(id)) continue;
      row.remove();
      rows.delete(id);
    }
    let before: Element | null = null;
    for (const item of items) {
      const row = rowOf(item);
      const place: Element | null = before === null ? scroller.firstElementChild : before.nextElementSibling;
      if (row !== place) scroller.insertBefore(row, place);
      before = row;
    }
    if (atEnd) scroller.scrollTop = endOf(scroller);
    fresh = false;
  }

  function rowOf(item: FeedItem): HTMLElement {
    const known = rows.get(item.id);
    if (known?.version === item.version) return known.row;
    const row = document.createElement("div");
    row.className = "row";
    // The server's own rendering, in which React has escaped all text.
    row.innerHTML = item.html;
    if (known !== undefined) replaceKeepingPlace(known.row, row);
    else if (!fresh) {
      row.classList.add("row-new");
      if (item.spoken !== "") announce(item.spoken);
      markNews();
    }
    rows.set(item.id, { version: item.version, row });
    return row;
  }

  return { show, reset };
}

/** Where the newest message can be read: the end, or its first line where it is taller than the view. */
function endOf(scroller: HTMLElement): number {
  const end = scroller.scrollHeight - scroller.clientHeight;
  const newest = scroller.lastElementChild;
  return newest instanceof HTMLElement ? Math.min(end, newest.offsetTop - scroller.offsetTop) : end;
}

/** Swaps a message for its newer version: what was unfolded stays so, and focus stays on the same control. */
function replaceKeepingPlace(old: HTMLElement, row: HTMLElement): void {
  for (const details of old.querySelectorAll<HTMLDetailsElement>("details[open]")) {
    const key = CSS.escape(details.dataset.keepOpen ?? "");
    row.querySelector<HTMLDetailsElement>(`details[data-keep-open="${key}"]`)?.setAttribute("open", "");
  }
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const { actionId } = focused instanceof HTMLElement ? focused.dataset : {};
  row.classList.add("row-changed");
  old.replaceWith(row);
  if (focused === null) return;
  const again = actionId === undefined ? null : row.querySelector<HTMLElement>(`[data-action-id="${CSS.escape(actionId)}"]`);
  if (again !== null) again.focus();
  else {
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }
}
