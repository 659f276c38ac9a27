import type { App } from "@slack/bolt";
import type { People } from "../people.ts";

/** Somebody has another language, time zone or role in Slack: what is kept of them holds no longer. */
export function registerUserChange(app: App, people: People): void {
  app.event("user_change", async ({ event }) => people.forget(event.user.id));
}
