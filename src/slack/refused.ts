import type { Actor } from "../monitor/monitor.ts";
import { type Answer, say } from "./answer.ts";
import type { SlackContext } from "./context.ts";
import type { Role } from "./rights.ts";

export interface Attempt {
  readonly action: string;
  readonly target: string | null;
  readonly role: Role;
  readonly actor: Actor;
}

/** Null where the person may; else an answer that says who can, with a line in the action log. */
export async function refused(
  { action, target, role, actor }: Attempt,
  { rights, monitor }: SlackContext,
): Promise<Answer | null> {
  const decision = await rights.decide(actor.userId, role);
  if (decision.allowed) return null;
  await monitor.logRefusal(action, target, `needs the role ${role}`, actor);
  return say(`You can't do this (${action}). ${decision.why}`);
}
