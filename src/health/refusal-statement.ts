import { type Sentence, sentence } from "../language/sentence.ts";
import { SYSTEM_NAMES } from "../records/record.ts";
import { nameOf } from "./catalogue-entry.ts";
import type { Refusal } from "./refusal.ts";

/** That a system refused, with the code as it was sent, as evidence: without a full stop. */
export function refusalStatement(refusal: Refusal): Sentence {
  const { system, code, httpStatus } = refusal;
  const status = nameOf(httpStatus?.toString());
  return (
    noAnswer(refusal) ??
    (system === "salesforce"
      ? sentence("Salesforce answered {code}{status, select, unnamed {} other { (HTTP {status})}} to the integration user", {
          code,
          status,
        })
      : sentence("HubSpot answered {code}{status, select, unnamed {} other { (HTTP {status})}}", { code, status }))
  );
}

/** The same with the system's own words, as they were sent but for the full stop. */
export function refusalAnswer(refusal: Refusal): Sentence {
  const { system, code, message: words } = refusal;
  const message = words.replace(/\.\s*$/, "");
  return (
    noAnswer(refusal) ??
    (system === "salesforce"
      ? sentence("Salesforce answered {code} to the integration user: {message}", { code, message })
      : sentence("HubSpot answered {code}: {message}", { code, message }))
  );
}

function noAnswer({ system: of, code, message, peer }: Refusal): Sentence | null {
  const system = SYSTEM_NAMES[of];
  if (code === "TIMED_OUT") return sentence("{system} did not answer in time", { system });
  if (code !== "UNREACHABLE") return null;
  return peer === undefined
    ? sentence("{system} could not be reached: {message}", { system, message: message.replace(/\.\s*$/, "") })
    : sentence("{system} could not be reached: no connection to {peer}", { system, peer });
}
