import { isRecord } from "../block-kit/shape.ts";
import type { SlackContext } from "../context.ts";
import type { Acknowledgement } from "../delivery/acknowledgement.ts";
import { viewSubmissionPayload } from "../interactions/payloads.ts";
import { applyViewResponse, type SubmitOutcome } from "../interactions/view-response.ts";
import { elementsIn, enteredValue, isEmptyValue, type PlacedElement } from "../workspace/input-values.ts";
import type { JsonObject, SlackView } from "../workspace/model.ts";
import { person } from "./people.ts";
import { ControlRefusal } from "./refusal.ts";
import { collectResponses } from "./responses.ts";
import { clickable, type SeenMessage } from "./seen.ts";
import { openView } from "./views.ts";

export interface SubmitRequest {
  readonly user: string;
  readonly view_id: string;
  /** By action_id or block_id: text, an option's value or label, an id, a date; a list where several may be chosen. */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  readonly waitMs?: number | undefined;
  /** How long it must be quiet for an answer to be all of it, in milliseconds. */
  readonly quietMs?: number | undefined;
}

export interface SubmitAnswer {
  readonly ack: Acknowledgement;
  readonly outcome: SubmitOutcome;
  readonly responses: readonly SeenMessage[];
  /** The modal that is open afterwards. */
  readonly view: JsonObject | null;
}

const usualWaitMs = 1_000;

/** A person fills in the modal in front and submits it. */
export async function submitView(context: SlackContext, request: SubmitRequest): Promise<SubmitAnswer> {
  const { views } = context.workspace;
  const user = person(context, request.user);
  const open = views.stackOf(user.id).at(-1);
  if (open === undefined || open.id !== request.view_id) {
    throw new ControlRefusal(404, `${user.id} has no modal ${request.view_id} in front.`, { open: open?.id ?? null });
  }
  if (open.content.submit === undefined) throw new ControlRefusal(400, "This modal has nothing to submit.");
  if (open.content.submit_disabled === true) throw new ControlRefusal(400, "This modal's submit button is disabled.");
  const view = views.setValues(open, filledIn(open, request.values ?? {}));
  refuseIncomplete(view);
  const { responseUrls, paths } = responseUrlsOf(context, view);
  const collector = collectResponses(context, user.id, paths[0] ?? null);
  const ack = await context.delivery.deliver("interactive", viewSubmissionPayload(context, user, view, responseUrls), true);
  const outcome = applyViewResponse(context, view, ack);
  const done = outcome.kind === "errors" || outcome.kind === "trouble";
  if (done) collector.stop();
  const responses = done ? [] : await collector.settle({ firstMs: request.waitMs ?? usualWaitMs, quietMs: request.quietMs });
  return { ack, outcome, responses, view: openView(context, user.id) };
}

function filledIn(view: SlackView, given: Readonly<Record<string, unknown>>): SlackView["values"] {
  const elements = elementsIn(view.content.blocks);
  const values: Record<string, Record<string, JsonObject>> = Object.fromEntries(
    Object.entries(view.values).map(([blockId, held]) => [blockId, { ...held }]),
  );
  for (const [name, entered] of Object.entries(given)) {
    const placed =
      elements.find(({ element }) => element.action_id === name) ?? elements.find(({ block }) => block.block_id === name);
    if (placed === undefined) {
      throw new ControlRefusal(404, `There is nothing called ${name} to fill in.`, { inputs: clickable(view.content.blocks) });
    }
    const value = enteredValue(placed.element, entered);
    if (typeof value === "string") throw new ControlRefusal(400, `${value}.`);
    const blockId = String(placed.block.block_id);
    values[blockId] = { ...values[blockId], [placed.element.action_id]: value };
  }
  return values;
}

/** Slack's client doesn't let a person submit what an input forbids. */
function refuseIncomplete(view: SlackView): void {
  for (const { block, element } of elementsIn(view.content.blocks)) {
    if (block.type !== "input") continue;
    const value = view.values[String(block.block_id)]?.[element.action_id];
    if (isEmptyValue(value)) {
      if (block.optional !== true)
        throw new ControlRefusal(400, `${element.action_id} is required.`, { block_id: block.block_id });
      continue;
    }
    const wrong = wrongText(element, value?.value);
    if (wrong !== null) throw new ControlRefusal(400, `${element.action_id} ${wrong}.`, { block_id: block.block_id });
  }
}

function wrongText(element: PlacedElement["element"], value: unknown): string | null {
  if (typeof value !== "string") return null;
  const length = [...value].length;
  if (typeof element.min_length === "number" && length < element.min_length)
    return `needs at least ${element.min_length} characters`;
  const most = typeof element.max_length === "number" ? element.max_length : 3000;
  if (length > most) return `takes at most ${most} characters`;
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return "must be an email address";
  if (element.type === "url_text_input" && !URL.canParse(value)) return "must be a URL";
  if (element.type !== "number_input") return null;
  const figure = Number(value);
  if (!Number.isFinite(figure)) return "must be a number";
  if (element.is_decimal_allowed === false && !Number.isInteger(figure)) return "must be a whole number";
  if (element.min_value !== undefined && figure < Number(element.min_value))
    return `must be at least ${String(element.min_value)}`;
  if (element.max_value !== undefined && figure > Number(element.max_value))
    return `must be at most ${String(element.max_value)}`;
  return null;
}

/** A conversation chosen in an input with response_url_enabled comes with a response_url. */
function responseUrlsOf(
  context: SlackContext,
  view: SlackView,
): { readonly responseUrls: readonly JsonObject[]; readonly paths: readonly string[] } {
  const enabled = elementsIn(view.content.blocks).filter(({ element }) => element.response_url_enabled === true);
  const issued = enabled.flatMap(({ block, element }) => {
    const held = view.values[String(block.block_id)]?.[element.action_id];
    const channel = isRecord(held) ? (held.selected_conversation ?? held.selected_channel) : undefined;
    if (typeof channel !== "string") return [];
    const path = context.responseUrls.issue({ channel, user: view.user, messageTs: null });
    return [{ path, block_id: block.block_id, action_id: element.action_id, channel_id: channel }];
  });
  return {
    responseUrls: issued.map(({ path, ...rest }) => ({ ...rest, response_url: `${context.baseUrl()}${path}` })),
    paths: issued.map(({ path }) => path),
  };
}
