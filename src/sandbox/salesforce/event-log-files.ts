import { makeId } from "./ids.ts";
import type { Fields } from "./model.ts";
import type { OrgData } from "./org-data.ts";
import { toDateTime } from "./timestamps.ts";
import type { CallRun } from "./usage.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The columns of `ApiTotalUsage`, one row for each request. */
const COLUMNS = [
  "EVENT_TYPE",
  "TIMESTAMP",
  "REQUEST_ID",
  "ORGANIZATION_ID",
  "USER_ID",
  "API_FAMILY",
  "API_VERSION",
  "API_RESOURCE",
  "CLIENT_NAME",
  "HTTP_METHOD",
  "CLIENT_IP",
  "COUNTS_AGAINST_API_LIMIT",
  "CONNECTED_APP_ID",
  "CONNECTED_APP_NAME",
  "ENTITY_NAME",
  "STATUS_CODE",
  "USER_NAME",
  "TIMESTAMP_DERIVED",
] as const;

export interface EventLogFile {
  readonly fields: Fields;
  readonly runs: readonly CallRun[];
}

/**
 * Hourly files as soon as the hour has calls (Salesforce delivers them in parts during the hours that follow), daily files
 * once the day is over.
 */
export function eventLogFiles(data: OrgData): readonly EventLogFile[] {
  if (!data.state.eventLogs) return [];
  const today = Math.floor(data.now().getTime() / DAY) * DAY;
  return [
    ...files(data, "Hourly", HOUR),
    ...files(data, "Daily", DAY).filter((file) => Date.parse(String(file.fields.LogDate)) < today),
  ];
}

function files(data: OrgData, interval: "Hourly" | "Daily", length: number): EventLogFile[] {
  // A run whose calls no longer count has no rows.
  const runsWithCalls = data.calls.runs().filter((run) => run.count > 0);
  const byStart = Map.groupBy(runsWithCalls, (run) => Math.floor(run.minute / length) * length);
  return [...byStart].map(([start, runs]) => {
    const id = makeId("0AT", start / HOUR + (interval === "Daily" ? 10_000_000 : 0));
    const created = toDateTime(Math.max(start, data.createdAt.getTime()));
    const fields: Fields = {
      Id: id,
      IsDeleted: false,
      CreatedDate: created,
      CreatedById: data.integrationUser.id,
      LastModifiedDate: created,
      LastModifiedById: data.integrationUser.id,
      SystemModstamp: created,
      EventType: "ApiTotalUsage",
      LogDate: toDateTime(start),
      LogFileLength: logLength(data, runs),
      LogFileContentType: "text/csv",
      LogFile: `/services/data/v60.0/sobjects/EventLogFile/${id}/LogFile`,
      LogFileFieldNames: COLUMNS.join(","),
      Interval: interval,
      Sequence: interval === "Daily" ? 0 : 1,
      ApiVersion: 60,
    };
    return { fields, runs };
  });
}

function line(values: readonly string[]): string {
  return `${values.map((value) => `"${value.replaceAll('"', '""')}"`).join(",")}\n`;
}

const HEADER = line(COLUMNS);

/** Every row of a run is equally long, so that a file's length is known without writing it. */
function rowOf(data: OrgData, run: CallRun, number: number): string {
  const second = Math.min(59, Math.floor((number * 60) / run.count));
  const at = new Date(run.minute + second * 1000 + (number % 1000));
  const iso = at.toISOString();
  const user = data.users.find((candidate) => candidate.id === run.userId);
  return line([
    "ApiTotalUsage",
    iso.replace(/[-:TZ]/g, ""),
    `4${run.minute.toString(36).padStart(9, "0")}${number.toString(36).padStart(11, "0")}-`,
    data.organizationId.slice(0, 15),
    run.userId.slice(0, 15),
    "REST",
    "60.0",
    "/services/data",
    run.client === "" ? run.app : run.client,
    "POST",
    "10.0.0.1",
    "1",
    "",
    run.app,
    "",
    "200",
    user?.username ?? "",
    iso,
  ]);
}

function logLength(data: OrgData, runs: readonly CallRun[]): number {
  return runs.reduce((sum, run) => sum + run.count * Buffer.byteLength(rowOf(data, run, 0)), HEADER.length);
}

const ROWS_A_CHUNK = 1000;

/** The file's CSV in chunks: a busy day has more rows than a string should hold. */
export function* logFileChunks(data: OrgData, file: EventLogFile): Generator<string> {
  yield HEADER;
  for (const run of file.runs) {
    for (let start = 0; start < run.count; start += ROWS_A_CHUNK) {
      let chunk = "";
      for (let number = start; number < Math.min(run.count, start + ROWS_A_CHUNK); number++) chunk += rowOf(data, run, number);
      yield chunk;
    }
  }
}
