import fc from "fast-check";
import { backlogMessage } from "../../../src/slack/blocks/backlog.ts";
import { commandHelp, helpMessage, unknownCommand } from "../../../src/slack/blocks/help.ts";
import { LOG_ENTRIES_PER_PAGE, logMessage } from "../../../src/slack/blocks/log.ts";
import { statusMessage } from "../../../src/slack/blocks/status.ts";
import { subscribedMessage, subscriptionList } from "../../../src/slack/blocks/subscriptions.ts";
import { clearPreview, suspensionOverview } from "../../../src/slack/blocks/suspension-overview.ts";
import { usageMessage } from "../../../src/slack/blocks/usage.ts";
import { COMMANDS } from "../../../src/slack/commands/table.ts";
import { homeView } from "../../../src/slack/home/home-view.ts";
import { apiOf, backlogsOf, connectionsOf, suspensionsOf } from "./connections.ts";
import { maybe, moment, pageOf } from "./figures.ts";
import { logEntriesOf, requestState, subscriptionsOf } from "./reports.ts";
import { maker } from "./shown.ts";
import type { Texts } from "./texts.ts";

const channel = fc.constant("C0REVOPS");
const command = fc.constantFrom(...COMMANDS);
const version = fc.constantFrom("0.1.0", "0.1.0-<!here>");

function homesOf(texts: Texts) {
  const request = fc.record({
    connection: texts.name,
    kind: fc.constantFrom("resync" as const, "clear" as const, "audit" as const, "fix" as const),
    state: requestState,
    requestedBy: texts.person,
    requestedAt: moment,
  });
  return fc.record({
    connections: fc.array(connectionsOf(texts), { maxLength: 12, size: "max" }),
    requests: fc.array(request, { maxLength: 30, size: "max" }),
    subscriptions: fc.array(subscriptionsOf(texts), { maxLength: 15, size: "max" }),
    actions: fc.array(logEntriesOf(texts), { maxLength: 5 }),
  });
}

/** How things stand, what was done, and who hears of it. */
export const STATES = [
  maker(statusMessage, (texts) => fc.tuple(fc.array(connectionsOf(texts), { minLength: 1, maxLength: 10, size: "max" }))),
  maker(suspensionOverview, (texts) => {
    const found = fc.record({ report: connectionsOf(texts), suspension: maybe(suspensionsOf(texts)) });
    return fc.tuple(fc.array(found, { minLength: 1, maxLength: 8, size: "max" }));
  }),
  maker(clearPreview, (texts) => fc.tuple(suspensionsOf(texts))),
  maker(usageMessage, (texts) => fc.tuple(texts.name, apiOf())),
  maker(backlogMessage, (texts) => fc.tuple(backlogsOf(texts))),
  maker(logMessage, (texts) => fc.tuple(maybe(texts.name), pageOf(logEntriesOf(texts), LOG_ENTRIES_PER_PAGE))),
  maker(subscribedMessage, (texts) => fc.tuple(subscriptionsOf(texts), moment)),
  maker(subscriptionList, (texts) => fc.tuple(channel, fc.array(subscriptionsOf(texts), { maxLength: 40, size: "max" }), moment)),
  maker(homeView, (texts) => fc.tuple(homesOf(texts), fc.record({ userId: fc.constant("U0ADMIN"), version }))),
  maker(helpMessage, () => fc.tuple(fc.constant(COMMANDS), version)),
  maker(commandHelp, () => fc.tuple(command)),
  maker(unknownCommand, (texts) => fc.tuple(texts.words, maybe(command), fc.constant(COMMANDS), version)),
];
