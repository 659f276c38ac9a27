import type { Monitor, ResyncSelection } from "../../monitor/monitor.ts";
import { show, tell } from "../answer.ts";
import { resyncPreview } from "../blocks/resync-preview.ts";
import { crmText } from "../blocks/text.ts";
import type { Command } from "./command.ts";
import { partAt } from "./selection-words.ts";
import { whichConnection } from "./which-connection.ts";

export const resyncCommand: Command = {
  name: "resync",
  aliases: [],
  usage: "resync [connection] <error id, category, object, email, record id, saved selection or all>",
  examples: ["resync E7K3Q", "resync picklists", "resync deals", "resync ada@example.com", "resync all"],
  summary: (t) => t.say("syncs failing records again and verifies each: says first how many, how, and what it costs"),
  role: "operator",
  canBePublic: false,
  async run({ words, connection }, { monitor, t }) {
    if (words.length === 0) {
      return tell(
        t.say(
          "What should I resync? An error id, a category, an object, an email, a record id, a saved selection, or `all`: for example `/sync resync E7K3Q`.",
        ),
      );
    }
    const meant = await readSelection(words, monitor, connection);
    if (meant === null) {
      return tell(
        t.say(
          "I know no error, category, object, record or saved selection `{words}`. `/sync errors` lists what is open; a record goes by its email or id.",
          { words: crmText(words.join(" "), 120) },
        ),
      );
    }
    const of = meant.connection ?? connection;
    if (of === null) return whichConnection(t, monitor.connectionNames(), `resync ${words.join(" ")}`);
    const preview = await monitor.previewResync(of, meant.selection);
    return "why" in preview ? tell(crmText(t.render(preview.why), 1_500)) : show(resyncPreview(t, preview, meant.selection));
  },
};

interface Meant {
  readonly selection: ResyncSelection;
  /** The connection that the selection itself tells; null where it could be any. */
  readonly connection: string | null;
}

async function readSelection(words: readonly string[], monitor: Monitor, connection: string | null): Promise<Meant | null> {
  const word = words[0] ?? "";
  if (word.toLowerCase() === "all") return { selection: { kind: "all" }, connection: null };
  const saved = connection === null ? [] : await monitor.savedSelections(connection);
  if (saved.some(({ name }) => name === word.toLowerCase())) {
    return { selection: { kind: "saved", name: word.toLowerCase() }, connection };
  }
  const found = await partAt(words, 0, monitor);
  return found && { selection: found.part, connection: found.connection };
}
