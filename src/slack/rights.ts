import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Config, RoleHolders } from "../config/config.ts";
import type { Clock } from "../health/clock.ts";
import { list, person } from "./blocks/text.ts";
import { explainSlackFailure } from "./failure.ts";
import type { People } from "./people.ts";

export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Whether somebody may act; where not, a sentence that says who can. */
export type Decision =
  /** `as`: by which right; null where everybody may. */
  { readonly allowed: true; readonly as: string | null } | { readonly allowed: false; readonly why: string };

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
  const groupMembers = new Map<string, { readonly at: number; readonly value: readonly string[] }>();

  async function membersOf(group: string): Promise<readonly string[]> {
    return kept(groupMembers, group, clock, async () => {
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

  async function holds(userId: string, holders: RoleHolders, role: string): Promise<string | null> {
    if (holders.users.includes(userId)) return `${role} by name`;
    for (const group of holders.groups) {
      if ((await membersOf(group)).includes(userId)) return `${role} by the user group ${group}`;
    }
    return null;
  }

  /** By which right somebody has a role; null: by none. */
  async function rightTo(userId: string, role: "operator" | "admin"): Promise<string | null> {
    if (roles === null) return (await people.about(userId, KEPT_MS)).isAdmin ? "admin or owner of the workspace" : null;
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
        return { allowed: false, why: `Slack did not tell me your rights, so I do nothing. ${failure.statement}` };
      }
    },
  };
}

function whoCan(roles: Config["roles"], role: "operator" | "admin"): string {
  if (roles === null) return "Only an admin or owner of this workspace can do this.";
  const holders = role === "admin" ? [roles.admins] : [roles.operators, roles.admins];
  const users = [...new Set(holders.flatMap((holder) => holder.users))].map(person);
  const groups = [...new Set(holders.flatMap((holder) => holder.groups))].map((group) => `members of <!subteam^${group}>`);
  const names = [...users, ...groups];
  if (names.length === 0) return `Nobody is named as ${role} in syncwarden.yaml, so nobody can do this.`;
  const shown = names.slice(0, 10);
  const more = names.length > 10 ? [`${names.length - 10} more`] : [];
  return `Only ${role === "admin" ? "admins" : "operators"} can do this: ${list([...shown, ...more])}.`;
}

async function kept<Value>(
  cache: Map<string, { readonly at: number; readonly value: Value }>,
  key: string,
  clock: Clock,
  ask: () => Promise<Value>,
): Promise<Value> {
  const now = clock.now().getTime();
  const known = cache.get(key);
  if (known !== undefined && now - known.at < KEPT_MS) return known.value;
  const value = await ask();
  cache.set(key, { at: now, value });
  return value;
}
