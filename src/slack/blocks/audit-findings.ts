import { DRIFT, type DriftKind } from "../../health/drift.ts";
import type { AuditReport, DriftReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import type { Page } from "../../monitor/monitor.ts";
import { driftLine, kindAdvice } from "./audit-wording.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { crmText, date } from "./text.ts";

export const FINDINGS_PER_PAGE = 10;

/** A page of what an audit found, of one kind or all. */
export function auditFindings(t: Language, audit: AuditReport, kind: DriftKind | null, page: Page<DriftReport>): Message {
  const what = kind === null ? t.say("all findings") : t.render(DRIFT[kind].label);
  if (page.items.length === 0) {
    const text = t.say(
      "The findings of this audit are no longer kept: a later audit has taken its place. `{command}` shows that one.",
      { command: `/sync audit last ${crmText(audit.connection, 80)}` },
    );
    return composeMessage({ text, head: [section(text)] });
  }
  const last = page.offset + page.items.length;
  const range = t.say("{first, number} to {last, number} of {total, number}", {
    first: page.offset + 1,
    last,
    total: page.total,
  });
  const paged = (offset: number) => ({ requestId: audit.requestId, ...(kind === null ? {} : { kind }), offset });
  const more = page.total - last;
  return composeMessage({
    text: t.say("{connection}, audit: {what}, {range}.", { connection: crmText(audit.connection, 100), what, range }),
    head: [
      header(t.say("{connection}, audit: {what}", { connection: audit.connection, what })),
      section([rangeText(t, range, audit.finishedAt), ...(kind === null ? [] : [kindAdvice(t, kind)])].join(" ")),
    ],
    items: page.items.map((finding, index) => [
      ...titleOf(t, kind, finding, page.items[index - 1]),
      section(driftLine(t, audit.links, finding)),
    ]),
    more: (hidden) => [context(t.say("… and {hidden, number} more on this page that don't fit in one message.", { hidden }))],
    tail: actions(
      page.offset > 0
        ? button("audit", t.say("Previous"), paged(Math.max(0, page.offset - FINDINGS_PER_PAGE)), {
            variant: "previous",
            accessibilityLabel: t.say("Previous findings"),
          })
        : null,
      more > 0
        ? button("audit", t.say("… and {more, number} more", { more }), paged(last), {
            accessibilityLabel: t.say("{more, plural, one {# more finding} other {# more findings}}", { more }),
          })
        : null,
    ),
  });
}

function rangeText(t: Language, range: string, at: Date | null): string {
  return at === null ? t.say("{range}.", { range }) : t.say("{range}, audit of {date}.", { range, date: date(t, at) });
}

/** Where all kinds are shown, each stands under its name. */
function titleOf(
  t: Language,
  kind: DriftKind | null,
  finding: DriftReport,
  before: DriftReport | undefined,
): readonly MessageBlock[] {
  return kind === null && finding.kind !== before?.kind ? [section(`*${t.render(DRIFT[finding.kind].label)}*`)] : [];
}
