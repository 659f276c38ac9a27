import type { Language } from "../../language/language.ts";
import type { Problem } from "../../monitor/announcements/announcement.ts";
import { SYSTEM_NAMES } from "../../records/record.ts";
import { composeMessage, type Message } from "./message.ts";
import { section } from "./parts.ts";
import { crmText, date } from "./text.ts";
import { statementText } from "./wording.ts";

const SYSTEMS = {
  "hubspot-unreachable": "hubspot",
  "hubspot-recovered": "hubspot",
  "salesforce-unreachable": "salesforce",
  "salesforce-recovered": "salesforce",
} as const;

/** What keeps the bot itself from working, and what to do; or that it is over. */
export function problemMessage(t: Language, name: string, problem: Problem): Message {
  const connection = crmText(name, 100);
  const at = date(t, new Date(problem.at));
  switch (problem.about) {
    case "hubspot-recovered":
    case "salesforce-recovered": {
      const system = SYSTEM_NAMES[SYSTEMS[problem.about]];
      const text = t.say("{connection}: {system} answers again since {at}; what I show is current.", { connection, system, at });
      return composeMessage({ text, head: [section(`:large_green_circle: ${text}`)] });
    }
    case "job-abandoned": {
      const text = t.say("{connection}: I gave up on the job {job} {at}: {statement}", {
        connection,
        job: crmText(problem.job, 80),
        at,
        statement: crmText(t.render(problem.statement), 900),
      });
      return composeMessage({ text, head: [section(`:white_circle: ${text}`)] });
    }
    case "hubspot-unreachable":
    case "salesforce-unreachable": {
      const text = t.say("{connection}: I can't look into {system} since {at}, so the state is not known: {statement}.", {
        connection,
        system: SYSTEM_NAMES[SYSTEMS[problem.about]],
        at,
        statement: statementText(t, problem, 900),
      });
      const instruction = crmText(t.render(problem.instruction), 900);
      return composeMessage({
        text: `${text} ${instruction}`,
        head: [section(`:white_circle: ${text}`), section(t.say("*What to do* {instruction}", { instruction }))],
      });
    }
  }
}
