import type { Transaction } from "kysely";
import { extendGroup, standingGroup } from "../../store/announcements.ts";
import type { Database } from "../../store/schema.ts";
import type { MonitorContext } from "../context.ts";
import type { AnnouncementContent, Group, Problem } from "./announcement.ts";
import { owe } from "./owe.ts";
import { IN_A_ROW_MS } from "./who-hears.ts";

type Parts = Pick<MonitorContext, "jobs" | "clock">;

/** More for the message in which a channel is told of several things. */
export interface GroupAddition {
  readonly connection: string;
  readonly channel: string;
  /** The end of the quiet hours in which it is held; null: it is told now. */
  readonly heldUntil: Date | null;
  readonly errorIds?: readonly string[];
  readonly warningIds?: readonly string[];
  readonly problems?: readonly Problem[];
  /** The subjects of all these, so that the message is shown anew when they change. */
  readonly matters: readonly string[];
}

/** Tells of several things in one message: the one that stands or is held, else a new one. */
export async function addToGroup(trx: Transaction<Database>, parts: Parts, addition: GroupAddition): Promise<void> {
  const { connection, channel, heldUntil, matters } = addition;
  const now = parts.clock.now();
  const standing = await standingGroup(trx, connection, channel, heldUntil === null ? { since: inARow(now) } : { heldUntil });
  if (standing !== undefined) {
    // Our own writing, by this function.
    const group = standing.content as unknown as Group;
    await extendGroup(trx, standing.key, { ...contentOf(added(group, addition)) }, matters);
    if (heldUntil === null) await parts.jobs.send({ kind: "announce", channel }, { transaction: trx });
    return;
  }
  const quiet = heldUntil === null ? null : { from: now.toISOString(), to: heldUntil.toISOString() };
  const group = added({ errorIds: [], warningIds: [], problems: [], quiet }, addition);
  const subject = `group:${connection}:${now.toISOString()}`;
  const content = { ...contentOf(group) };
  const about = { key: `${subject}:${channel}`, subject, connection, channel, threadOf: null, content };
  await owe(trx, parts, { ...about, notBefore: heldUntil, matters });
}

/** Whether a channel has a message about several new errors that more may join. */
export async function groupStands(
  trx: Transaction<Database>,
  { clock }: Parts,
  connection: string,
  channel: string,
): Promise<boolean> {
  return (await standingGroup(trx, connection, channel, { since: inARow(clock.now()) })) !== undefined;
}

export function inARow(now: Date): Date {
  return new Date(now.getTime() - IN_A_ROW_MS);
}

function added(group: Group, { errorIds = [], warningIds = [], problems = [] }: GroupAddition): Group {
  return {
    errorIds: [...new Set([...group.errorIds, ...errorIds])],
    warningIds: [...new Set([...group.warningIds, ...warningIds])],
    problems: [...group.problems, ...problems],
    quiet: group.quiet,
  };
}

function contentOf(group: Group): AnnouncementContent {
  return { kind: "group", ...group };
}
