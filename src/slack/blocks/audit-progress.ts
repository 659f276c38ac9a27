import { DRIFT } from "../../health/drift.ts";
import type { AuditReport } from "../../health/report.ts";
import { ENGLISH, type Language } from "../../language/language.ts";
import { driftLine, kindText } from "./audit-wording.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, confirmDialog, context, header, section } from "./parts.ts";
import { requestState } from "./request-states.ts";
import { count, crmText, date, duration, list, person, plural } from "./text.ts";

function auditState(t: Language, state: AuditReport["state"]): string {
  return state === "verifying" ? t.say("looking again at what differs") : requestState(t, state);
}

const SYSTEMS = { hubspot: "HubSpot", salesforce: "Salesforce" } as const;

/** The one message of an audit: how far it is, and in the end what it found, by kind with the first records of each. */
export function auditProgress(audit: AuditReport): Message {
  return audit.finishedAt === null ? atWork(audit) : auditOutcome(audit);
}

function atWork(audit: AuditReport): Message {
  const figures = progressFigures(audit);
  return composeMessage({
    text: `${crmText(audit.connection, 100)}: the audit is ${auditState(ENGLISH, audit.state)}: ${figures}. Requested by ${requester(audit)}.`,
    head: [
      header(`${audit.connection}: the audit is ${auditState(ENGLISH, audit.state)}`),
      section(
        [
          `Requested by ${requester(audit)} ${date(ENGLISH, audit.requestedAt)}.`,
          `*${figures}*`,
          ...(audit.pause === null ? [] : [`*It waits:* ${crmText(audit.pause, 400)}`]),
        ].join("\n"),
      ),
      ...(audit.found.length === 0 ? [] : [section(["*Found so far*", ...kindLines(audit)].join("\n"))]),
      context(callsText(audit)),
    ],
    tail: actions(
      button(
        "cancel-audit",
        "Cancel",
        { requestId: audit.requestId },
        {
          confirm: confirmDialog(
            ENGLISH,
            "Cancel the audit?",
            "What it has confirmed so far is kept; the rest isn't looked at.",
            "Cancel the audit",
          ),
        },
      ),
    ),
  });
}

/** What an audit found, with a page of examples and the way to all of them. */
export function auditOutcome(audit: AuditReport): Message {
  const total = audit.found.reduce((sum, { found }) => sum + found, 0);
  const lasted = audit.finishedAt === null ? "" : ` after ${duration(audit.finishedAt.getTime() - audit.requestedAt.getTime())}`;
  const result = total === 0 ? "no drift found" : `drift found ${plural(total, "time")}`;
  const mark = total === 0 ? ":large_green_circle:" : ":large_yellow_circle:";
  const over = audit.state === "done" ? "" : ` ${auditState(ENGLISH, audit.state)};`;
  const isKept = audit.examples.length > 0;
  return composeMessage({
    text: `${crmText(audit.connection, 100)}: audit${over || ":"} ${crmText(audit.outcome ?? result, 1_500)}`,
    head: [
      header(`${mark} ${audit.connection}: audit${over || ":"} ${result}`),
      section(
        `${crmText(audit.outcome ?? "", 1_500)}\nRequested by ${requester(audit)} ${date(ENGLISH, audit.requestedAt)}${lasted}.`,
      ),
      ...unreadLines(audit),
    ],
    items: isKept ? audit.found.map((one) => kindBlocks(audit, one)) : [],
    more: (hidden) => [context(`… and ${plural(hidden, "more kind")}: _All findings_ below.`)],
    tail: [
      context(`${readText(audit)}. ${leftText(audit)} ${callsText(audit)}`),
      ...actions(total > 0 && isKept ? button("audit", "All findings", { requestId: audit.requestId, offset: 0 }) : null),
    ],
  });
}

function kindBlocks(audit: AuditReport, { kind, found, fresh }: AuditReport["found"][number]): readonly MessageBlock[] {
  const examples = audit.examples.filter((example) => example.kind === kind);
  const more = found - examples.length;
  return [
    section(
      [
        kindText(kind, found, audit.hasEarlier ? fresh : null),
        `${DRIFT[kind].meaning} _What to do:_ ${DRIFT[kind].advice}`,
        ...examples.map((example) => `• ${driftLine(audit.links, example).replaceAll("\n", "\n   ")}`),
      ].join("\n"),
    ),
    ...(more > 0
      ? actions(
          button("audit", `… and ${count(more)} more`, { requestId: audit.requestId, kind, offset: 0 }, { variant: "kind" }),
        )
      : []),
  ];
}

function kindLines({ found, hasEarlier }: AuditReport): readonly string[] {
  return found.map(({ kind, found: records, fresh }) => `• ${kindText(kind, records, hasEarlier ? fresh : null)}`);
}

function progressFigures({ at, read }: AuditReport): string {
  if (at === null) return "nothing read yet";
  if (at.doing === "verifying")
    return `${count(at.looked)} of ${plural(at.candidates, "record")} that may have drifted looked at again`;
  const done = read
    .filter(({ records }) => records > 0)
    .map(({ system, object, records, expected }) => {
      const of = expected === null || expected < records ? "" : ` of ${count(expected)}`;
      return `${count(records)}${of} ${object} in ${SYSTEMS[system]}`;
    });
  const figures = done.length === 0 ? "" : `${list(done)} read; `;
  return at.doing === "comparing" ? `${figures}comparing them` : `${figures}reading ${at.object} in ${SYSTEMS[at.system]}`;
}

function readText({ read }: AuditReport): string {
  return `Read: ${list(read.map(({ system, object, records }) => `${count(records)} ${object} in ${SYSTEMS[system]}`))}`;
}

/** What differs and is no drift, so that nobody wonders where it went. */
function leftText({ left }: AuditReport): string {
  const parts = [
    ...(left.byRule > 0 ? [`${plural(left.byRule, "record")} whose sync rule lets values differ`] : []),
    ...(left.inError > 0 ? [`${count(left.inError)} that an open sync error explains`] : []),
    ...(left.waiting > 0 ? [`${count(left.waiting)} changed just now`] : []),
  ];
  return parts.length === 0 ? "" : `Not counted: ${list(parts)}.`;
}

function unreadLines({ unread }: AuditReport): readonly MessageBlock[] {
  if (unread.length === 0) return [];
  const lines = unread.map(({ object, why }) => `• ${crmText(object, 40)}: ${crmText(why, 300)}`);
  return [section(["*Could not be read, and is not in this audit*", ...lines].join("\n"))];
}

function callsText({ calls }: AuditReport): string {
  return `API calls: ${count(calls.salesforce)} Salesforce, ${count(calls.hubspot)} HubSpot.`;
}

/** The nightly one is asked for by the configuration. */
function requester({ requestedBy }: AuditReport): string {
  return requestedBy === "configuration" ? "the schedule" : person(requestedBy);
}
