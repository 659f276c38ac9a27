import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Config, RoleHolders } from "../config/config.ts";
import type { Clock } from "../health/clock.ts";
import { type Sentence, sentence } from "../language/sentence.ts";
import { person } from "./blocks/text.ts";
import { explainSlackFailure } from "./failure.ts";
import { createKept } from "./kept.ts";
import type { People } from "./people.ts";

export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Whether somebody may act; where not, who can. */
export type Decision =
  /** `as`: by which right; null where everybody may. */
  { readonly allowed: true; readonly as: Sentence | null } | { readonly allowed: false; readonly why: Sentence };

export interface Rights {
  decide(userId: string, role: Role): Promise<Decision>;
}

/** How long Slack's answers about people and groups are kept, in milliseconds: a right that is taken away ends within it. */
const KEPT_MS = 60_000;

export interface RightsParts {
  readonly slack: WebClient;
  readonly people: People;
  readonly roles: Config["roles"];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Rights from syncwarden.yaml, by user and user group; where none are set, workspace admins and owners act, nobody else. */
export function createRights({ slack, people, roles, clock, logger }: RightsParts): Rights {
  const groupMembers = createKept<readonly string[]>(clock);

  async function membersOf(group: string): Promise<readonly string[]> {
    return groupMembers.get(group, KEPT_MS, async () => {
      try {
        const { users } = await slack.usergroups.users.list({ usergroup: group });
        return users ?? [];
      } catch (error) {
        const failure = explainSlackFailure(error);
        if (failure.code !== "no_such_subteam" && failure.code !== "subteam_disabled") throw error;
        logger.warn({ group }, "A user group in syncwarden.yaml does not exist in Slack or is disabled: it gives nobody rights");
        return [];
      }
    });
  }

  async function holds(userId: string, holders: RoleHolders, role: "operator" | "admin"): Promise<Sentence | null> {
    if (holders.users.includes(userId)) return byName(role);
    for (const group of holders.groups) {
      if ((await membersOf(group)).includes(userId)) return byGroup(role, group);
    }
    return null;
  }

  /** By which right somebody has a role; null: by none. */
  async function rightTo(userId: string, role: "operator" | "admin"): Promise<Sentence | null> {
    if (roles === null) return (await people.about(userId, KEPT_MS)).isAdmin ? WORKSPACE_ADMIN : null;
    const asAdmin = await holds(userId, roles.admins, "admin");
    if (asAdmin !== null || role === "admin") return asAdmin;
    return holds(userId, roles.operators, "operator");
  }

  return {
    async decide(userId, role) {
      if (role === "viewer") return { allowed: true, as: null };
      try {
        const as = await rightTo(userId, role);
        return as === null ? { allowed: false, why: whoCan(roles, role) } : { allowed: true, as };
      } catch (error) {
        const failure = explainSlackFailure(error);
        logger.error({ code: failure.code }, "Rights could not be looked up in Slack");
        return {
          allowed: false,
          why: sentence("Slack did not tell me your rights, so I do nothing. {statement}", { statement: failure.statement }),
        };
      }
    },
  };
}

const WORKSPACE_ADMIN = sentence("admin or owner of the workspace");

function byName(role: "operator" | "admin"): Sentence {
  return role === "admin" ? sentence("admin by name") : sentence("operator by name");
}

function byGroup(role: "operator" | "admin", group: string): Sentence {
  return role === "admin"
    ? sentence("admin by the user group {group}", { group })
    : sentence("operator by the user group {group}", { group });
}

/** Names of people and groups in one answer. */
const NAMES_SHOWN = 10;

function whoCan(roles: Config["roles"], role: "operator" | "admin"): Sentence {
  if (roles === null) return sentence("Only an admin or owner of this workspace can do this.");
  const holders = role === "admin" ? [roles.admins] : [roles.operators, roles.admins];
  const users = [...new Set(holders.flatMap((holder) => holder.users))].map(person);
  const groups = [...new Set(holders.flatMap((holder) => holder.groups))].map((group) => `<!subteam^${group}>`);
  const all = [...users, ...groups];
  if (all.length === 0) return sentence("Nobody is named as {role} in syncwarden.yaml, so nobody can do this.", { role });
  const names = all.slice(0, NAMES_SHOWN).join(", ");
  const hidden = all.length - NAMES_SHOWN;
  if (role === "admin") {
    return hidden > 0
      ? sentence("Only admins can do this: {names} and {hidden, number} more.", { names, hidden })
      : sentence("Only admins can do this: {names}.", { names });
  }
  return hidden > 0
    ? sentence("Only operators can do this: {names} and {hidden, number} more.", { names, hidden })
    : sentence("Only operators can do this: {names}.", { names });
}
