import { show, tell } from "../answer.ts";
import { ERRORS_PER_PAGE, errorList } from "../blocks/errors.ts";
import type { Command } from "./command.ts";
import { describeError, unknownError } from "./describe-error.ts";
import { readFilter, unknownFilter } from "./error-filter.ts";
import { whichConnection } from "./which-connection.ts";

export const errorsCommand: Command = {
  name: "errors",
  aliases: [],
  usage: "errors [connection] [category] [contacts, companies, deals or tasks]",
  examples: ["errors", "errors picklists contacts", "errors property values public"],
  summary: (t) => t.say("the open sync errors, those with most affected records first"),
  role: "viewer",
  canBePublic: true,
  async run({ words, connection }, { monitor, t }) {
    const { filter, unknown } = readFilter(words);
    const [stranger] = unknown;
    if (stranger !== undefined) {
      const error = await describeError(stranger, { monitor, t });
      if (error !== null) return error;
      return isErrorId(stranger) ? unknownError(stranger, { monitor, t }) : tell(unknownFilter(t, "errors", stranger));
    }
    if (connection === null) return whichConnection(t, monitor.connectionNames(), ["errors", ...words].join(" "));
    return show(errorList(t, connection, filter, await monitor.errors(connection, filter, 0, ERRORS_PER_PAGE)));
  },
};

/** `E` and five characters. */
function isErrorId(word: string): boolean {
  return /^E[0-9A-Z]{5}$/i.test(word) && /\d/.test(word);
}
