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
    const thread = target?.closest<HTMLElement>("[data-open-thread]")?.dataset.openThread;
    if (thread !== undefined) change({ thread });
    const shortcut = target?.closest<HTMLElement>("[data-shortcut]");
    if (shortcut) void pickFromMenu(shortcut);
    const link = target?.closest<HTMLAnchorElement>(".blocks a[href]");
    if (link && openAddress(link.href)) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    const control = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-dispatches]") : null;
    if (control === null || control.dataset.control === "button") return;
    void act(control, { selected: chosenIn(control) });
  });
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
  });
  control.removeAttribute("aria-busy");
  if (control instanceof HTMLSelectElement && control.dataset.control === "overflow") control.value = "";
  if (!answer.ok) toast(answer.error);
  else if (answer.body.ack?.acknowledged === false) toast(`Syncwarden did not take the click (${answer.body.ack.error}).`);
}
