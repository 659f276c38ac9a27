import { sentenceMessage } from "../answer.ts";
import { sendLog } from "../log-csv.ts";
import type { Action } from "./action.ts";

export const logCsvAction: Action<"log-csv"> = {
  verb: "log-csv",
  name: "log as CSV",
  role: "viewer",
  target: ({ connection }) => connection,
  progress: (_, t) => sentenceMessage(t.say("One moment: I am writing the file.")),
  run: ({ value, actor }, context) => sendLog(context, actor.userId, value.connection),
};
