import type { ActionsBlock } from "@slack/types";
import type { ActionValues, ActionVerb } from "../../../src/slack/actions/values.ts";
import { button } from "../../../src/slack/blocks/parts.ts";
import { CHANNEL, type Scene } from "./scene.ts";

/** What a button carries whose matter is gone, and what is answered; or why there is nothing that could be refused. */
type Stale<Verb extends ActionVerb> = { readonly value: ActionValues[Verb] } & (
  | { readonly says: RegExp }
  | { readonly cannotFail: string; readonly says?: never }
);

const GONE = "0c5d2b2e-6b1f-4b0e-9c43-5d0f7e9a1b2c";
const ERROR = { errorId: "E00000" };
const CONNECTION = { connection: "gone" };
const ERROR_GONE = /This error is no longer stored/;
const CONNECTION_GONE = /This connection is no longer (?:set up|configured)/;

/** Every button as one that is pressed long after: on an error, a request, a subscription or a connection that is no more. */
export const STALE: { readonly [Verb in ActionVerb]: Stale<Verb> } = {
  acknowledge: { value: { suspensionId: GONE }, says: /This suspension is no longer stored/ },
  backlog: { value: { ...CONNECTION, offset: 0 }, says: CONNECTION_GONE },
  clear: { value: { suspensionId: GONE }, says: /This suspension is no longer stored/ },
  "cancel-clear": { value: { suspensionId: GONE, requestId: GONE }, says: /This suspension is no longer stored/ },
  errors: { value: { ...CONNECTION, offset: 0 }, says: CONNECTION_GONE },
  records: { value: ERROR, says: ERROR_GONE },
  "hubspot-list": { value: ERROR, says: ERROR_GONE },
  mute: { value: ERROR, says: ERROR_GONE },
  unmute: { value: ERROR, says: /I know no error E00000/ },
  export: { value: ERROR, says: ERROR_GONE },
  details: { value: { ...ERROR, offset: 0 }, says: ERROR_GONE },
  resync: { value: { connection: "acme", selection: { kind: "error", ...ERROR } }, says: ERROR_GONE },
  "confirm-resync": {
    value: { connection: "acme", selection: { kind: "error", ...ERROR }, at: "2026-01-01T00:00:00.000Z" },
    says: ERROR_GONE,
  },
  "cancel-resync": { value: { requestId: GONE }, says: /This resync is no longer stored/ },
  audit: { value: { requestId: GONE, offset: 0 }, says: /This audit is no longer stored/ },
  "confirm-audit": { value: { ...CONNECTION, expected: {} }, says: CONNECTION_GONE },
  "cancel-audit": { value: { requestId: GONE }, says: /This audit is no longer stored/ },
  check: { value: { ...CONNECTION, record: "51001", object: "contacts", all: false }, says: CONNECTION_GONE },
  dismiss: { value: {}, cannotFail: "a question that only one person sees goes away" },
  allocation: { value: CONNECTION, says: CONNECTION_GONE },
  "set-allocation": { value: { ...CONNECTION, calls: 50_000 }, says: CONNECTION_GONE },
  refresh: { value: CONNECTION, says: CONNECTION_GONE },
  share: { value: CONNECTION, says: CONNECTION_GONE },
  log: { value: { connection: null, offset: 0 }, cannotFail: "everybody reads the log, and it is always there" },
  "log-csv": {
    value: { connection: null },
    cannotFail: "the log is always there; what Slack may refuse of its file has its own test",
  },
  fix: { value: ERROR, says: /There is nothing left to fix/ },
  "cancel-fix": { value: { requestId: GONE }, says: /This fix is no longer stored/ },
  undo: { value: { requestId: GONE }, says: /This fix is no longer stored/ },
  "owner-messages": { value: { wants: true }, cannotFail: "everybody chooses for themselves, as often as they like" },
  "change-subscription": { value: { subscriptionId: GONE }, says: /This subscription is no longer there/ },
  "remove-subscription": { value: { subscriptionId: GONE }, says: /This subscription is no longer there/ },
};

const PER_BLOCK = 25;

/** What the message with all of these buttons says. */
export const LONG_AGO = "A message of long ago";

/** Has the app post a message with all of these buttons, as one that has stood there for long; answers its ts. */
export async function postStaleButtons({ world }: Scene): Promise<string> {
  const elements = Object.entries(STALE).map(([verb, { value }]) => button(verb as ActionVerb, verb, value));
  const blocks: ActionsBlock[] = [];
  for (let index = 0; index < elements.length; index += PER_BLOCK) {
    blocks.push({ type: "actions", elements: elements.slice(index, index + PER_BLOCK) });
  }
  const { SLACK_API_URL = "", SLACK_BOT_TOKEN = "" } = world.sandbox.environment;
  const answer = await fetch(`${SLACK_API_URL}chat.postMessage`, {
    method: "POST",
    headers: { authorization: `Bearer ${SLACK_BOT_TOKEN}`, "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ channel: CHANNEL, text: LONG_AGO, blocks }),
  });
  const { ok, ts, error } = (await answer.json()) as { ok: boolean; ts?: string; error?: string };
  if (!ok || ts === undefined) throw new Error(`The message could not be posted: ${error}`);
  return ts;
}
