import { show, tell } from "../answer.ts";
import { auditPreview } from "../blocks/audit-preview.ts";
import { auditProgress } from "../blocks/audit-progress.ts";
import { crmText } from "../blocks/text.ts";
import type { Command, CommandRequest } from "./command.ts";
import { whichConnection } from "./which-connection.ts";

const LAST_WORDS: ReadonlySet<string> = new Set(["last", "latest", "report", "result", "results"]);

export const auditCommand: Command = {
  name: "audit",
  aliases: [],
  usage: "audit [connection] [last]",
  examples: ["audit", "audit last"],
  summary: (t) =>
    t.say(
      "compares every record on both sides and tells the drift that HubSpot shows nowhere: says first what it costs; `last` shows the newest report",
    ),
  role: (request) => (asksForLast(request) ? "viewer" : "operator"),
  canBePublic: true,
  async run(request, { monitor, t }) {
    const { words, connection } = request;
    const stranger = words.find((word) => !LAST_WORDS.has(word.toLowerCase()));
    if (stranger !== undefined) {
      return tell(t.say("I know no connection `{word}`. `/sync help audit` shows what I know.", { word: crmText(stranger, 80) }));
    }
    if (connection === null) return whichConnection(t, monitor.connectionNames(), asksForLast(request) ? "audit last" : "audit");
    const { done, running } = await monitor.lastAudit(connection);
    if (asksForLast(request)) {
      const shown = done ?? running;
      return shown === null ? tell(t.say("No audit has been made yet: `/sync audit` makes one.")) : show(auditProgress(t, shown));
    }
    if (running !== null) return tell([t.say("An audit is at work already."), auditProgress(t, running).text].join(" "));
    const preview = await monitor.previewAudit(connection);
    return "why" in preview ? tell(crmText(t.render(preview.why), 1_500)) : show(auditPreview(t, preview));
  },
};

function asksForLast({ words }: CommandRequest): boolean {
  return words.some((word) => LAST_WORDS.has(word.toLowerCase()));
}
