import type { App } from "@slack/bolt";
import type { HomeTabs } from "../home/home-tabs.ts";

/** Shows the app's Home tab to who opens it. */
export function registerAppHome(app: App, tabs: HomeTabs): void {
  app.event("app_home_opened", async ({ event }) => {
    if (event.tab === "home") await tabs.opened(event.user);
  });
}
