import { show, tell } from "../answer.ts";
import { ERRORS_PER_PAGE, errorList } from "../blocks/errors.ts";
import { crmText } from "../blocks/text.ts";
import type { Command } from "./command.ts";
import { describeError } from "./error.ts";
import { readFilter } from "./error-filter.ts";
import { whichConnection } from "./which-connection.ts";

export const errorsCommand: Command = {
  name: "errors",
  aliases: [],
  usage: "errors [connection] [category] [contacts, companies or deals]",
  examples: ["errors", "errors picklists contacts"],
  summary: "the open sync errors, those with most affected records first",
  role: "viewer",
  canBePublic: true,
  async run({ words, connection }, { monitor }) {
    const { filter, unknown } = readFilter(words);
    const stranger = unknown[0];
    if (stranger !== undefined) {
      return (
        (await describeError(stranger, monitor)) ??
        tell(`I know no category, object or error called \`${crmText(stranger, 80)}\`. \`/sync help errors\` shows what I know.`)
      );
    }
    if (connection === null) return whichConnection(monitor.connectionNames(), "errors");
    return show(errorList(connection, filter, await monitor.errors(connection, filter, 0, ERRORS_PER_PAGE)));
  },
};
