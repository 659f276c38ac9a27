import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Config } from "../../src/config/config.ts";
import { ENGLISH } from "../../src/language/language.ts";
import { sentence } from "../../src/language/sentence.ts";
import { createBoltLogger } from "../../src/slack/bolt-logger.ts";
import { createPeople } from "../../src/slack/people.ts";
import { createRights } from "../../src/slack/rights.ts";
import { createWebClient } from "../../src/slack/web-client.ts";
import { saying } from "../support/said.ts";
import { type LocalSlack, startLocalSlack } from "./local-slack.ts";

let slack: LocalSlack;
let now = Date.parse("2026-11-22T10:00:00Z");
const logger = pino({ level: "silent" });

beforeAll(async () => {
  slack = await startLocalSlack();
});
afterAll(() => slack.close());

function rights(roles: Config["roles"]) {
  const client = createWebClient(slack.settings, createBoltLogger(logger));
  const clock = { now: () => new Date(now) };
  const people = createPeople({ slack: client, clock, logger, defaultLanguage: "en" });
  return createRights({ slack: client, people, roles, clock, logger });
}

const ROLES: Config["roles"] = {
  operators: { users: ["U0VIEWER"], groups: ["S0REVOPS"] },
  admins: { users: ["U0ADMIN"], groups: [] },
};

test("everybody may read", async () => {
  expect(await rights(ROLES).decide("U0NOBODY", "viewer")).toEqual({ allowed: true, as: null });
});

test("rights come from the configuration, by user and by user group; an admin may do what an operator may", async () => {
  const { decide } = rights(ROLES);
  expect(await decide("U0VIEWER", "operator")).toEqual({ allowed: true, as: saying("operator by name") });
  expect(await decide("U0OPERATOR", "operator")).toEqual({ allowed: true, as: saying("operator by the user group S0REVOPS") });
  expect(await decide("U0ADMIN", "operator")).toEqual({ allowed: true, as: saying("admin by name") });
  expect(await decide("U0ADMIN", "admin")).toEqual({ allowed: true, as: saying("admin by name") });
  expect(await decide("U0OPERATOR", "admin")).toEqual({
    allowed: false,
    why: sentence("Only admins can do this: {names}.", { names: "<@U0ADMIN>" }),
  });
});

test("where rights are set, a workspace admin who isn't named has none", async () => {
  const decision = await rights({ operators: { users: ["U0VIEWER"], groups: [] }, admins: { users: [], groups: [] } }).decide(
    "U0ADMIN",
    "operator",
  );
  expect(decision).toEqual({ allowed: false, why: sentence("Only operators can do this: {names}.", { names: "<@U0VIEWER>" }) });
});

test("where none are set, workspace admins and owners act and nobody else", async () => {
  const { decide } = rights(null);
  expect(await decide("U0ADMIN", "admin")).toEqual({ allowed: true, as: saying("admin or owner of the workspace") });
  expect(await decide("U0OPERATOR", "operator")).toEqual({
    allowed: false,
    why: sentence("Only an admin or owner of this workspace can do this."),
  });
});

test("a right that is taken away ends within a minute", async () => {
  const { decide } = rights(null);
  expect(await decide("U0ADMIN", "operator")).toEqual({ allowed: true, as: saying("admin or owner of the workspace") });
  const admin = slack.service.workspace.users.get("U0ADMIN");
  if (admin === undefined) throw new Error("no admin");
  (slack.service.workspace.users as Map<string, typeof admin>).set("U0ADMIN", { ...admin, isAdmin: false, isOwner: false });
  now += 61_000;
  expect(await decide("U0ADMIN", "operator")).toMatchObject({ allowed: false });
  (slack.service.workspace.users as Map<string, typeof admin>).set("U0ADMIN", admin);
});

test("a group that doesn't exist gives nobody rights", async () => {
  const roles: Config["roles"] = { operators: { users: [], groups: ["S0GONE"] }, admins: { users: [], groups: [] } };
  expect(await rights(roles).decide("U0OPERATOR", "operator")).toMatchObject({ allowed: false });
});

test("while Slack doesn't tell, nobody acts and the answer says why", async () => {
  const { decide } = rights(null);
  slack.service.storm({ method: "users.info", times: 1, retryAfterSeconds: 3 });
  const decision = await decide("U0ADMIN", "operator");
  expect(decision.allowed ? null : ENGLISH.render(decision.why)).toBe(
    "Slack did not tell me your rights, so I do nothing. Slack limits the rate: the next try is in 3 s.",
  );
});
