import type { ModalView } from "@slack/types";
import type { SlackContext } from "./context.ts";
import { explainSlackFailure } from "./failure.ts";

/** What opens a dialog: a click, in a message or in another dialog. */
export interface Opener {
  /** Opens a dialog within 3 seconds of the click. */
  readonly triggerId: string | undefined;
  /** The click was in a dialog: another one goes on top of it. */
  readonly isInDialog: boolean;
}

/** Opens a dialog; answers its id, or null where Slack didn't let it open (too late, too many on top of each other). */
export async function openDialog(
  { slack, logger }: Pick<SlackContext, "slack" | "logger">,
  { triggerId, isInDialog }: Opener,
  view: ModalView,
): Promise<string | null> {
  if (triggerId === undefined) return null;
  try {
    const asked = { trigger_id: triggerId, view };
    const opened = await (isInDialog ? slack.views.push(asked) : slack.views.open(asked));
    return opened.view?.id ?? null;
  } catch (error) {
    logger.warn({ code: explainSlackFailure(error).code, dialog: view.callback_id }, "A dialog could not be opened");
    return null;
  }
}

/** Shows something else in an open dialog; answers whether it was still open. */
export async function changeDialog(
  { slack, logger }: Pick<SlackContext, "slack" | "logger">,
  viewId: string,
  view: ModalView,
): Promise<boolean> {
  try {
    await slack.views.update({ view_id: viewId, view });
    return true;
  } catch (error) {
    // Closed meanwhile: the person has thought better of it, or a message says the rest.
    logger.info({ code: explainSlackFailure(error).code, dialog: view.callback_id }, "The dialog is gone");
    return false;
  }
}
