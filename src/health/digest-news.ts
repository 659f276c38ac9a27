import type { DigestReport } from "./report.ts";

/** Whether a digest has anything to report: something is wrong for the channel, or came, grew, went or stopped in its time. */
export function hasNews(digest: DigestReport): boolean {
  const { report } = digest;
  return (
    report.state === "unknown" ||
    report.suspension !== null ||
    report.problem !== null ||
    report.warnings.length > 0 ||
    digest.suspensions.length > 0 ||
    digest.top.length > 0 ||
    digest.appeared.total + digest.grown.total + digest.resolved.total > 0
  );
}
