import { type Control, eventually } from "./control.ts";

/** A dialog as Slack's client has it. */
export interface SeenView {
  readonly id: string;
  readonly callback_id: string;
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
}

/** What became of a dialog that was submitted. */
export interface Submitted {
  readonly outcome: { readonly kind: string; readonly errors?: Readonly<Record<string, string>> };
  readonly view: SeenView | null;
}

/** The dialog in front of somebody; null where none is open. */
export async function openDialogOf(control: Control, user = "U0ADMIN"): Promise<SeenView | null> {
  const { modal } = await control.get<{ modal: SeenView | null }>(`/slack/views?user=${user}`);
  return modal;
}

/** Waits until the dialog in front of somebody says something. */
export function dialogThat(control: Control, says: RegExp, user = "U0ADMIN"): Promise<SeenView> {
  return eventually(`a dialog that says ${says}`, async () => {
    const modal = await openDialogOf(control, user);
    if (modal !== null && says.test(JSON.stringify(modal))) return modal;
    throw new Error(JSON.stringify(modal));
  });
}

/** Fills a dialog in, by action_id or block_id, and submits it. */
export function submitDialog(
  control: Control,
  view: SeenView,
  values: Readonly<Record<string, unknown>> = {},
  user = "U0ADMIN",
): Promise<Submitted> {
  return control.send("POST", "/slack/submit", { user, view_id: view.id, values, waitMs: 5_000, quietMs: 0 });
}

/** Presses or chooses something in a dialog. */
export function actInDialog(
  control: Control,
  view: SeenView,
  actionId: string,
  more: Readonly<Record<string, unknown>> = {},
  user = "U0ADMIN",
): Promise<{ readonly ack: { readonly acknowledged: boolean } | null }> {
  return control.send("POST", "/slack/action", { user, view_id: view.id, action_id: actionId, quietMs: 0, ...more });
}

/** Closes every dialog that somebody has open. */
export async function closeDialogs(control: Control, user = "U0ADMIN"): Promise<void> {
  for (let view = await openDialogOf(control, user); view !== null; view = await openDialogOf(control, user)) {
    await control.send("POST", "/slack/close", { user, view_id: view.id });
  }
}
