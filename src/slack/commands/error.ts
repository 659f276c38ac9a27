import type { Monitor } from "../../monitor/monitor.ts";
import { type Answer, show, tell } from "../answer.ts";
import { errorDetails, HISTORY_SHOWN, RECORDS_PER_PAGE } from "../blocks/error-details.ts";
import { crmText } from "../blocks/text.ts";
import type { Command } from "./command.ts";
import { errorsCommand } from "./errors.ts";

export const errorCommand: Command = {
  name: "error",
  aliases: [],
  usage: "error <id>",
  examples: ["error E7K3Q"],
  summary: "one sync error: what it means, evidence, what to do, affected records with links",
  role: "viewer",
  canBePublic: true,
  async run(request, context) {
    const id = request.words[0];
    if (id === undefined) return errorsCommand.run(request, context);
    return (
      (await describeError(id, context.monitor)) ??
      tell(`I know no error \`${crmText(id, 80)}\`. \`/sync errors\` lists those that are open, with their ids.`)
    );
  },
};

/** One error with its first page of records; null where no error has that id. */
export async function describeError(id: string, monitor: Monitor): Promise<Answer | null> {
  const error = await monitor.error(id);
  if (error === null) return null;
  const history = await monitor.errorHistory(error.id, HISTORY_SHOWN);
  return show(errorDetails(error, history, await monitor.affectedRecords(error.id, 0, RECORDS_PER_PAGE)));
}
