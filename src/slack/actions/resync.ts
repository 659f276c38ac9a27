import type { Language } from "../../language/language.ts";
import type { Said } from "../../language/sentence.ts";
import {
  ALL_ERRORS,
  categoryTarget,
  errorTarget,
  objectTarget,
  selectedTarget,
  selectionTarget,
} from "../../monitor/actions/targets.ts";
import type { Monitor, ResyncSelection } from "../../monitor/monitor.ts";
import { requestedSentence, show, tell } from "../answer.ts";
import { errorAlert } from "../blocks/error-alert.ts";
import { CONFIRM_OVER, previewSentence, resyncPreview } from "../blocks/resync-preview.ts";
import { crmText } from "../blocks/text.ts";
import { openDialog } from "../open-dialog.ts";
import { resyncDialog } from "../views/resync-dialog.ts";
import type { Action } from "./action.ts";

/** Resyncs at once where it is small; asks once more in a dialog where it is large. */
export const resyncAction: Action<"resync"> = {
  verb: "resync",
  name: "resync",
  role: "operator",
  target: ({ selection }) => targetOf(selection),
  async run({ value, actor, ...opener }, context) {
    const { monitor, t } = context;
    const { connection, selection } = value;
    const over = await whyOver(t, selection, monitor);
    if (over !== null) return tell(over);
    const preview = await monitor.previewResync(connection, selection);
    if ("why" in preview) return tell(crmText(t.render(preview.why), 1_500));
    if (preview.records <= CONFIRM_OVER) {
      const requested = await monitor.requestResync(connection, selection, preview.at, actor);
      return tell(
        requestedSentence(
          t,
          requested,
          `${previewSentence(t, preview)} ${t.say("It has begun: one message shows its progress.")}`,
        ),
      );
    }
    const { channel, messageTs } = actor;
    const memory = { connection, selection, at: preview.at.toISOString(), channel, messageTs };
    // A dialog opens within 3 seconds of the click or not at all; the question can be put in a message just as well.
    if ((await openDialog(context, opener, resyncDialog(t, preview, memory))) !== null) return null;
    return show(resyncPreview(t, preview, selection));
  },
};

/** What the action log calls what was selected. */
export function targetOf(selection: ResyncSelection): Said {
  switch (selection.kind) {
    case "error":
      return errorTarget(selection.errorId);
    case "category":
      return categoryTarget(selection.category);
    case "object":
      return objectTarget(selection.object);
    case "record":
      return selection.record;
    case "records":
      return selection.name;
    case "chosen":
      return selectedTarget(selection.errorId);
    case "saved":
      return selectionTarget(selection.name);
    case "all":
      return ALL_ERRORS;
  }
}

/** A sentence where an old button's error is resolved by now; null where it stands. */
export async function whyOver(t: Language, selection: ResyncSelection, monitor: Monitor): Promise<string | null> {
  if (selection.kind !== "error" && selection.kind !== "chosen") return null;
  const error = await monitor.error(selection.errorId);
  if (error === null) return t.say("This error is no longer stored: it was resolved some time ago.");
  return error.resolvedAt === null ? null : `${t.say("There is nothing left to resync.")} ${errorAlert(t, error).text}`;
}
