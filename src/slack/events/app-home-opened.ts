import type { App } from "@slack/bolt";
import { homeView } from "../blocks/home.ts";
import type { SlackParts } from "../context.ts";
import { explainSlackFailure } from "../failure.ts";

/** Shows the state of every connection in the app's Home tab, as it is when somebody opens it. */
export function registerAppHome(app: App, { monitor, slack, logger, version }: SlackParts): void {
  app.event("app_home_opened", async ({ event }) => {
    if (event.tab !== "home") return;
    try {
      const reports = await Promise.all(monitor.connectionNames().map((name) => monitor.report(name)));
      await slack.views.publish({ user_id: event.user, view: homeView(reports, version) });
    } catch (error) {
      logger.warn({ code: explainSlackFailure(error).code }, "App Home could not be shown");
    }
  });
}
