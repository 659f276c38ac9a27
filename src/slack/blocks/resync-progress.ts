import type { ResyncReport } from "../../health/report.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, header, section } from "./parts.ts";
import { REQUEST_STATES } from "./request-states.ts";
import { count, crmText, date, duration, person, plural } from "./text.ts";

const WAYS = {
  touch: "by touching a mapped property of each record, so that the native sync takes it up",
  write: "by writing the mapped values",
} as const satisfies Record<ResyncReport["strategy"], string>;

/** The one message of a resync: how far it is, and in the end what came of each record. */
export function resyncProgress(resync: ResyncReport): Message {
  const running = resync.state === "requested" || resync.state === "running" || resync.state === "verifying";
  const target = crmText(resync.target, 200);
  const lasted =
    resync.finishedAt === null ? "" : ` after ${duration(resync.finishedAt.getTime() - resync.requestedAt.getTime())}`;
  return composeMessage({
    text:
      `${crmText(resync.connection, 100)}: the resync of ${target} ${REQUEST_STATES[resync.state]}${lasted}: ` +
      `${progressFigures(resync)}. Requested by ${person(resync.requestedBy)}.`,
    head: [
      header(`${resync.connection}: resync of ${resync.target} ${REQUEST_STATES[resync.state]}`),
      section(
        [
          `Requested by ${person(resync.requestedBy)} ${date(resync.requestedAt)}, ${WAYS[resync.strategy]}.`,
          `*${progressFigures(resync)}*${lasted}`,
          ...(resync.pause === null ? [] : [`*It waits:* ${crmText(resync.pause, 300)}`]),
          ...(resync.outcome === null ? [] : [crmText(resync.outcome, 600)]),
        ].join("\n"),
      ),
      ...reasons(resync),
    ],
    tail: running
      ? actions(
          button(
            "cancel-resync",
            "Cancel",
            { requestId: resync.requestId },
            {
              confirm: confirmDialog(
                "Cancel the resync?",
                "Records not sent yet are left alone; those sent stay sent.",
                "Cancel the resync",
              ),
            },
          ),
        )
      : [],
  });
}

function progressFigures(resync: ResyncReport): string {
  return [
    `${count(resync.sent)} of ${count(resync.total)} sent`,
    ...(resync.synced > 0 || resync.state === "done" ? [`${count(resync.synced)} verified as synced`] : []),
    ...(resync.failing > 0 ? [`${count(resync.failing)} still failing`] : []),
    ...(resync.changed > 0 ? [`${count(resync.changed)} changed by people since`] : []),
    ...(resync.skipped > 0 ? [`${count(resync.skipped)} skipped`] : []),
    ...(resync.gone > 0 ? [`${count(resync.gone)} gone`] : []),
  ].join(", ");
}

function reasons(resync: ResyncReport) {
  if (resync.reasons.length === 0) return [];
  const lines = resync.reasons
    .slice(0, 5)
    .map(({ reason, records }) => `• ${plural(records, "record")}: ${crmText(reason, 400)}`);
  const more = resync.reasons.length > 5 ? [`… and ${plural(resync.reasons.length - 5, "more reason")}`] : [];
  return [section(["*Why records are not synced*", ...lines, ...more].join("\n"))];
}
