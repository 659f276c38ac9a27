import type { HomeView } from "@slack/types";
import type { ApiReport, ConnectionReport, SuspensionReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import type { HomeReport, OpenRequest } from "../../monitor/home-report.ts";
import { suspensionLabel } from "../blocks/catalogue.ts";
import { LIMITS } from "../blocks/limits.ts";
import { entryText } from "../blocks/log.ts";
import { composeMessage, type MessageBlock } from "../blocks/message.ts";
import { actions, button, context, divider, header, section } from "../blocks/parts.ts";
import { requestState } from "../blocks/request-states.ts";
import { connectionStatus } from "../blocks/status.ts";
import { subscriptionButtons, subscriptionText } from "../blocks/subscriptions.ts";
import { crmText, date } from "../blocks/text.ts";

const SUBSCRIPTIONS_SHOWN = 10;
const REQUESTS_SHOWN = 10;
const SUSPENSIONS_SHOWN = 10;
const BAR_CELLS = 20;

/** App Home: each connection at a glance, what waits for this person, what they subscribed to, and what was done lately. */
export function homeView(
  t: Language,
  report: HomeReport,
  { userId, version }: { readonly userId: string; readonly version: string },
): HomeView {
  const { connections } = report;
  const { blocks } = composeMessage(
    {
      text: "",
      head: connections.length === 0 ? [section(t.say("No connection is set up: add one to syncwarden.yaml."))] : [],
      items: connections.map((connection) => connectionBlocks(t, connection)),
      more: (hidden) => [
        context(
          t.say(
            "… and {hidden, plural, one {# more connection} other {# more connections}}: `/sync status` with its name shows it.",
            { hidden },
          ),
        ),
      ],
      tail: [
        ...waitingForPerson(t, report, userId),
        ...subscriptionBlocks(t, report, userId),
        ...recentActions(t, report),
        divider(),
        context(
          t.say("`/sync help` in any channel shows what I can do. Syncwarden {version}", { version: crmText(version, 40) }),
        ),
      ],
    },
    LIMITS.viewBlocks,
  );
  return { type: "home", blocks: blocks as HomeView["blocks"] };
}

function connectionBlocks(t: Language, report: ConnectionReport): MessageBlock[] {
  // Sharing needs a channel, and Home is none.
  return [...connectionStatus(t, report, { canShare: false }), ...apiBar(t, report.api), divider()];
}

/** The share of the day's calls that are used, as a bar and in words. */
function apiBar(t: Language, { used, max }: ApiReport): MessageBlock[] {
  if (used === null || max === null || max <= 0) return [];
  const share = Math.min(1, used / max);
  const full = Math.round(share * BAR_CELLS);
  const bar = "▰".repeat(full) + "▱".repeat(BAR_CELLS - full);
  return [context(t.say("{bar} {share} of Salesforce's API calls of a day are used", { bar, share: t.percent(share) }))];
}

function waitingForPerson(t: Language, { connections, requests }: HomeReport, userId: string): MessageBlock[] {
  const unseen = connections.flatMap(({ suspension }) =>
    suspension !== null && suspension.state !== "closed" && suspension.acknowledgedBy === null ? [suspension] : [],
  );
  const mine = requests.filter(({ requestedBy }) => requestedBy === userId);
  const hidden = mine.length - REQUESTS_SHOWN;
  return [
    header(t.say("Waiting for you")),
    ...unseen.slice(0, SUSPENSIONS_SHOWN).flatMap((suspension) => unacknowledged(t, suspension)),
    ...(mine.length === 0
      ? []
      : [
          section(
            [
              ...mine.slice(0, REQUESTS_SHOWN).map((request) => `• ${requestText(t, request)}`),
              ...(hidden > 0 ? [t.say("… and {hidden, number} more", { hidden })] : []),
            ].join("\n"),
          ),
        ]),
    ...(unseen.length + mine.length === 0 ? [section(t.say("Nothing."))] : []),
    divider(),
  ];
}

function unacknowledged(t: Language, { id, connection, kind, openedAt }: SuspensionReport): MessageBlock[] {
  const text = t.say("*{connection}* is suspended since {date} ({cause}), and nobody has acknowledged it.", {
    connection: crmText(connection, 100),
    date: date(t, openedAt),
    cause: suspensionLabel(t, kind),
  });
  const label = t.say("Acknowledge the suspension of {connection}", { connection });
  return [section(text, button("acknowledge", t.say("Acknowledge"), { suspensionId: id }, { accessibilityLabel: label }))];
}

function requestText(t: Language, { connection, kind, state, requestedAt }: OpenRequest): string {
  const values = { connection: crmText(connection, 100), state: requestState(t, state), date: date(t, requestedAt) };
  switch (kind) {
    case "resync":
      return t.say("Your resync in {connection}, asked for {date}, is {state}.", values);
    case "clear":
      return t.say("Your clearing of the suspension of {connection}, asked for {date}, is {state}.", values);
    case "audit":
      return t.say("Your audit of {connection}, asked for {date}, is {state}.", values);
    case "fix":
      return t.say("Your fix in {connection}, asked for {date}, is {state}.", values);
  }
}

function subscriptionBlocks(t: Language, { subscriptions }: HomeReport, userId: string): MessageBlock[] {
  const mine = subscriptions.filter(({ createdBy }) => createdBy === userId);
  const hidden = mine.length - SUBSCRIPTIONS_SHOWN;
  return [
    header(t.say("Your subscriptions")),
    ...mine
      .slice(0, SUBSCRIPTIONS_SHOWN)
      .flatMap((subscription) => [
        section(`<#${subscription.channel}>: ${subscriptionText(t, subscription)}`),
        ...subscriptionButtons(t, subscription),
      ]),
    ...(hidden > 0 ? [context(t.say("… and {hidden, number} more: `/sync subscriptions` lists a channel's.", { hidden }))] : []),
    ...(mine.length === 0
      ? [section(t.say("None yet. `/sync subscribe` in a channel lets it hear of suspensions and sync errors."))]
      : []),
    divider(),
  ];
}

function recentActions(t: Language, { actions: done }: HomeReport): MessageBlock[] {
  return [
    header(t.say("Recent actions")),
    ...(done.length === 0 ? [section(t.say("Nobody has done anything yet."))] : []),
    ...(done.length === 0 ? [] : [section(done.map((entry) => `• ${entryText(t, entry)}`).join("\n"))]),
    ...actions(
      button(
        "log",
        t.say("Whole log"),
        { connection: null, offset: 0 },
        { accessibilityLabel: t.say("Show the whole action log") },
      ),
    ),
  ];
}
