import type { Actor, Subscription } from "../monitor/monitor.ts";
import { type Admission, admit } from "./admission.ts";
import type { SlackContext } from "./context.ts";
import type { Role } from "./rights.ts";

/** What it takes to change a subscription: nothing from within its channel or for who made it, else an admin. */
export function roleForSubscription(
  { channel, createdBy }: Pick<Subscription, "channel" | "createdBy">,
  by: Pick<Actor, "userId" | "channel">,
): Role {
  return channel === by.channel || createdBy === by.userId ? "viewer" : "admin";
}

/** Looks whether a person may change or end a subscription. */
export function admitToSubscription(
  subscription: Subscription,
  action: string,
  by: Omit<Actor, "allowedAs">,
  context: SlackContext,
): Promise<Admission> {
  return admit({ action, target: subscription.id, role: roleForSubscription(subscription, by), by }, context);
}
