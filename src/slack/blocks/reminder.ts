import type { SuspensionReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { suspensionLabel } from "./catalogue.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, linkButton, section } from "./parts.ts";
import { clearButton, suspensionAlert } from "./suspension-alert.ts";
import { crmText, date, person } from "./text.ts";

/** Tells another channel of a suspension that nobody looks after, as it stands now; it pings nobody. */
export function reminderMessage(t: Language, suspension: SuspensionReport): Message {
  if (suspension.state === "closed") {
    const text = t.say("This is over. {state}", { state: suspensionAlert(t, suspension).text });
    return composeMessage({ text, head: [section(`:large_green_circle: ${text}`)] });
  }
  const said = {
    connection: crmText(suspension.connection, 100),
    since: date(t, suspension.openedAt),
    label: suspensionLabel(t, suspension.kind),
  };
  if (suspension.acknowledgedBy !== null) {
    const by = person(suspension.acknowledgedBy);
    const text = t.say("{by} looks after it: the sync of {connection} is suspended since {since} ({label}).", { ...said, by });
    return composeMessage({ text, head: [section(`:red_circle: ${text}`)] });
  }
  const text = t.say("Nobody has acknowledged that the sync of {connection} is suspended since {since} ({label}).", said);
  return composeMessage({
    text,
    head: [section(`:red_circle: ${text}`)],
    tail: actions(
      button("acknowledge", t.say("Acknowledge"), { suspensionId: suspension.id }),
      clearButton(t, suspension),
      linkButton("hubspot", t.say("Open in HubSpot"), suspension.links.syncHealth),
    ),
  });
}
