import { DRIFT } from "../../health/drift.ts";
import type { AuditReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { SYSTEM_NAMES } from "../../records/record.ts";
import { driftLine, kindAdvice, kindText, objectCount } from "./audit-wording.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, confirmDialog, context, header, section } from "./parts.ts";
import { requestState, tookText } from "./request-states.ts";
import { crmText, date, person } from "./text.ts";

function auditState(t: Language, state: AuditReport["state"]): string {
  return state === "verifying" ? t.say("looking again at what differs") : requestState(t, state);
}

/** The one message of an audit: how far it is, and in the end what it found, by kind with the first records of each. */
export function auditProgress(t: Language, audit: AuditReport): Message {
  return audit.finishedAt === null ? atWork(t, audit) : auditOutcome(t, audit);
}

function atWork(t: Language, audit: AuditReport): Message {
  const figures = progressFigures(t, audit);
  const state = auditState(t, audit.state);
  const requested = requestedText(t, audit);
  return composeMessage({
    text: [
      t.say("{connection}: the audit is {state}: {figures}.", { connection: crmText(audit.connection, 100), state, figures }),
      requested,
    ].join(" "),
    head: [
      header(t.say("{connection}: the audit is {state}", { connection: audit.connection, state })),
      section(
        [
          requested,
          `*${figures}*`,
          ...(audit.pause === null ? [] : [t.say("*It waits:* {reason}", { reason: crmText(t.render(audit.pause), 400) })]),
        ].join("\n"),
      ),
      ...(audit.found.length === 0 ? [] : [section([t.say("*Found so far*"), ...kindLines(t, audit)].join("\n"))]),
      context(callsText(t, audit)),
    ],
    tail: actions(cancelButton(t, audit)),
  });
}

function cancelButton(t: Language, { requestId }: AuditReport) {
  const confirm = confirmDialog(
    t,
    t.say("Cancel the audit?"),
    t.say("What it has confirmed so far is kept; the rest isn't looked at."),
    t.say("Cancel the audit"),
  );
  return button("cancel-audit", t.say("Cancel"), { requestId }, { confirm, accessibilityLabel: t.say("Cancel the audit") });
}

/** What an audit found, with a page of examples and the way to all of them. */
export function auditOutcome(t: Language, audit: AuditReport): Message {
  const times = audit.found.reduce((sum, { found }) => sum + found, 0);
  const result =
    times === 0
      ? t.say("no drift found")
      : t.say("{times, plural, one {drift found once} other {drift found # times}}", { times });
  const mark = times === 0 ? ":large_green_circle:" : ":large_yellow_circle:";
  const outcome = audit.outcome === null ? result : crmText(t.render(audit.outcome), 1_500);
  const isKept = audit.examples.length > 0;
  const all = t.say("All findings");
  return composeMessage({
    text: headline(t, audit, crmText(audit.connection, 100), outcome),
    head: [
      header(`${mark} ${headline(t, audit, audit.connection, result)}`),
      section([outcome, [requestedText(t, audit), ...tookText(t, audit)].join(" ")].join("\n")),
      ...unreadLines(t, audit),
    ],
    items: isKept ? audit.found.map((one) => kindBlocks(t, audit, one)) : [],
    more: (hidden) => [
      context(
        t.say("… and {hidden, plural, one {# more kind} other {# more kinds}}: _{button}_ below shows them.", {
          hidden,
          button: all,
        }),
      ),
    ],
    tail: [
      context([readText(t, audit), ...leftText(t, audit), callsText(t, audit)].join(" ")),
      ...actions(
        times > 0 && isKept
          ? button(
              "audit",
              all,
              { requestId: audit.requestId, offset: 0 },
              { accessibilityLabel: t.say("All findings of this audit") },
            )
          : null,
      ),
    ],
  });
}

function headline(t: Language, audit: AuditReport, connection: string, result: string): string {
  return audit.state === "done"
    ? t.say("{connection}: audit: {result}", { connection, result })
    : t.say("{connection}: audit {state}; {result}", { connection, state: auditState(t, audit.state), result });
}

function kindBlocks(
  t: Language,
  audit: AuditReport,
  { kind, found, fresh }: AuditReport["found"][number],
): readonly MessageBlock[] {
  const examples = audit.examples.filter((example) => example.kind === kind);
  const more = found - examples.length;
  return [
    section(
      [
        kindText(t, kind, found, audit.hasEarlier ? fresh : null),
        kindAdvice(t, kind),
        ...examples.map((example) => `• ${driftLine(t, audit.links, example).replaceAll("\n", "\n   ")}`),
      ].join("\n"),
    ),
    ...(more > 0
      ? actions(
          button(
            "audit",
            t.say("… and {more, number} more", { more }),
            { requestId: audit.requestId, kind, offset: 0 },
            { variant: "kind", accessibilityLabel: t.say("All of: {kind}", { kind: t.render(DRIFT[kind].label) }) },
          ),
        )
      : []),
  ];
}

function kindLines(t: Language, { found, hasEarlier }: AuditReport): readonly string[] {
  return found.map(({ kind, found: records, fresh }) => `• ${kindText(t, kind, records, hasEarlier ? fresh : null)}`);
}

function progressFigures(t: Language, { at, read }: AuditReport): string {
  if (at === null) return t.say("nothing read yet");
  if (at.doing === "verifying") {
    return t.say(
      "{looked, number} of {candidates, plural, one {# record that may have drifted} other {# records that may have drifted}} looked at again",
      { looked: at.looked, candidates: at.candidates },
    );
  }
  const done = read.filter(({ records }) => records > 0).map((one) => readFigure(t, one));
  const doing = doingText(t, at);
  return done.length === 0 ? doing : t.say("{records} read; {doing}", { records: t.list(done), doing });
}

function readFigure(t: Language, { system, object, records, expected }: AuditReport["read"][number]): string {
  const name = SYSTEM_NAMES[system];
  if (expected === null || expected < records) {
    return t.say("{records} in {system}", { records: objectCount(t, records, object), system: name });
  }
  return t.say("{records, number} of {expected} in {system}", {
    records,
    expected: objectCount(t, expected, object),
    system: name,
  });
}

function doingText(t: Language, at: Exclude<AuditReport["at"], null | { doing: "verifying" }>): string {
  if (at.doing === "comparing") return t.say("comparing them");
  if (at.doing === "reading-members") return t.say("reading the inclusion list in HubSpot");
  const { object } = at;
  return at.system === "salesforce"
    ? t.say("reading {object} in Salesforce", { object: crmText(object, 40) })
    : t.say(
        "{object, select, contacts {reading contacts in HubSpot} companies {reading companies in HubSpot} other {reading deals in HubSpot}}",
        { object },
      );
}

function readText(t: Language, { read }: AuditReport): string {
  const records = read.map((one) => readFigure(t, { ...one, expected: null }));
  return t.say("Read: {records}.", { records: t.list(records) });
}

/** What differs and is no drift, so that nobody wonders where it went. */
function leftText(t: Language, { left }: AuditReport): readonly string[] {
  const { byRule, inError, waiting } = left;
  const parts = [
    ...(byRule > 0
      ? [
          t.say(
            "{records, plural, one {# record whose sync rule lets values differ} other {# records whose sync rule lets values differ}}",
            { records: byRule },
          ),
        ]
      : []),
    ...(inError > 0 ? [t.say("{records, number} that an open sync error explains", { records: inError })] : []),
    ...(waiting > 0 ? [t.say("{records, number} changed just now", { records: waiting })] : []),
  ];
  return parts.length === 0 ? [] : [t.say("Not counted: {records}.", { records: t.list(parts) })];
}

function unreadLines(t: Language, { unread }: AuditReport): readonly MessageBlock[] {
  if (unread.length === 0) return [];
  const lines = unread.map(({ object, why }) => `• ${crmText(object, 40)}: ${crmText(t.render(why), 300)}`);
  return [section([t.say("*Could not be read, and is not in this audit*"), ...lines].join("\n"))];
}

function callsText(t: Language, { calls }: AuditReport): string {
  return t.say("API calls: {salesforce, number} Salesforce, {hubspot, number} HubSpot.", calls);
}

/** The nightly one is asked for by the configuration. */
function requestedText(t: Language, { requestedBy, requestedAt }: AuditReport): string {
  const at = date(t, requestedAt);
  return requestedBy === "configuration"
    ? t.say("Begun by the schedule {date}.", { date: at })
    : t.say("Requested by {person} {date}.", { person: person(requestedBy), date: at });
}
