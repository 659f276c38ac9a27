import { faultsOfBlocks, type Surface } from "./blocks.ts";
import { plainText } from "./composition.ts";
import { byType, choice, type Faults, fault, flag, isRecord, list, object, type Shape, text } from "./shape.ts";

const anyBlocks: Shape = list(() => undefined, { min: 1 });

const common = {
  blocks: anyBlocks,
  "private_metadata?": text({ min: 0, max: 3000 }),
  "callback_id?": text({ min: 0, max: 255 }),
  "external_id?": text({ min: 0, max: 255 }),
};

/** https://docs.slack.dev/reference/views */
const shapes: Readonly<Record<"modal" | "home", Shape>> = {
  modal: byType({
    modal: object({
      type: choice("modal"),
      ...common,
      title: plainText(24),
      "close?": plainText(24),
      "submit?": plainText(24),
      "clear_on_close?": flag(),
      "notify_on_close?": flag(),
      "submit_disabled?": flag(),
    }),
  }),
  home: byType({ home: object({ type: choice("home"), ...common }) }),
};

/** All faults of a view that is to be shown as a modal or as Home; empty where Slack would take it. */
export function faultsOfView(view: unknown, kind: Exclude<Surface, "message">): Faults {
  const faults: Faults = [];
  shapes[kind](view, "/view", faults);
  if (!isRecord(view)) return faults;
  if (Array.isArray(view.blocks)) faults.push(...faultsOfBlocks(view.blocks, kind, "/view/blocks"));
  const asks = Array.isArray(view.blocks) && view.blocks.some((block) => isRecord(block) && block.type === "input");
  if (kind === "modal" && asks && view.submit === undefined) {
    fault(faults, "missing required field: submit (the view has input blocks)", "/view");
  }
  return faults;
}
