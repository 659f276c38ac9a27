import { sentenceMessage, show, tell } from "../answer.ts";
import { LOG_ENTRIES_PER_PAGE, logMessage } from "../blocks/log.ts";
import { crmText } from "../blocks/text.ts";
import { sendLog } from "../log-csv.ts";
import type { Command } from "./command.ts";

export const logCommand: Command = {
  name: "log",
  aliases: ["history"],
  usage: "log [connection] [csv]",
  examples: ["log", "log csv"],
  summary: (t) =>
    t.say("who did what, when, with what outcome; refused actions too; fixes with Undo; `csv` sends you all of it as a file"),
  role: "viewer",
  canBePublic: true,
  progress: ({ words }, t) => (wantsFile(words) ? sentenceMessage(t.say("One moment: I am writing the file.")) : null),
  async run({ named, words, actor }, context) {
    const { t } = context;
    const [stranger] = words.filter((word) => !isFile(word));
    if (stranger !== undefined)
      return tell(
        t.say("I don't know what `{word}` means here. Try `/sync log` or `/sync log csv`.", { word: crmText(stranger, 80) }),
      );
    if (wantsFile(words)) return sendLog(context, actor.userId, named);
    return show(logMessage(t, named, await context.monitor.actionLog(named, 0, LOG_ENTRIES_PER_PAGE)));
  },
};

function wantsFile(words: readonly string[]): boolean {
  return words.some(isFile);
}

function isFile(word: string): boolean {
  return word.toLowerCase() === "csv";
}
