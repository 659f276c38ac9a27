import { ask } from "./api.ts";
import { confirmed } from "./confirm.ts";
import { openAddress } from "./links.ts";
import { chosenIn } from "./modal-values.ts";
import { change, state } from "./state.ts";
import { toast } from "./toast.ts";

interface ActionAnswer {
  readonly ack: { readonly acknowledged: boolean; readonly error?: string } | null;
}

/** Everything in messages, modals and Home that people click or choose. */
export function startClicks(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>('[data-control="button"]');
    if (button) void act(button, {});
    const entry = target?.closest<HTMLElement>('[data-control="overflow"]');
    if (entry) void pickFromOverflow(entry);
    closeMenus(target?.closest("details.menu") ?? null);
    const thread = target?.closest<HTMLElement>("[data-open-thread]")?.dataset.openThread;
    if (thread !== undefined) change({ thread });
    const shortcut = target?.closest<HTMLElement>("[data-shortcut]");
    if (shortcut) void pickFromMenu(shortcut);
    const link = target?.closest<HTMLAnchorElement>(".blocks a[href]");
    if (link && openAddress(link.href)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.target instanceof Element ? event.target.closest<HTMLDetailsElement>("details.menu[open]") : null;
    if (event.key !== "Escape" || menu === null) return;
    // Of a dialog, only the menu in it closes.
    event.preventDefault();
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("change", (event) => {
    const control = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-dispatches]") : null;
    if (control === null || control.dataset.control === "button") return;
    // What is typed into a search field is no choice yet.
    if (event.target instanceof Element && event.target.matches(".external-query")) return;
    void act(control, { selected: chosenIn(control) });
  });
}

function closeMenus(except: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) if (menu !== except) menu.open = false;
}

async function pickFromOverflow(entry: HTMLElement): Promise<void> {
  const menu = entry.closest<HTMLDetailsElement>("details.menu");
  menu?.querySelector("summary")?.focus();
  if (menu !== null) menu.open = false;
  await act(entry, { selected: entry.dataset.value });
}

/** A shortcut in a message's menu. */
async function pickFromMenu(entry: HTMLElement): Promise<void> {
  const { shortcut, channel, ts } = entry.dataset;
  const answer = await ask<ActionAnswer>("POST", "/sandbox/slack/shortcut", {
    user: state().user,
    callback_id: shortcut,
    channel,
    ts,
  });
  if (!answer.ok) toast(answer.error);
  else if (answer.body.ack?.acknowledged === false) toast(`Syncwarden did not take the shortcut (${answer.body.ack.error}).`);
}

async function act(control: HTMLElement, choice: { readonly selected?: unknown }): Promise<void> {
  const { place, channel, ts, view, blockId, actionId, value, url, confirm } = control.dataset;
  if (control.getAttribute("aria-busy") === "true") return;
  if (!(await confirmed(confirm))) return;
  if (url !== undefined && !openAddress(url)) window.open(url, "_blank", "noopener");
  control.setAttribute("aria-busy", "true");
  const where = place === "message" ? { channel, ts } : place === "modal" ? { view_id: view } : { home: true };
  const answer = await ask<ActionAnswer>("POST", "/sandbox/slack/action", {
    user: state().user,
    ...where,
    block_id: blockId,
    action_id: actionId,
    ...(value === undefined ? {} : { value }),
    ...choice,
    // What the app does then comes by itself.
    waitMs: 0,
  });
  control.removeAttribute("aria-busy");
  if (!answer.ok) toast(answer.error);
  else if (answer.body.ack?.acknowledged === false) toast(`Syncwarden did not take the click (${answer.body.ack.error}).`);
}
