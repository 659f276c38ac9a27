import type { Block } from "../block-kit/stored.ts";
import type { SlackContext } from "../context.ts";
import type { Acknowledgement } from "../delivery/acknowledgement.ts";
import { type ActionPlace, blockActionsPayload } from "../interactions/payloads.ts";
import { elementsIn, enteredValue, initialValues, type PlacedElement } from "../workspace/input-values.ts";
import type { JsonObject, SlackUser, SlackView } from "../workspace/model.ts";
import { channelOf, person, visibleMessage } from "./people.ts";
import { ControlRefusal } from "./refusal.ts";
import { collectResponses } from "./responses.ts";
import { clickable, type SeenMessage } from "./seen.ts";
import { openView } from "./views.ts";

/** Where a person is. */
export interface PlaceRequest {
  readonly channel?: string | undefined;
  /** A message's; otherwise `view_id` or `home`. */
  readonly ts?: string | undefined;
  readonly view_id?: string | undefined;
  readonly home?: boolean | undefined;
}

export interface ActionRequest extends PlaceRequest {
  readonly user: string;
  readonly action_id: string;
  readonly block_id?: string | undefined;
  /** Which of several buttons with this action_id, by its value. */
  readonly value?: string | undefined;
  /** What is chosen in a select, checkboxes, radio buttons or a menu: option values or labels, ids, dates. */
  readonly selected?: unknown;
  /** Answers the element's confirm dialog with no: nothing is sent. */
  readonly dismiss?: boolean | undefined;
  readonly waitMs?: number | undefined;
  /** How long it must be quiet for an answer to be all of it, in milliseconds. */
  readonly quietMs?: number | undefined;
}

export interface ActionOutcome {
  /** Null where the confirm dialog was dismissed. */
  readonly ack: Acknowledgement | null;
  readonly responses: readonly SeenMessage[];
  /** The modal that is open afterwards. */
  readonly view: JsonObject | null;
}

const usualWaitMs = 1_000;

/** A person clicks or chooses something in a message, a modal or Home. */
export async function act(context: SlackContext, request: ActionRequest): Promise<ActionOutcome> {
  const user = person(context, request.user);
  const place = placeOf(context, user, request);
  const blocks = place.kind === "view" ? place.view.content.blocks : place.message.blocks;
  const placed = findElement(blocks, request);
  const chosen = chosenValue(placed, request);
  if (request.dismiss === true) {
    if (placed.element.confirm === undefined) {
      throw new ControlRefusal(400, `${request.action_id} asks nothing before it acts, so there is nothing to dismiss.`);
    }
    return { ack: null, responses: [], view: openView(context, user.id) };
  }
  const acted = place.kind === "view" ? { ...place, view: keepChoice(context, place.view, placed, chosen) } : place;
  const state = place.kind === "view" ? {} : merged(initialValues(blocks), placed, chosen);
  const responsePath = place.kind === "message" ? new URL(place.responseUrl).pathname : null;
  const collector = collectResponses(context, user.id, responsePath);
  const payload = blockActionsPayload(context, user, acted, placed, chosen, state);
  const ack = await context.delivery.deliver("interactive", payload, false);
  if (!ack.acknowledged) {
    collector.stop();
    return { ack, responses: [], view: openView(context, user.id) };
  }
  const responses = await collector.settle({ firstMs: request.waitMs ?? usualWaitMs, quietMs: request.quietMs });
  return { ack, responses, view: openView(context, user.id) };
}

export function placeOf(context: SlackContext, user: SlackUser, request: PlaceRequest): ActionPlace {
  const { views } = context.workspace;
  if (request.home === true) {
    const view = views.homeOf(user.id);
    if (view === undefined) throw new ControlRefusal(404, `The app has published no Home for ${user.id}.`);
    return { kind: "view", view };
  }
  if (request.view_id !== undefined) {
    const view = [views.stackOf(user.id).at(-1), views.homeOf(user.id)].find((one) => one?.id === request.view_id);
    if (view === undefined) throw new ControlRefusal(404, `${user.id} has no view ${request.view_id} in front.`);
    return { kind: "view", view };
  }
  if (request.channel === undefined || request.ts === undefined) {
    throw new ControlRefusal(400, "Name a message (channel and ts), a view_id, or home: true.");
  }
  const channel = channelOf(context, user, request.channel);
  const message = visibleMessage(context, user, channel, request.ts);
  const path = context.responseUrls.issue({ channel: channel.id, user: user.id, messageTs: message.ts });
  return { kind: "message", channel, message, responseUrl: `${context.baseUrl()}${path}` };
}

export function findElement(
  blocks: readonly Block[],
  request: Pick<ActionRequest, "action_id" | "block_id" | "value">,
): PlacedElement {
  const named = elementsIn(blocks).filter(
    ({ block, element }) =>
      element.action_id === request.action_id &&
      (request.block_id === undefined || block.block_id === request.block_id) &&
      (element.type !== "button" || request.value === undefined || element.value === request.value),
  );
  const [found, ...others] = named;
  if (found === undefined) {
    throw new ControlRefusal(404, `There is no ${request.action_id} to click here.`, { clickable: clickable(blocks) });
  }
  if (others.length > 0) {
    throw new ControlRefusal(
      400,
      `There are ${named.length} elements ${request.action_id} here: say which by block_id or value.`,
      {
        clickable: clickable(blocks),
      },
    );
  }
  return found;
}

function chosenValue({ element }: PlacedElement, request: ActionRequest): JsonObject {
  if (element.type === "button") return {};
  const entered = enteredValue(element, request.selected ?? request.value);
  if (typeof entered === "string") throw new ControlRefusal(400, `${entered}.`);
  return entered;
}

function merged(values: SlackView["values"], { block, element }: PlacedElement, chosen: JsonObject): SlackView["values"] {
  if (element.type === "button" || element.type === "overflow") return values;
  const blockId = String(block.block_id);
  return { ...values, [blockId]: { ...values[blockId], [element.action_id]: chosen } };
}

function keepChoice({ workspace }: SlackContext, view: SlackView, placed: PlacedElement, chosen: JsonObject): SlackView {
  const values = merged(view.values, placed, chosen);
  return values === view.values ? view : workspace.views.setValues(view, values);
}
