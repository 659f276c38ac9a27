import type { ConnectionReport, SuspensionReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { suspensionLabel } from "./catalogue.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, context, section } from "./parts.ts";
import { clearButton, suspensionAlert } from "./suspension-alert.ts";
import { crmText, date } from "./text.ts";

export interface ConnectionSuspension {
  readonly report: ConnectionReport;
  /** The open suspension, else the newest one. */
  readonly suspension: SuspensionReport | null;
}

/** Whether each connection is suspended: the open suspension in full, or that there is none and how the last one ended. */
export function suspensionOverview(t: Language, found: readonly ConnectionSuspension[]): Message {
  const messages = found.map(({ report, suspension }) =>
    suspension !== null && suspension.state !== "closed" ? suspensionAlert(t, suspension) : notSuspended(t, report, suspension),
  );
  return composeMessage({
    text: messages.map((message) => message.text).join(" "),
    head: [],
    items: messages.map((message) => message.blocks),
    more: (hidden) => [
      context(
        t.say(
          "… and {hidden, plural, one {# more connection} other {# more connections}}: `/sync suspension` with a connection's name shows it.",
          { hidden },
        ),
      ),
    ],
  });
}

function notSuspended(t: Language, { connection, asOf }: ConnectionReport, last: SuspensionReport | null): Message {
  const name = crmText(connection, 100);
  const text = [
    asOf === null
      ? t.say("{connection}: not looked at yet, so it is not known whether the sync is suspended.", { connection: name })
      : t.say("{connection}: no suspension is known as of {date}.", { connection: name, date: date(t, asOf) }),
    ...(last === null ? [] : [t.say("The last one was: {suspension}", { suspension: suspensionAlert(t, last).text })]),
  ].join(" ");
  return composeMessage({ text, head: [section(text)] });
}

/** What a clear would do, with the button that starts it. */
export function clearPreview(t: Language, suspension: SuspensionReport): Message {
  const text = t.say(
    "{connection} is suspended since {date} ({cause}). A clear tests the cause again, touches one waiting record and watches the sync move and its backlog shrink.",
    {
      connection: crmText(suspension.connection, 100),
      date: date(t, suspension.openedAt),
      cause: suspensionLabel(t, suspension.kind),
    },
  );
  return composeMessage({ text, head: [section(text)], tail: actions(clearButton(t, suspension)) });
}
