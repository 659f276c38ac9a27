import { sentenceMessage, tell } from "../answer.ts";
import { errorAlert } from "../blocks/error-alert.ts";
import { sendErrors } from "../errors-csv.ts";
import type { Action } from "./action.ts";

/** The affected records of one error as a file, for who asks alone. */
export const exportAction: Action<"export"> = {
  verb: "export",
  name: "export",
  role: "operator",
  target: ({ errorId }) => errorId,
  progress: (_, t) => sentenceMessage(t.say("One moment: I am writing the file.")),
  async run({ value, actor }, context) {
    const { t } = context;
    const error = await context.monitor.error(value.errorId);
    if (error === null) return tell(t.say("This error is no longer stored: it was resolved some time ago."));
    if (error.resolvedAt !== null)
      return tell(t.say("There is nothing left to export. {state}", { state: errorAlert(t, error).text }));
    return sendErrors(context, { connection: error.connection, errorId: error.id }, actor);
  },
};
