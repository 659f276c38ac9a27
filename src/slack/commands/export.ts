import { sentenceMessage, tell } from "../answer.ts";
import { crmText } from "../blocks/text.ts";
import { sendErrors } from "../errors-csv.ts";
import type { Command } from "./command.ts";
import { readFilter } from "./error-filter.ts";

export const exportCommand: Command = {
  name: "export",
  aliases: ["csv"],
  usage: "export [connection] [category] [contacts, companies, deals or tasks] [error id]",
  examples: ["export", "export picklists", "export contacts", "export E7K3Q"],
  summary: "sends you the open sync errors with all affected records as a CSV file, for you alone",
  role: "operator",
  canBePublic: false,
  progress: () => sentenceMessage("One moment: I am writing the file."),
  async run({ words, named, actor }, context) {
    const { filter, unknown } = readFilter(words);
    const [word] = unknown;
    const error = word === undefined ? null : await context.monitor.error(word);
    if (word !== undefined && error === null) {
      return tell(
        `I know no category, object or error called \`${crmText(word, 80)}\`. \`/sync export\` sends all of them; \`/sync errors\` lists them with their ids and categories.`,
      );
    }
    if (error === null) return sendErrors(context, { ...filter, connection: named }, actor);
    if (error.resolvedAt !== null) return tell(`Error \`${error.id}\` is resolved: it holds no record back any more.`);
    return sendErrors(context, { connection: error.connection, errorId: error.id }, actor);
  },
};
