import type { SlackContext } from "../context.ts";
import { messageAnswer, userAnswer, viewAnswer } from "../workspace/answers.ts";
import type { PlacedElement } from "../workspace/input-values.ts";
import type { JsonObject, SlackChannel, SlackMessage, SlackUser, SlackView } from "../workspace/model.ts";

/** The token of the old verification scheme, in every payload still. */
export const verificationToken = "sandbox-verification-token";

/** What Slack sends an app when a person does something. */

function common({ workspace, triggers }: SlackContext, user: SlackUser): JsonObject {
  const { team, slackApp } = workspace;
  return {
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: slackApp.id,
    token: verificationToken,
    trigger_id: triggers.issue(user.id),
  };
}

export interface TypedCommand {
  readonly user: SlackUser;
  readonly channel: SlackChannel;
  readonly command: string;
  readonly text: string;
  readonly responseUrl: string;
}

export function slashCommandPayload(context: SlackContext, typed: TypedCommand): JsonObject {
  const { team, slackApp } = context.workspace;
  return {
    token: verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: typed.channel.id,
    channel_name: nameOf(typed.channel),
    user_id: typed.user.id,
    user_name: typed.user.name,
    command: typed.command,
    text: typed.text,
    api_app_id: slackApp.id,
    is_enterprise_install: "false",
    response_url: typed.responseUrl,
    trigger_id: context.triggers.issue(typed.user.id),
  };
}

function nameOf(channel: SlackChannel): string {
  return channel.kind === "im" ? "directmessage" : channel.name;
}

/** Where an element was clicked. */
export type ActionPlace =
  | { readonly kind: "message"; readonly channel: SlackChannel; readonly message: SlackMessage; readonly responseUrl: string }
  | { readonly kind: "view"; readonly view: SlackView };

export function blockActionsPayload(
  context: SlackContext,
  user: SlackUser,
  place: ActionPlace,
  placed: PlacedElement,
  chosen: JsonObject,
  state: SlackView["values"],
): JsonObject {
  const { element, block } = placed;
  const described = Object.fromEntries(
    ["text", "value", "style", "url", "placeholder", "confirm"].flatMap((name) =>
      element[name] === undefined ? [] : [[name, element[name]]],
    ),
  );
  const action = {
    ...described,
    ...chosen,
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: context.workspace.nextTs(),
  };
  return { type: "block_actions", ...common(context, user), ...placePayload(context, place, state), actions: [action] };
}

/** Somebody types into a select whose options the app suggests. */
export function blockSuggestionPayload(
  context: SlackContext,
  user: SlackUser,
  place: ActionPlace,
  { element, block }: PlacedElement,
  value: string,
): JsonObject {
  const { trigger_id: _, ...rest } = common(context, user);
  const { response_url: __, state: ___, ...where } = placePayload(context, place, {});
  return { type: "block_suggestion", ...rest, ...where, action_id: element.action_id, block_id: block.block_id, value };
}

/** The message of an ephemeral container is not sent along; apps answer it through response_url alone. */
function placePayload(context: SlackContext, place: ActionPlace, state: SlackView["values"]): JsonObject {
  if (place.kind === "view") {
    return { container: { type: "view", view_id: place.view.id }, view: viewAnswer(context.workspace, place.view) };
  }
  const { channel, message, responseUrl } = place;
  const ephemeral = message.ephemeralTo !== null;
  return {
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: channel.id, name: nameOf(channel) },
    ...(ephemeral ? {} : { message: messageAnswer(context.workspace, message, context.baseUrl(), true) }),
    response_url: responseUrl,
    state: { values: state },
  };
}

export function viewSubmissionPayload(
  context: SlackContext,
  user: SlackUser,
  view: SlackView,
  responseUrls: readonly JsonObject[],
): JsonObject {
  return {
    type: "view_submission",
    ...common(context, user),
    view: viewAnswer(context.workspace, view),
    response_urls: responseUrls,
  };
}

export function viewClosedPayload(context: SlackContext, user: SlackUser, view: SlackView, cleared: boolean): JsonObject {
  const { trigger_id: _, ...rest } = common(context, user);
  return { type: "view_closed", ...rest, view: viewAnswer(context.workspace, view), is_cleared: cleared };
}

export interface UsedShortcut {
  readonly user: SlackUser;
  readonly channel: SlackChannel;
  readonly message: SlackMessage;
  readonly callbackId: string;
  readonly responseUrl: string;
}

export function messageActionPayload(context: SlackContext, used: UsedShortcut): JsonObject {
  return {
    type: "message_action",
    ...common(context, used.user),
    callback_id: used.callbackId,
    action_ts: context.workspace.nextTs(),
    channel: { id: used.channel.id, name: nameOf(used.channel) },
    message_ts: used.message.ts,
    message: messageAnswer(context.workspace, used.message, context.baseUrl(), false),
    response_url: used.responseUrl,
  };
}

export function globalShortcutPayload(context: SlackContext, user: SlackUser, callbackId: string): JsonObject {
  return { type: "shortcut", ...common(context, user), callback_id: callbackId, action_ts: context.workspace.nextTs() };
}

/** The envelope around an event: https://docs.slack.dev/apis/events-api */
export function eventPayload(context: SlackContext, event: JsonObject): JsonObject {
  const { team, slackApp, nextId, now } = context.workspace;
  return {
    token: verificationToken,
    team_id: team.id,
    api_app_id: slackApp.id,
    event,
    type: "event_callback",
    event_id: nextId("Ev"),
    event_time: Math.floor(now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: slackApp.botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  };
}

export function homeOpenedEvent(context: SlackContext, user: SlackUser): JsonObject {
  const { workspace } = context;
  const home = workspace.views.homeOf(user.id);
  return {
    type: "app_home_opened",
    user: user.id,
    channel: workspace.directChannel(user.id).id,
    tab: "home",
    event_ts: workspace.nextTs(),
    ...(home === undefined ? {} : { view: viewAnswer(workspace, home) }),
  };
}

export function userChangeEvent({ workspace }: SlackContext, user: SlackUser): JsonObject {
  return {
    type: "user_change",
    user: userAnswer(workspace, user, true),
    cache_ts: Math.floor(workspace.now() / 1000),
    event_ts: workspace.nextTs(),
  };
}

export function messageEvent(context: SlackContext, channel: SlackChannel, message: SlackMessage): JsonObject {
  const answer = messageAnswer(context.workspace, message, context.baseUrl(), false);
  return {
    ...answer,
    ...(message.files.length > 0 ? { subtype: "file_share" } : {}),
    channel: channel.id,
    channel_type: channel.kind === "im" ? "im" : channel.kind === "private" ? "group" : "channel",
    event_ts: message.ts,
  };
}
