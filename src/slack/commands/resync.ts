import type { Monitor, ResyncSelection } from "../../monitor/monitor.ts";
import { say, show } from "../answer.ts";
import { resyncPreview } from "../blocks/resync-preview.ts";
import { crmText } from "../blocks/text.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";
import { categoryAt } from "./words.ts";

export const resyncCommand: Command = {
  name: "resync",
  aliases: [],
  usage: "resync [connection] <error id, category, email, record id or all>",
  examples: ["resync E7K3Q", "resync picklists", "resync ada@example.com", "resync all"],
  summary: "syncs failing records again and verifies each: says first how many, how, and what it costs",
  role: "operator",
  canBePublic: false,
  async run({ words, connection }, { monitor }) {
    if (words.length === 0) {
      return say(
        "What should I resync? An error id, a category, an email, a record id, or `all`: for example `/sync resync E7K3Q`.",
      );
    }
    const meant = await readSelection(words, monitor);
    if (meant === null) {
      return say(
        `I know no error, category or record \`${crmText(words.join(" "), 120)}\`. \`/sync errors\` lists what is open; a record goes by its email or id.`,
      );
    }
    const of = meant.connection ?? connection;
    if (of === null) return whichConnection(monitor.connectionNames(), `resync ${words.join(" ")}`);
    const preview = await monitor.previewResync(of, meant.selection);
    return "why" in preview ? say(crmText(preview.why, 1_500)) : show(resyncPreview(preview, meant.selection));
  },
};

interface Meant {
  readonly selection: ResyncSelection;
  /** The connection that the selection itself tells; null where it could be any. */
  readonly connection: string | null;
}

async function readSelection(words: readonly string[], monitor: Monitor): Promise<Meant | null> {
  const word = words[0] ?? "";
  if (word.toLowerCase() === "all") return { selection: { kind: "all" }, connection: null };
  const found = categoryAt(words, 0);
  if (found !== null) return { selection: { kind: "category", category: found.category }, connection: null };
  if (word.includes("@") && word.length <= 320) return { selection: { kind: "record", record: word }, connection: null };
  const error = await monitor.error(word);
  if (error !== null) return { selection: { kind: "error", errorId: error.id }, connection: error.connection };
  // A HubSpot id is a number; a Salesforce id has 15 or 18 letters and digits.
  if (/^\d{1,20}$/.test(word) || /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(word)) {
    return { selection: { kind: "record", record: word }, connection: null };
  }
  return null;
}
