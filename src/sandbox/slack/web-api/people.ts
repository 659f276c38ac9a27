import { userAnswer } from "../workspace/answers.ts";
import type { JsonObject } from "../workspace/model.ts";
import { type Call, knownUser, type Methods, page } from "./call.ts";
import { refuse } from "./refusal.ts";

export const peopleMethods: Methods = {
  "users.info": { token: "bot", scopes: ["users:read"], tier: "tier4", run: userInfo },
  "users.lookupByEmail": { token: "bot", scopes: ["users:read.email"], tier: "tier3", run: userByEmail },
  "users.list": { token: "bot", scopes: ["users:read"], tier: "tier2", run: userList },
  "bots.info": { token: "bot", scopes: ["users:read"], tier: "tier3", run: botInfo },
  "team.info": { token: "bot", scopes: ["team:read"], tier: "tier3", run: teamInfo },
  "usergroups.list": { token: "bot", scopes: ["usergroups:read"], tier: "tier2", run: userGroupList },
  "usergroups.users.list": { token: "bot", scopes: ["usergroups:read"], tier: "tier2", run: userGroupUsers },
};

function userInfo(call: Call): JsonObject {
  const user = knownUser(call, call.args.string("user"));
  return { user: userAnswer(call.context.workspace, user, call.args.flag("include_locale")) };
}

/** People who are gone and bots are not found by it. */
function userByEmail({ args, context }: Call): JsonObject {
  const email = args.needed("email").toLowerCase();
  const found = [...context.workspace.users.values()].find((user) => user.email?.toLowerCase() === email && !user.deleted);
  return found === undefined ? refuse("users_not_found") : { user: userAnswer(context.workspace, found, false) };
}

function userList({ args, context }: Call): JsonObject {
  const { items, next } = page([...context.workspace.users.values()], args, 200, 1000);
  const members = items.map((user) => userAnswer(context.workspace, user, args.flag("include_locale")));
  return { members, cache_ts: Math.floor(context.workspace.now() / 1000), response_metadata: { next_cursor: next } };
}

function botInfo({ args, context }: Call): JsonObject {
  const { slackApp } = context.workspace;
  if ((args.string("bot") ?? slackApp.botId) !== slackApp.botId) return refuse("bot_not_found");
  return {
    bot: {
      id: slackApp.botId,
      deleted: false,
      name: slackApp.name,
      updated: 1_767_225_600,
      app_id: slackApp.id,
      user_id: slackApp.botUserId,
      icons: {},
    },
  };
}

function teamInfo({ context }: Call): JsonObject {
  const { team } = context.workspace;
  return { team: { ...team, url: `${context.baseUrl()}/`, email_domain: "", icon: { image_default: true } } };
}

function userGroupList({ args, context }: Call): JsonObject {
  const { team, userGroups } = context.workspace;
  const usergroups = [...userGroups.values()].map((group) => ({
    id: group.id,
    team_id: team.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: "",
    handle: group.handle,
    is_external: false,
    date_create: 1_767_225_600,
    date_update: 1_767_225_600,
    date_delete: 0,
    auto_type: null,
    created_by: "U0ADMIN",
    updated_by: "U0ADMIN",
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    ...(args.flag("include_users") ? { users: group.users } : {}),
    ...(args.flag("include_count") ? { user_count: group.users.length } : {}),
  }));
  return { usergroups };
}

function userGroupUsers({ args, context }: Call): JsonObject {
  const group = context.workspace.userGroups.get(args.needed("usergroup"));
  if (group === undefined) return refuse("no_such_subteam");
  return { users: group.users };
}
