import { type Answer, say } from "./answer.ts";
import { crmText } from "./blocks/text.ts";
import type { SlackContext } from "./context.ts";
import { logCsv } from "./csv/log.ts";
import { explainSlackFailure } from "./failure.ts";
import { shareWithPerson } from "./share-file.ts";

/** Sends the whole action log to who asks for it, as CSV. */
export async function sendLog(
  { monitor, slack, clock, logger }: Pick<SlackContext, "monitor" | "slack" | "clock" | "logger">,
  userId: string,
  connection: string | null,
): Promise<Answer> {
  const of = connection === null ? "" : ` for ${crmText(connection, 100)}`;
  const name = `syncwarden-log-${clock.now().toISOString().slice(0, 10)}.csv`;
  const file = { name, title: `Action log${of}`, comment: `The action log${of}, as you asked. Times are UTC.` };
  try {
    await shareWithPerson(slack, userId, file, logCsv(monitor.wholeActionLog(connection)));
  } catch (error) {
    const { code, statement } = explainSlackFailure(error);
    logger.warn({ code }, "The action log could not be sent");
    return say(`The file could not be sent. ${statement}`);
  }
  return say("The log is in your direct messages with me, as a CSV file: a file in a channel would be everybody's.");
}
