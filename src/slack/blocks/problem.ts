import { ENGLISH } from "../../language/language.ts";
import type { Problem } from "../../monitor/announcements/announcement.ts";
import { composeMessage, type Message } from "./message.ts";
import { section } from "./parts.ts";
import { crmText, date } from "./text.ts";

const SYSTEMS = {
  "hubspot-unreachable": "HubSpot",
  "hubspot-recovered": "HubSpot",
  "salesforce-unreachable": "Salesforce",
  "salesforce-recovered": "Salesforce",
} as const;

/** What keeps the bot itself from working, and what to do; or that it is over. */
export function problemMessage(connection: string, problem: Problem): Message {
  const name = crmText(connection, 100);
  const at = date(ENGLISH, new Date(problem.at));
  switch (problem.about) {
    case "hubspot-recovered":
    case "salesforce-recovered": {
      const text = `${name}: ${SYSTEMS[problem.about]} answers again since ${at}; what I show is current.`;
      return composeMessage({ text, head: [section(`:large_green_circle: ${text}`)] });
    }
    case "job-abandoned": {
      const text = `${name}: I gave up on the job ${crmText(problem.job, 80)} ${at}: ${crmText(problem.statement, 900)}`;
      return composeMessage({ text, head: [section(`:white_circle: ${text}`)] });
    }
    case "hubspot-unreachable":
    case "salesforce-unreachable": {
      const text = `${name}: I can't look into ${SYSTEMS[problem.about]} since ${at}, so the state is not known: ${crmText(problem.statement.replace(/[.]$/, ""), 900)}.`;
      return composeMessage({
        text: `${text} ${crmText(problem.instruction, 600)}`,
        head: [section(`:white_circle: ${text}`), section(`*What to do* ${crmText(problem.instruction, 900)}`)],
      });
    }
  }
}
