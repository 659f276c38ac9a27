import { createHash } from "node:crypto";
import { refuse } from "../web-api/refusal.ts";

/** Trigger ids: each lets an app open one view for the user who acted, for a few seconds. */
export interface Triggers {
  issue(user: string): string;
  /** The user it was issued for. Refuses one that is unknown, too old or used. */
  exchange(triggerId: string): string;
}

export function createTriggers(now: () => number, goodForMs: number): Triggers {
  const issued = new Map<string, { readonly user: string; readonly at: number; used: boolean }>();
  return {
    issue(user) {
      const count = issued.size + 1;
      const id = `${count}.${now()}.${createHash("sha256").update(`${count}`).digest("hex").slice(0, 32)}`;
      issued.set(id, { user, at: now(), used: false });
      return id;
    },
    exchange(triggerId) {
      const trigger = issued.get(triggerId);
      if (trigger === undefined) return refuse("invalid_trigger_id");
      if (now() - trigger.at > goodForMs) return refuse("expired_trigger_id");
      if (trigger.used) return refuse("exchanged_trigger_id");
      trigger.used = true;
      return trigger.user;
    },
  };
}
