import { isRecord } from "../block-kit/shape.ts";
import { storedBlocks } from "../block-kit/stored.ts";
import { faultsOfView } from "../block-kit/view.ts";
import type { SlackContext } from "../context.ts";
import { viewAnswer } from "../workspace/answers.ts";
import type { JsonObject, SlackView } from "../workspace/model.ts";
import type { ViewContent } from "../workspace/views.ts";
import { type Call, knownUser, type Methods } from "./call.ts";
import { refuse, refuseWith } from "./refusal.ts";

export const viewsMethods: Methods = {
  "views.open": { token: "bot", scopes: [], tier: "tier4", run: open },
  "views.push": { token: "bot", scopes: [], tier: "tier4", run: push },
  "views.update": { token: "bot", scopes: [], tier: "tier4", run: update },
  "views.publish": { token: "bot", scopes: [], tier: "tier4", run: publish },
};

/** Bytes of a whole view as JSON: https://docs.slack.dev/reference/methods/views.open (view_too_large). */
const largestView = 250_000;

/** Checks a view that the app gave and stores it as Slack would; refuses with Slack's codes. */
export function viewContent(context: SlackContext, view: unknown, kind: SlackView["kind"], own?: SlackView): ViewContent {
  if (!isRecord(view)) return refuseWith("invalid_arguments", ["missing required field: view"]);
  const faults = faultsOfView(view, kind);
  if (faults.length > 0) return refuseWith("invalid_arguments", faults);
  if (Buffer.byteLength(JSON.stringify(view)) > largestView) return refuse("view_too_large");
  const other =
    typeof view.external_id === "string" && view.external_id !== ""
      ? context.workspace.views.byExternalId(view.external_id)
      : undefined;
  if (other !== undefined && other.id !== own?.id) return refuse("duplicate_external_id");
  const blocks = Array.isArray(view.blocks) ? view.blocks : [];
  return { ...view, blocks: storedBlocks(blocks, () => context.workspace.nextId("b")) };
}

function givenView({ args }: Call): unknown {
  return args.json("view", "invalid_arguments");
}

function triggered(call: Call): string {
  return call.context.triggers.exchange(call.args.string("trigger_id") ?? call.args.needed("interactivity_pointer"));
}

function open(call: Call): JsonObject {
  const content = viewContent(call.context, givenView(call), "modal");
  const view = call.context.workspace.views.open(triggered(call), content);
  return { view: viewAnswer(call.context.workspace, view) };
}

function push(call: Call): JsonObject {
  const { workspace } = call.context;
  const content = viewContent(call.context, givenView(call), "modal");
  const user = triggered(call);
  const depth = workspace.views.stackOf(user).length;
  if (depth === 0) return refuse("not_found");
  if (depth >= 3) return refuse("push_limit_reached");
  return { view: viewAnswer(workspace, workspace.views.push(user, content)) };
}

function refuseStale({ args }: Call, view: SlackView | undefined): void {
  const hash = args.string("hash");
  if (hash !== undefined && view !== undefined && hash !== view.hash) refuse("hash_conflict");
}

function update(call: Call): JsonObject {
  const { args, context } = call;
  const { views } = context.workspace;
  const externalId = args.string("external_id");
  const view = externalId === undefined ? views.get(args.needed("view_id")) : views.byExternalId(externalId);
  if (view === undefined) return refuse("not_found");
  refuseStale(call, view);
  const updated = views.update(view, viewContent(context, givenView(call), view.kind, view));
  return { view: viewAnswer(context.workspace, updated) };
}

function publish(call: Call): JsonObject {
  const { workspace } = call.context;
  const user = knownUser(call, call.args.needed("user_id"));
  const home = workspace.views.homeOf(user.id);
  refuseStale(call, home);
  const content = viewContent(call.context, givenView(call), "home", home);
  return { view: viewAnswer(workspace, workspace.views.publish(user.id, content)) };
}
