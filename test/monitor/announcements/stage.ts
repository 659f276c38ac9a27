import { pino } from "pino";
import type { SubscriptionSettings } from "../../../src/config/config.ts";
import type { SyncErrorCategory } from "../../../src/health/sync-errors.ts";
import type { Connection, MonitorContext } from "../../../src/monitor/context.ts";
import type { Job } from "../../../src/monitor/job.ts";
import { tellErrors } from "../../../src/monitor/poll/record-errors.ts";
import { subscribe } from "../../../src/monitor/subscriptions.ts";
import type { SyncedObject } from "../../../src/records/record.ts";
import type { Store } from "../../../src/store/database.ts";
import { upsertAffected, upsertError } from "../../../src/store/sync-errors.ts";
import { openTestStore } from "../../support/store.ts";

const ACTOR = { userId: "U0ADMIN", channel: "C0REVOPS", messageTs: null, allowedAs: null };

/** A sync error as a test has it found: how many records it holds back now. */
export interface Found {
  readonly id: string;
  readonly records: number;
  readonly category?: SyncErrorCategory;
  readonly object?: SyncedObject;
}

/** What is told of a connection, on the real store and a clock that the test drives: what a poll finds is put there by hand. */
export interface Stage {
  readonly store: Store;
  readonly context: MonitorContext;
  readonly jobs: Job[];
  now: Date;
  subscribe(settings: Partial<SubscriptionSettings>, channel?: string): Promise<string>;
  /** One poll, which finds these errors to hold back so many records. */
  find(...errors: readonly Found[]): Promise<void>;
  /** What channels are or were owed, in order: channel, and what it is about in short. */
  told(channel?: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openStage(at: string): Promise<Stage> {
  const store = await openTestStore();
  const jobs: Job[] = [];
  const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9].values();
  const stage: Stage = {
    store,
    jobs,
    now: new Date(at),
    context: {
      db: store.db,
      jobs: { send: async (job) => void jobs.push(job) },
      clock: { now: () => stage.now },
      logger: pino({ level: "silent" }),
      connections: new Map([
        ["main", { settings: { name: "main", allocation: null, warnings: { rateOverMs: 600_000 } } } as unknown as Connection],
      ]),
      newId: () => `id-${ids.next().value}`,
    },
    async subscribe(settings, channel = "C0REVOPS") {
      const wanted = { connection: "main", channel, cadence: { kind: "immediate" } as const, ...settings };
      return (await subscribe(stage.context, wanted, ACTOR)).id;
    },
    async find(...errors) {
      await store.db.transaction().execute(async (trx) => {
        for (const error of errors) await put(stage, trx, error);
        await tellErrors(trx, stage.context, "main", false, stage.now);
      });
    },
    async told(channel = "C0REVOPS") {
      const rows = await store.db.selectFrom("announcement").selectAll().where("channel", "=", channel).orderBy("seq").execute();
      return rows.map(({ content, not_before }) => {
        const { kind, errorId, errorIds, note } = content as Record<string, unknown> & { note?: { about: string } };
        const what = note?.about ?? errorId ?? (Array.isArray(errorIds) ? errorIds.join("+") : "");
        return `${kind}${what === "" ? "" : ` ${what}`}${not_before === null ? "" : ` held until ${not_before.toISOString()}`}`;
      });
    },
    close: () => store.close(),
  };
  return stage;
}

async function put(
  stage: Stage,
  trx: Parameters<Parameters<ReturnType<Store["db"]["transaction"]>["execute"]>[0]>[0],
  { id, records, category = "picklists", object = "contacts" }: Found,
): Promise<void> {
  const evidence = { at: stage.now.toISOString(), statement: `Evidence of ${id}` };
  const about = { category, type: "restricted-picklist-value", direction: "hubspot-to-salesforce", object } as const;
  const error = { id, groupKey: id, ...about, hubspotProperty: null, salesforceField: null, details: {}, evidence };
  await upsertError(trx, "main", error, stage.now);
  await trx.deleteFrom("affected_record").where("error_id", "=", id).execute();
  const found = Array.from({ length: records }, (_, index) => ({
    key: `hubspot:${object}:${id}-${index}`,
    reference: { object, hubspotId: `${id}-${index}`, salesforceObject: null, salesforceId: null, label: `${id} ${index}` },
    value: null,
    evidence,
  }));
  await upsertAffected(trx, "main", id, found, stage.now);
}
