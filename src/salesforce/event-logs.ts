import { parse } from "csv-parse";
import { RefusedError } from "../health/refusal.ts";
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
  readonly from: number;
  readonly to: number;
}

/** Counts of files that lie wholly within the time asked for: a log file never changes, so each is fetched once. */
export type LogCounts = Map<string, number>;

/**
 * HubSpot's calls since a moment, from the `ApiTotalUsage` event logs: hourly files where the org has them, else daily
 * ones. Null where there are none or the user may not see them. One API call, and one for each file not counted before.
 * Source: Salesforce's object reference, *EventLogFile*, and its event type *API Total Usage*.
 */
export async function hubspotShare(calls: SalesforceCalls, since: Date, counts: LogCounts): Promise<ApiShare | null> {
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
  return { from: new Date(Math.max(first.from, since.getTime())), to: new Date(last.to), hubspotCalls };
}

async function logFiles(calls: SalesforceCalls, since: Date): Promise<readonly LogFile[]> {
  const earliest = new Date(Math.floor(since.getTime() / DAY_MS) * DAY_MS).toISOString();
  const soql =
    "SELECT Id, LogDate, Interval FROM EventLogFile " +
    `WHERE EventType = 'ApiTotalUsage' AND LogDate >= ${earliest} ORDER BY LogDate`;
  const answers = await composite(calls, [query("logs", soql)], { object: "EventLogFile" });
  const rows = await allRows(calls, rowsIn(answers.get("logs"), "EventLogFile"));
  const hourly = rows.filter((row) => row.Interval === "Hourly");
  const [some, length] = hourly.length > 0 ? [hourly, HOUR_MS] : [rows, DAY_MS];
  return some
    .map((row) => {
      const from = Date.parse(text(row, "LogDate"));
      return { id: text(row, "Id"), from, to: from + length };
    })
    .filter((file) => file.to > since.getTime());
}

async function countOf(calls: SalesforceCalls, file: LogFile, since: Date, counts: LogCounts): Promise<number> {
  const whole = file.from >= since.getTime();
  const known = whole ? counts.get(file.id) : undefined;
  if (known !== undefined) return known;
  const count = await countRows(calls, file, since.getTime());
  if (whole) counts.set(file.id, count);
  for (const id of counts.keys()) {
    if (counts.size <= COUNTS_KEPT) break;
    counts.delete(id);
  }
  return count;
}

async function countRows(calls: SalesforceCalls, file: LogFile, since: number): Promise<number> {
  const parser = parse({ columns: true, relaxColumnCount: true, skipEmptyLines: true });
  const feeding = feed(calls, file, parser);
  let count = 0;
  try {
    for await (const row of parser as AsyncIterable<Readonly<Record<string, string>>>) {
      if (isHubSpot(row) && countsAgainstLimit(row) && !(Date.parse(row.TIMESTAMP_DERIVED ?? "") < since)) count++;
    }
  } catch (error) {
    throw refusedBy(error);
  }
  await feeding;
  return count;
}

/** Lets the parser take in what it can before the next piece is read, so that a log of any size stays out of memory. */
async function feed(calls: SalesforceCalls, file: LogFile, parser: ReturnType<typeof parse>): Promise<void> {
  try {
    for await (const chunk of calls.stream(`/sobjects/EventLogFile/${file.id}/LogFile`)) {
      if (!parser.write(chunk)) await new Promise((resolve) => parser.once("drain", resolve));
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof RefusedError ? error : refusedBy(error));
  }
}

/** Our own calls are made as the same user, with a client name of ours. */
function isHubSpot(row: Readonly<Record<string, string>>): boolean {
  if (row.CLIENT_NAME?.startsWith("syncwarden")) return false;
  return /hubspot/i.test(row.CONNECTED_APP_NAME ?? "") || /hubspot/i.test(row.CLIENT_NAME ?? "");
}

function countsAgainstLimit(row: Readonly<Record<string, string>>): boolean {
  return /^(1|true)$/i.test(row.COUNTS_AGAINST_API_LIMIT ?? "");
}
