import type { Answer } from "./answer.ts";
import { crmText } from "./blocks/text.ts";
import type { SlackContext } from "./context.ts";
import { logCsv } from "./csv/log.ts";
import { sendCsv } from "./send-csv.ts";

/** Sends the whole action log to who asks for it, as CSV. */
export async function sendLog(
  context: Pick<SlackContext, "monitor" | "slack" | "clock" | "logger">,
  userId: string,
  connection: string | null,
): Promise<Answer> {
  const of = connection === null ? "" : ` for ${crmText(connection, 100)}`;
  const name = `syncwarden-log-${context.clock.now().toISOString().slice(0, 10)}.csv`;
  const { answer } = await sendCsv(context, userId, {
    file: { name, title: `Action log${of}`, comment: `The action log${of}, as you asked. Times are UTC.` },
    content: logCsv(context.monitor.wholeActionLog(connection)),
    sent: "The log is in your direct messages with me, as a CSV file: a file in a channel would be everybody's.",
  });
  return answer;
}
