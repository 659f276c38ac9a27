import type { ConnectionReport, SuspensionReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { suspensionLabel } from "./catalogue.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, context, section } from "./parts.ts";
import { clearButton, suspensionAlert } from "./suspension-alert.ts";
import { crmText, date, plural } from "./text.ts";

export interface ConnectionSuspension {
  readonly report: ConnectionReport;
  /** The open suspension, else the newest one. */
  readonly suspension: SuspensionReport | null;
}

/** Whether each connection is suspended: the open suspension in full, or that there is none and how the last one ended. */
export function suspensionOverview(found: readonly ConnectionSuspension[]): Message {
  const messages = found.map(({ report, suspension }) =>
    suspension !== null && suspension.state !== "closed" ? suspensionAlert(suspension) : notSuspended(report, suspension),
  );
  return composeMessage({
    text: messages.map((message) => message.text).join(" "),
    head: [],
    items: messages.map((message) => message.blocks),
    more: (hidden) => [
      context(`… and ${plural(hidden, "more connection")}: \`/sync suspension\` with a connection's name shows it.`),
    ],
  });
}

function notSuspended(report: ConnectionReport, last: SuspensionReport | null): Message {
  const name = crmText(report.connection, 100);
  const now =
    report.asOf === null
      ? `${name}: not looked at yet, so it is not known whether the sync is suspended.`
      : `${name}: no suspension is known as of ${date(ENGLISH, report.asOf)}.`;
  const before = last === null ? "" : ` The last one was: ${suspensionAlert(last).text}`;
  return composeMessage({ text: `${now}${before}`, head: [section(`${now}${before}`)] });
}

/** What a clear would do, with the button that starts it. */
export function clearPreview(suspension: SuspensionReport): Message {
  const text =
    `${crmText(suspension.connection, 100)} is suspended since ${date(ENGLISH, suspension.openedAt)} (${suspensionLabel(suspension.kind)}). ` +
    "A clear tests the cause again, touches one waiting record and watches the sync move and its backlog shrink.";
  return composeMessage({ text, head: [section(text)], tail: actions(clearButton(suspension)) });
}
