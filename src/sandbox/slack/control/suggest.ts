import { options } from "../block-kit/elements.ts";
import { type Faults, isRecord, object } from "../block-kit/shape.ts";
import type { SlackContext } from "../context.ts";
import { blockSuggestionPayload } from "../interactions/payloads.ts";
import type { JsonObject } from "../workspace/model.ts";
import { findElement, type PlaceRequest, placeOf } from "./action.ts";
import { person } from "./people.ts";
import { ControlRefusal } from "./refusal.ts";

export interface SuggestRequest extends PlaceRequest {
  readonly user: string;
  readonly action_id: string;
  readonly block_id?: string | undefined;
  /** What is typed. */
  readonly value: string;
}

export interface Suggestions {
  readonly groups: readonly { readonly label: string | null; readonly options: readonly JsonObject[] }[];
}

const answerShape = object(options);

/** A person types into a select with a source of its own; the app says what there is to choose. */
export async function suggest(context: SlackContext, request: SuggestRequest): Promise<Suggestions> {
  const user = person(context, request.user);
  const place = placeOf(context, user, request);
  const blocks = place.kind === "view" ? place.view.content.blocks : place.message.blocks;
  const placed = findElement(blocks, { action_id: request.action_id, block_id: request.block_id });
  if (!placed.element.type.endsWith("external_select")) {
    throw new ControlRefusal(400, `The options of ${request.action_id} are in the message or view itself.`);
  }
  const payload = blockSuggestionPayload(context, user, place, placed, request.value);
  const ack = await context.delivery.deliver("interactive", payload, true);
  const body = ack.acknowledged ? ack.body : null;
  const faults: Faults = [];
  answerShape(body, "", faults);
  if (!isRecord(body) || faults.length > 0)
    throw new ControlRefusal(400, "The app suggests nothing that Slack could show.", { faults });
  if (!Array.isArray(body.option_groups)) return { groups: [{ label: null, options: records(body.options) }] };
  return {
    groups: records(body.option_groups).map((group) => ({
      label: isRecord(group.label) ? String(group.label.text) : "",
      options: records(group.options),
    })),
  };
}

function records(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
