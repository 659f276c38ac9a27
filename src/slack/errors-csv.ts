import { ENGLISH } from "../language/language.ts";
import type { Actor, ExportFilter } from "../monitor/monitor.ts";
import { type Answer, tell } from "./answer.ts";
import { categoryLabel } from "./blocks/catalogue.ts";
import { crmText, plural } from "./blocks/text.ts";
import type { SlackContext } from "./context.ts";
import { errorsCsv } from "./csv/errors.ts";
import { sendCsv } from "./send-csv.ts";

/** Sends open errors with all their affected records to who asks for them, as CSV, and leaves a line in the action log. */
export async function sendErrors(
  context: Pick<SlackContext, "monitor" | "slack" | "clock" | "logger">,
  filter: ExportFilter,
  actor: Actor,
): Promise<Answer> {
  const { errors, lines, content, log } = await context.monitor.exportErrors(filter, actor);
  const what = whatText(filter);
  if (lines === 0) return tell(`There is nothing to export: no open sync errors${what} are known.`);
  const holds = `${plural(errors, "sync error")}${what} with ${plural(lines, "affected record")}`;
  const day = context.clock.now().toISOString().slice(0, 10);
  try {
    const { delivered, why, answer } = await sendCsv(context, actor.userId, {
      file: {
        name: `syncwarden-errors-${filter.errorId ?? filter.category ?? filter.object ?? "all"}-${day}.csv`,
        title: `Sync errors${what}`,
        comment: `${holds}, as you asked: a line for each record of each error. Times are UTC.`,
      },
      content: errorsCsv(content),
      sent: `The file is in your direct messages with me: ${holds}. A file in a channel would be everybody's.`,
    });
    await log(delivered ? "done" : "failed", delivered ? holds : why);
    return answer;
  } catch (error) {
    await log("failed", "The records could not be read.");
    throw error;
  }
}

function whatText({ connection, category, object, errorId }: ExportFilter): string {
  const words = [
    ...(errorId === undefined ? [] : [crmText(errorId, 20)]),
    ...(category === undefined ? [] : [categoryLabel(ENGLISH, category)]),
    ...(object === undefined ? [] : [object]),
  ];
  const of = words.length === 0 ? "" : ` in ${words.join(", ")}`;
  return connection === null ? of : `${of} of ${crmText(connection, 100)}`;
}
