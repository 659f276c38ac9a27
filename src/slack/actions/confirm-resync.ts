import { requestedSentence, sentenceMessage } from "../answer.ts";
import { resyncPreview } from "../blocks/resync-preview.ts";
import { crmText } from "../blocks/text.ts";
import type { Action } from "./action.ts";
import { inPlace } from "./action.ts";
import { targetOf, whyOver } from "./resync.ts";

/** How long a preview holds: what it counted is another number later on. */
const FRESH_MS = 3_600_000;

/** The button under a preview: what it says is wanted. */
export const confirmResyncAction: Action<"confirm-resync"> = {
  verb: "confirm-resync",
  name: "resync",
  role: "operator",
  target: ({ selection }) => targetOf(selection),
  async run(click, { monitor, clock, t }) {
    const { connection, selection, at } = click.value;
    const previewedAt = new Date(at);
    const over = await whyOver(t, selection, monitor);
    if (over !== null) return inPlace(click, sentenceMessage(over));
    if (clock.now().getTime() - previewedAt.getTime() > FRESH_MS) {
      const preview = await monitor.previewResync(connection, selection);
      return inPlace(
        click,
        "why" in preview ? sentenceMessage(crmText(t.render(preview.why), 1_500)) : resyncPreview(t, preview, selection, "old"),
      );
    }
    const requested = await monitor.requestResync(connection, selection, previewedAt, click.actor);
    return inPlace(
      click,
      sentenceMessage(requestedSentence(t, requested, t.say("The resync has begun: one message shows its progress."))),
    );
  },
};
