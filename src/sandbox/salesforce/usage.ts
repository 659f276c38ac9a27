/** Calls of one app by one user within one minute. Many calls fit into few runs. */
export interface CallRun {
  readonly app: string;
  readonly client: string;
  readonly userId: string;
  /** Start of the minute, in epoch milliseconds. */
  readonly minute: number;
  count: number;
}

export interface CallLog {
  add(call: { readonly app: string; readonly client: string; readonly userId: string }, at: Date, count: number): void;
  /** Runs within [from, to), oldest first. */
  between(from: number, to: number): readonly CallRun[];
  runs(): readonly CallRun[];
  /** Forgets a run, as when it has grown too old to be kept. */
  remove(run: CallRun): void;
}

const MINUTE = 60_000;
/** Salesforce keeps event log files for a day to a year; two days of calls are enough here. */
const KEPT = 48 * 60 * MINUTE;

/** Remembers who called, for event logs. */
export function createCallLog(): CallLog {
  let runs: CallRun[] = [];
  return {
    add({ app, client, userId }, at, count) {
      if (count <= 0) return;
      const minute = Math.floor(at.getTime() / MINUTE) * MINUTE;
      const same = runs.findLast(
        (run) => run.minute === minute && run.app === app && run.client === client && run.userId === userId,
      );
      if (same !== undefined) {
        same.count += count;
        return;
      }
      runs.push({ app, client, userId, minute, count });
      runs.sort((a, b) => a.minute - b.minute);
      const newest = runs.at(-1)?.minute ?? 0;
      if ((runs[0]?.minute ?? 0) < newest - KEPT) runs = runs.filter((run) => run.minute >= newest - KEPT);
    },
    between: (from, to) => runs.filter((run) => run.minute >= from && run.minute < to),
    runs: () => runs,
    remove(run) {
      runs = runs.filter((kept) => kept !== run);
    },
  };
}
