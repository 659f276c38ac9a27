import type { JsonObject } from "../workspace/model.ts";
import { type Call, knownChannel, type Methods } from "./call.ts";
import { refuse } from "./refusal.ts";

export const reactionsMethods: Methods = {
  "reactions.add": { token: "bot", scopes: ["reactions:write"], tier: "tier3", run: add },
};

function add(call: Call): JsonObject {
  const { workspace } = call.context;
  const channel = knownChannel(call, call.args.string("channel"));
  const message = workspace.message(channel.id, call.args.needed("timestamp"));
  if (message === undefined || message.ephemeralTo !== null) return refuse("message_not_found");
  const name = call.args.needed("name");
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) return refuse("invalid_name");
  const bot = workspace.slackApp.botUserId;
  const known = message.reactions.find((one) => one.name === name);
  if (known?.users.includes(bot)) return refuse("already_reacted");
  const others = message.reactions.filter((one) => one.name !== name);
  workspace.replaceMessage({ ...message, reactions: [...others, { name, users: [...(known?.users ?? []), bot] }] });
  return {};
}
