import type { OrgData } from "../org-data.ts";

/** GET /limits: those that an integration looks at, with the numbers of an Enterprise org for the rest. */
export function limitsBody(data: OrgData): Record<string, { Max: number; Remaining: number }> {
  const { apiRequests, dataStorageMb, fileStorageMb } = data.state;
  const unused = (max: number) => ({ Max: max, Remaining: max });
  return {
    ConcurrentAsyncGetReportInstances: unused(200),
    DailyApiRequests: { Max: apiRequests.max, Remaining: Math.max(0, apiRequests.max - apiRequests.used) },
    DailyAsyncApexExecutions: unused(250_000),
    DailyBulkApiBatches: unused(15_000),
    DailyBulkV2QueryJobs: unused(10_000),
    DailyStreamingApiEvents: unused(1_000_000),
    DataStorageMB: { Max: dataStorageMb.max, Remaining: dataStorageMb.remaining },
    FileStorageMB: { Max: fileStorageMb.max, Remaining: fileStorageMb.remaining },
    HourlyPublishedPlatformEvents: unused(250_000),
    MassEmail: unused(5000),
    SingleEmail: unused(5000),
  };
}
