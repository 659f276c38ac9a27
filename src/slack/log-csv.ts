import type { Language } from "../language/language.ts";
import type { Answer } from "./answer.ts";
import { crmText } from "./blocks/text.ts";
import type { SlackContext } from "./context.ts";
import { logCsv } from "./csv/log.ts";
import { sendCsv } from "./send-csv.ts";

/** Sends the whole action log to who asks for it, as CSV. */
export async function sendLog(
  context: Pick<SlackContext, "monitor" | "slack" | "clock" | "logger" | "t">,
  userId: string,
  connection: string | null,
): Promise<Answer> {
  const { t, clock, monitor } = context;
  const name = `syncwarden-log-${clock.now().toISOString().slice(0, 10)}.csv`;
  const { answer } = await sendCsv(context, userId, {
    file: { name, ...logTitle(t, connection) },
    content: logCsv(t, monitor.wholeActionLog(connection)),
    sent: t.say("The log is in your direct messages with me, as a CSV file: a file in a channel would be everybody's."),
  });
  return answer;
}

function logTitle(t: Language, connection: string | null): { readonly title: string; readonly comment: string } {
  if (connection === null) {
    return { title: t.say("Action log"), comment: t.say("The action log, as you asked. Times are UTC.") };
  }
  const of = { connection: crmText(connection, 100) };
  return {
    title: t.say("Action log for {connection}", of),
    comment: t.say("The action log for {connection}, as you asked. Times are UTC.", of),
  };
}
