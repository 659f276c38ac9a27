import type { HomeView } from "@slack/types";
import type { ConnectionReport } from "../../health/report.ts";
import { LIMITS } from "./limits.ts";
import { composeMessage } from "./message.ts";
import { context, section } from "./parts.ts";
import { connectionStatus } from "./status.ts";
import { crmText, plural } from "./text.ts";

/** App Home: every connection's state. */
export function homeView(reports: readonly ConnectionReport[], version: string): HomeView {
  const { blocks } = composeMessage(
    {
      text: "",
      head: reports.length === 0 ? [section("No connection is set up: add one to syncwarden.yaml.")] : [],
      // Sharing needs a channel, and Home is none.
      items: reports.map((report) => connectionStatus(report, { canShare: false })),
      more: (hidden) => [context(`… and ${plural(hidden, "more connection")}: \`/sync status\` with its name shows it.`)],
      tail: [context(`\`/sync help\` in any channel shows what I can do. Syncwarden ${crmText(version, 40)}`)],
    },
    LIMITS.viewBlocks,
  );
  return { type: "home", blocks: blocks as HomeView["blocks"] };
}
