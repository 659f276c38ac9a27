import { requestedSentence, sentenceMessage } from "../answer.ts";
import type { Action } from "./action.ts";
import { inPlace } from "./action.ts";
import { selectionTarget, whyOver } from "./resync.ts";

/** The button under a preview: what it says is wanted. */
export const confirmResyncAction: Action<"confirm-resync"> = {
  verb: "confirm-resync",
  name: "resync",
  role: "operator",
  target: ({ selection }) => selectionTarget(selection),
  async run(click, { monitor }) {
    const { connection, selection } = click.value;
    const over = await whyOver(selection, monitor);
    if (over !== null) return inPlace(click, sentenceMessage(over));
    const requested = await monitor.requestResync(connection, selection, click.actor);
    return inPlace(click, sentenceMessage(requestedSentence(requested, "The resync has begun: one message shows its progress.")));
  },
};
