import { sentenceMessage, tell } from "../answer.ts";
import { sendErrors } from "../errors-csv.ts";
import type { Command } from "./command.ts";
import { readFilter, unknownFilter } from "./error-filter.ts";

export const exportCommand: Command = {
  name: "export",
  aliases: [],
  usage: "export [connection] [category] [contacts, companies, deals or tasks] [error id]",
  examples: ["export", "export picklists", "export contacts", "export E7K3Q"],
  summary: (t) => t.say("sends you the open sync errors with all affected records as a CSV file, for you alone"),
  role: "operator",
  canBePublic: false,
  progress: (_, t) => sentenceMessage(t.say("One moment: I am writing the file.")),
  async run({ words, named, actor }, context) {
    const { t, monitor } = context;
    const { filter, unknown } = readFilter(words);
    const [word] = unknown;
    if (word === undefined) return sendErrors(context, { ...filter, connection: named }, actor);
    const error = await monitor.error(word);
    if (error === null) return tell(unknownFilter(t, "export", word));
    if (error.resolvedAt !== null) {
      return tell(t.say("Error `{id}` is resolved: it holds no record back any more.", { id: error.id }));
    }
    return sendErrors(context, { connection: error.connection, errorId: error.id }, actor);
  },
};
