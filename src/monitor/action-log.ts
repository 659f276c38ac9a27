import { saidOf } from "../language/stored.ts";
import { listActions, type StoredAction } from "../store/action-log.ts";
import { countChanges } from "../store/value-changes.ts";
import type { MonitorContext } from "./context.ts";
import type { ActionLogEntry, Page } from "./monitor.ts";

type Parts = Pick<MonitorContext, "db">;

const PORTION = 500;

/** Who did what, newest first, with what stands of the values that fixes have written. */
export async function actionLog(
  { db }: Parts,
  connection: string | null,
  offset: number,
  limit: number,
): Promise<Page<ActionLogEntry>> {
  const { actions, total } = await listActions(db, connection, { offset, limit });
  return { items: await entries({ db }, actions), total, offset };
}

/** All of it, newest first, a portion at a time; lines that are added meanwhile are left out. */
export async function* wholeActionLog({ db }: Parts, connection: string | null): AsyncGenerator<ActionLogEntry> {
  let before: number | null = null;
  for (;;) {
    const { actions } = await listActions(db, connection, { before, limit: PORTION });
    yield* await entries({ db }, actions);
    before = actions.at(-1)?.id ?? null;
    if (before === null || actions.length < PORTION) return;
  }
}

async function entries({ db }: Parts, actions: readonly StoredAction[]): Promise<readonly ActionLogEntry[]> {
  const fixes = actions.flatMap(({ action, request_id: id }) => (action === "fix" && id !== null ? [id] : []));
  const changes = await countChanges(db, fixes);
  return actions.map((row) => {
    const written = row.request_id === null ? undefined : changes.get(row.request_id);
    return {
      at: row.at,
      connection: row.connection,
      userId: row.user_id,
      action: row.action,
      target: row.target === null ? null : saidOf(row.target),
      outcome: row.outcome,
      detail: row.detail === null ? null : saidOf(row.detail),
      allowedAs: row.allowed_as === null ? null : saidOf(row.allowed_as),
      fix: row.request_id === null || written === undefined ? null : { requestId: row.request_id, ...written },
    };
  });
}
