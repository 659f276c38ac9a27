import { ENGLISH } from "../../language/language.ts";
import { tell } from "../answer.ts";
import { explainSlackFailure } from "../failure.ts";
import { fixDialog, fixDialogOutcome } from "../views/fix-dialog.ts";
import type { Action } from "./action.ts";

/** Opens the dialog at once, since Slack gives three seconds, and fills it once the record has been read. */
export const fixAction: Action<"fix"> = {
  verb: "fix",
  name: "fix",
  role: "operator",
  target: ({ errorId }) => errorId,
  async run({ value, actor, triggerId }, { monitor, slack, logger }) {
    const tooLate = tell("Slack didn't let me open the dialog in time. Please press *Fix value* again.");
    if (triggerId === undefined) return tooLate;
    let viewId: string | undefined;
    try {
      const opened = await slack.views.open({
        trigger_id: triggerId,
        view: fixDialogOutcome(ENGLISH, "One moment: I am reading the record."),
      });
      viewId = opened.view?.id;
    } catch (error) {
      logger.warn({ code: explainSlackFailure(error).code }, "The fix dialog could not be opened");
    }
    if (viewId === undefined) return tooLate;
    const form = await monitor.fixForm(value.errorId, null);
    const view = fixDialog(ENGLISH, form, { channel: actor.channel, messageTs: actor.messageTs });
    try {
      await slack.views.update({ view_id: viewId, view });
    } catch (error) {
      // Closed before it was filled: the person has thought better of it.
      logger.info({ code: explainSlackFailure(error).code }, "The fix dialog is gone");
    }
    return null;
  },
};
