import { setTimeout as sleep } from "node:timers/promises";
import type { SlackContext } from "../context.ts";
import type { Acknowledgement } from "../delivery/acknowledgement.ts";
import { sendEvent } from "../interactions/events.ts";
import { homeOpenedEvent, viewClosedPayload } from "../interactions/payloads.ts";
import { viewAnswer } from "../workspace/answers.ts";
import type { JsonObject } from "../workspace/model.ts";
import { person } from "./people.ts";
import { ControlRefusal } from "./refusal.ts";

export interface OpenViews {
  /** The modal in front. */
  readonly modal: JsonObject | null;
  /** All open modals, the one in front last. */
  readonly stack: readonly JsonObject[];
  readonly home: JsonObject | null;
}

export function openView({ workspace }: SlackContext, user: string): JsonObject | null {
  const view = workspace.views.stackOf(user).at(-1);
  return view === undefined ? null : viewAnswer(workspace, view);
}

export function openViews(context: SlackContext, userId: string): OpenViews {
  const { workspace } = context;
  const user = person(context, userId);
  const home = workspace.views.homeOf(user.id);
  return {
    modal: openView(context, user.id),
    stack: workspace.views.stackOf(user.id).map((view) => viewAnswer(workspace, view)),
    home: home === undefined ? null : viewAnswer(workspace, home),
  };
}

/** A person opens the app's Home tab; waits until the app has published it anew. */
export async function openHome(
  context: SlackContext,
  request: { readonly user: string; readonly waitMs?: number | undefined },
): Promise<{ readonly ack: Acknowledgement | null; readonly view: JsonObject | null }> {
  const { workspace } = context;
  const user = person(context, request.user);
  const before = workspace.views.homeOf(user.id)?.hash;
  const ack = (await sendEvent(context, homeOpenedEvent(context, user))) ?? null;
  const until = performance.now() + (request.waitMs ?? 1_500);
  while (ack?.acknowledged && workspace.views.homeOf(user.id)?.hash === before && performance.now() < until) await sleep(20);
  return { ack, view: openViews(context, user.id).home };
}

/** A person closes the modal in front without submitting it. */
export async function closeView(
  context: SlackContext,
  request: { readonly user: string; readonly view_id: string },
): Promise<{ readonly ack: Acknowledgement | null; readonly view: JsonObject | null }> {
  const { views } = context.workspace;
  const user = person(context, request.user);
  const view = views.stackOf(user.id).at(-1);
  if (view === undefined || view.id !== request.view_id) {
    throw new ControlRefusal(404, `${user.id} has no modal ${request.view_id} in front.`);
  }
  const clears = view.content.clear_on_close === true;
  views.close(user.id, clears);
  const tell = view.content.notify_on_close === true;
  const ack = tell ? await context.delivery.deliver("interactive", viewClosedPayload(context, user, view, clears), false) : null;
  return { ack, view: openView(context, user.id) };
}
