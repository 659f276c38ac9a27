import { isRecord } from "../block-kit/shape.ts";
import type { SlackContext } from "../context.ts";
import type { Acknowledgement } from "../delivery/acknowledgement.ts";
import { SlackRefusal } from "../web-api/refusal.ts";
import { viewContent } from "../web-api/views.ts";
import type { SlackView } from "../workspace/model.ts";

/** What the person who submitted a view sees. */
export type SubmitOutcome =
  | { readonly kind: "closed" | "cleared" | "updated" | "pushed" }
  /** Sentences under inputs, by block_id. */
  | { readonly kind: "errors"; readonly errors: Readonly<Record<string, string>> }
  /** "We had some trouble connecting. Try again?" */
  | { readonly kind: "trouble"; readonly reason: string };

/** Does what an app's acknowledgement of a submitted view says (https://docs.slack.dev/surfaces/modals). */
export function applyViewResponse(context: SlackContext, view: SlackView, acknowledgement: Acknowledgement): SubmitOutcome {
  const { views } = context.workspace;
  if (!acknowledgement.acknowledged) return { kind: "trouble", reason: acknowledgement.error };
  const { body } = acknowledgement;
  if (body === null) {
    views.close(view.user, false);
    return { kind: "closed" };
  }
  if (!isRecord(body)) return { kind: "trouble", reason: "the answer is not an object" };
  try {
    switch (body.response_action) {
      case "clear":
        views.close(view.user, true);
        return { kind: "cleared" };
      case "errors":
        return inputErrors(view, body.errors);
      case "update":
        views.update(view, viewContent(context, body.view, "modal", view));
        return { kind: "updated" };
      case "push":
        if (views.stackOf(view.user).length >= 3) return { kind: "trouble", reason: "push_limit_reached" };
        views.push(view.user, viewContent(context, body.view, "modal"));
        return { kind: "pushed" };
      default:
        return { kind: "trouble", reason: `unknown response_action ${String(body.response_action)}` };
    }
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { kind: "trouble", reason: `${error.message} ${JSON.stringify(error.detail)}` };
  }
}

function inputErrors(view: SlackView, given: unknown): SubmitOutcome {
  const inputs = view.content.blocks.filter((block) => block.type === "input").map((block) => block.block_id);
  const entries = isRecord(given) ? Object.entries(given) : [];
  if (entries.length === 0) return { kind: "trouble", reason: "errors names no block" };
  const errors: Record<string, string> = {};
  for (const [blockId, sentence] of entries) {
    if (!inputs.includes(blockId))
      return { kind: "trouble", reason: `errors names ${blockId}, which is no input block of the view` };
    if (typeof sentence !== "string" || sentence === "") return { kind: "trouble", reason: `errors.${blockId} is no sentence` };
    errors[blockId] = sentence;
  }
  return { kind: "errors", errors };
}
