import type { Fault } from "../http/exchange.ts";
import type { Faults } from "../http/faults.ts";

/** Something that goes wrong between the bot and a service, told as what happens. */
interface FaultStory {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly fault: Fault;
}

export interface FaultState {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly active: boolean;
}

/** How often one that passes by itself hits: some polls' worth of calls. */
const SOME_CALLS = 20;

const STORIES: readonly FaultStory[] = [
  {
    id: "salesforce-slow",
    title: "Salesforce is slow",
    story: "Every call to Salesforce takes three seconds, until you end it.",
    fault: { service: "salesforce", delayMs: 3_000 },
  },
  {
    id: "salesforce-session",
    title: "Session ended",
    story: "An admin ends the integration user's session in Salesforce. Syncwarden logs in again, and nobody notices.",
    fault: {
      service: "salesforce",
      path: "/services/data",
      status: 401,
      body: [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }],
      times: 1,
    },
  },
  {
    id: "salesforce-cut",
    title: "Salesforce out of reach",
    story: "The network drops every connection to Salesforce, until you end it.",
    fault: { service: "salesforce", dropConnection: true },
  },
  {
    id: "hubspot-rate",
    title: "HubSpot's rate limit",
    story: `Another app uses up HubSpot's calls a second: the next ${SOME_CALLS} calls are refused with 429.`,
    fault: {
      service: "hubspot",
      status: 429,
      headers: { "retry-after": "1" },
      body: {
        status: "error",
        message: "You have reached your ten_secondly_rolling limit.",
        errorType: "RATE_LIMIT",
        policyName: "TEN_SECONDLY_ROLLING",
      },
      times: SOME_CALLS,
    },
  },
  {
    id: "hubspot-hiccup",
    title: "HubSpot has a hiccup",
    story: `HubSpot answers the next ${SOME_CALLS} calls with 502.`,
    fault: { service: "hubspot", status: 502, body: "<html><body>502 Bad Gateway</body></html>", times: SOME_CALLS },
  },
  {
    id: "hubspot-token",
    title: "HubSpot key revoked",
    story: "Somebody deletes the service key in HubSpot: every call is refused with 401, until you end it.",
    fault: {
      service: "hubspot",
      status: 401,
      body: {
        status: "error",
        message: "Authentication credentials not found or invalid.",
        category: "INVALID_AUTHENTICATION",
        correlationId: "0a1b2c3d-0000-4000-8000-000000000000",
      },
    },
  },
  {
    id: "slack-busy",
    title: "Slack is busy",
    story: "Slack takes no new message for a while: the next five are put off by two seconds each.",
    fault: {
      service: "slack",
      path: "/api/chat.postMessage",
      status: 429,
      headers: { "retry-after": "2" },
      body: { ok: false, error: "ratelimited" },
      times: 5,
    },
  },
];

/** Starts and ends faults by their stories. One is over by itself when it has hit as often as it should. */
export interface FaultPlayer {
  list(): readonly FaultState[];
  /** Once it stands, starting it again does nothing. Null for one that isn't known, here and below. */
  start(id: string): FaultState | null;
  end(id: string): FaultState | null;
}

export function createFaultPlayer(faults: Faults): FaultPlayer {
  function stateOf({ id, title, story, fault }: FaultStory): FaultState {
    return { id, title, story, active: faults.stands(fault) };
  }

  function play(id: string, change: (story: FaultStory) => void): FaultState | null {
    const story = STORIES.find((known) => known.id === id);
    if (story === undefined) return null;
    change(story);
    return stateOf(story);
  }

  return {
    list: () => STORIES.map(stateOf),
    start: (id) => play(id, ({ fault }) => (faults.stands(fault) ? undefined : faults.add(fault))),
    end: (id) => play(id, ({ fault }) => faults.remove(fault)),
  };
}
