import { DRIFT, type DriftKind } from "../../health/drift.ts";
import type { AuditReport, DriftReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import type { Page } from "../../monitor/monitor.ts";
import { driftLine } from "./audit-wording.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { count, crmText, date } from "./text.ts";

export const FINDINGS_PER_PAGE = 10;

/** A page of what an audit found, of one kind or all. */
export function auditFindings(audit: AuditReport, kind: DriftKind | null, page: Page<DriftReport>): Message {
  const what = kind === null ? "all findings" : DRIFT[kind].label;
  const at = audit.finishedAt === null ? "" : ` of ${date(ENGLISH, audit.finishedAt)}`;
  if (page.items.length === 0) {
    const text = `The findings of this audit are no longer kept: a later audit has taken its place. \`/sync audit last ${crmText(audit.connection, 80)}\` shows that one.`;
    return composeMessage({ text, head: [section(text)] });
  }
  const last = page.offset + page.items.length;
  const range = `${count(page.offset + 1)} to ${count(last)} of ${count(page.total)}`;
  const paged = (offset: number) => ({ requestId: audit.requestId, ...(kind === null ? {} : { kind }), offset });
  return composeMessage({
    text: `${crmText(audit.connection, 100)}, audit${at}: ${what}, ${range}.`,
    head: [
      header(`${audit.connection}, audit: ${what}`),
      section(`${range}, audit${at}.${kind === null ? "" : ` ${DRIFT[kind].meaning} _What to do:_ ${DRIFT[kind].advice}`}`),
    ],
    items: page.items.map((finding, index) => [
      ...titleOf(kind, finding, page.items[index - 1]),
      section(driftLine(audit.links, finding)),
    ]),
    more: (hidden) => [context(`… and ${count(hidden)} more on this page that don't fit in one message.`)],
    tail: actions(
      page.offset > 0
        ? button("audit", "Previous", paged(Math.max(0, page.offset - FINDINGS_PER_PAGE)), { variant: "previous" })
        : null,
      last < page.total ? button("audit", `… and ${count(page.total - last)} more`, paged(last)) : null,
    ),
  });
}

/** Where all kinds are shown, each stands under its name. */
function titleOf(kind: DriftKind | null, finding: DriftReport, before: DriftReport | undefined): readonly MessageBlock[] {
  return kind === null && finding.kind !== before?.kind ? [section(`*${DRIFT[finding.kind].label}*`)] : [];
}
