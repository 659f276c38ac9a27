import type { JsonObject } from "../workspace/model.ts";
import type { Call, Methods } from "./call.ts";

export const identityMethods: Methods = {
  "api.test": { token: "any", scopes: [], tier: "tier4", run: () => ({ args: {} }) },
  "auth.test": { token: "bot", scopes: [], tier: "special", run: authTest },
  "apps.connections.open": { token: "app", scopes: [], tier: "tier1", run: openConnection },
};

function authTest({ context }: Call): JsonObject {
  const { team, slackApp } = context.workspace;
  return {
    url: `${context.baseUrl()}/`,
    team: team.name,
    user: "syncwarden",
    team_id: team.id,
    user_id: slackApp.botUserId,
    bot_id: slackApp.botId,
    is_enterprise_install: false,
  };
}

function openConnection({ context }: Call): JsonObject {
  const url = context.delivery.sockets.issueUrl(context.baseUrl());
  return { url };
}
