import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import type { SalesforceCalls } from "./calls.ts";
import { allRows, composite, query, rowsIn } from "./composite.ts";
import { text } from "./records.ts";
import { refusedBy, refusesEverything } from "./refusal.ts";
import type { ApiShare } from "./salesforce.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Logs are kept for a month at most; more counts than that are of no use. */
const COUNTS_KEPT = 1_000;

interface LogFile {
  readonly id: string;
  /** Changes with what is in the file: hourly files come in parts. */
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** Counts of files that lie wholly within the time asked for, so that each is fetched once. */
export type LogCounts = Map<string, number>;

/**
 * HubSpot's calls since a moment, from the `ApiTotalUsage` event logs: hourly files where the org has them, else daily
 * ones. Null where there are none or the user may not see them. One API call, and one for each file not counted before.
 * Source: Salesforce's object reference, *EventLogFile*, and its event type *API Total Usage*.
 */
export async function hubspotShare(calls: SalesforceCalls, since: Date, now: Date, counts: LogCounts): Promise<ApiShare | null> {
  let files: readonly LogFile[];
  try {
    files = await logFiles(calls, since);
  } catch (error) {
    if (refusesEverything(refusedBy(error).refusal)) throw error;
    return null;
  }
  const first = files[0];
  const last = files.at(-1);
  if (!first || !last) return null;
  let hubspotCalls = 0;
  for (const file of files) hubspotCalls += await countOf(calls, file, since, counts);
  return { from: new Date(Math.max(first.from, since.getTime())), to: new Date(Math.min(last.to, now.getTime())), hubspotCalls };
}

async function logFiles(calls: SalesforceCalls, since: Date): Promise<readonly LogFile[]> {
  const earliest = new Date(Math.floor(since.getTime() / DAY_MS) * DAY_MS).toISOString();
  const soql =
    "SELECT Id, LogDate, LogFileLength, Interval FROM EventLogFile " +
    `WHERE EventType = 'ApiTotalUsage' AND LogDate >= ${earliest} ORDER BY LogDate`;
  const answers = await composite(calls, [query("logs", soql)], { object: "EventLogFile" });
  const rows = await allRows(calls, rowsIn(answers.get("logs"), "EventLogFile"));
  const hourly = rows.filter((row) => row.Interval === "Hourly");
  const [some, length] = hourly.length > 0 ? [hourly, HOUR_MS] : [rows, DAY_MS];
  return some
    .map((row) => {
      const from = Date.parse(text(row, "LogDate"));
      const id = text(row, "Id");
      return { id, key: `${id}:${String(row.LogFileLength)}`, from, to: from + length };
    })
    .filter((file) => file.to > since.getTime());
}

async function countOf(calls: SalesforceCalls, file: LogFile, since: Date, counts: LogCounts): Promise<number> {
  const whole = file.from >= since.getTime();
  const known = whole ? counts.get(file.key) : undefined;
  if (known !== undefined) return known;
  const count = await countRows(calls, file, since.getTime());
  if (whole) counts.set(file.key, count);
  for (const key of counts.keys()) {
    if (counts.size <= COUNTS_KEPT) break;
    counts.delete(key);
  }
  return count;
}

/** Rows pass through one by one, so that a log of any size stays out of memory. */
async function countRows(calls: SalesforceCalls, file: LogFile, since: number): Promise<number> {
  let count = 0;
  try {
    await pipeline(
      calls.stream(`/sobjects/EventLogFile/${file.id}/LogFile`),
      parse({ columns: true, relaxColumnCount: true, skipEmptyLines: true }),
      async (rows: AsyncIterable<Readonly<Record<string, string>>>) => {
        for await (const row of rows) {
          const early = Date.parse(row.TIMESTAMP_DERIVED ?? "") < since;
          if (!early && isHubSpot(row) && countsAgainstLimit(row)) count++;
        }
      },
    );
  } catch (error) {
    throw refusedBy(error);
  }
  return count;
}

/** Our own calls are made as the same user, with a client name of ours. */
function isHubSpot(row: Readonly<Record<string, string>>): boolean {
  if (row.CLIENT_NAME?.startsWith("syncwarden")) return false;
  return /hubspot/i.test(row.CONNECTED_APP_NAME ?? "") || /hubspot/i.test(row.CLIENT_NAME ?? "");
}

function countsAgainstLimit(row: Readonly<Record<string, string>>): boolean {
  return /^(1|true)$/i.test(row.COUNTS_AGAINST_API_LIMIT ?? "");
}
