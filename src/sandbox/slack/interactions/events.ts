import type { SlackContext } from "../context.ts";
import type { Acknowledgement } from "../delivery/acknowledgement.ts";
import type { JsonObject, SlackChannel } from "../workspace/model.ts";
import { eventPayload } from "./payloads.ts";

const messageSubscription = { public: "message.channels", private: "message.groups", im: "message.im" } as const;

/** Sends an event to the app, where it is subscribed to it; null where it is not. */
export function sendEvent(context: SlackContext, event: JsonObject, channel?: SlackChannel): Promise<Acknowledgement> | null {
  const subscription = event.type === "message" && channel !== undefined ? messageSubscription[channel.kind] : String(event.type);
  if (!context.installation.events.includes(subscription)) return null;
  if (channel !== undefined && !channel.members.includes(context.workspace.slackApp.botUserId)) return null;
  return context.delivery.deliver("events_api", eventPayload(context, event), false);
}
