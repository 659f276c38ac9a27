import { type Said, sentence } from "../language/sentence.ts";
import type { Actor } from "../monitor/monitor.ts";
import { type AnswerToAsker, tell } from "./answer.ts";
import { actionName } from "./blocks/action-names.ts";
import type { SlackContext } from "./context.ts";
import type { Role } from "./rights.ts";

export interface Attempt {
  readonly action: string;
  readonly target: Said | null;
  readonly role: Role;
  /** Who asks, and from where. */
  readonly by: Omit<Actor, "allowedAs">;
}

/** The person with the right to act; or an answer that says who can. */
export type Admission =
  | { readonly actor: Actor; readonly refusal: null }
  | { readonly actor: null; readonly refusal: AnswerToAsker };

/** Looks whether a person may do something; that they may not leaves a line in the action log. */
export async function admit({ action, target, role, by }: Attempt, { rights, monitor, t }: SlackContext): Promise<Admission> {
  const decision = await rights.decide(by.userId, role);
  if (decision.allowed) return { actor: { ...by, allowedAs: decision.as }, refusal: null };
  await monitor.logRefusal(action, target, sentence("needs the role {role}", { role }), { ...by, allowedAs: null });
  return {
    actor: null,
    refusal: tell(t.say("You can't do this ({action}). {why}", { action: actionName(t, action), why: decision.why })),
  };
}
