import { show, tell } from "../answer.ts";
import { allocationMessage, allocationPreview } from "../blocks/allocation.ts";
import { crmText } from "../blocks/text.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";

/** More than any org has. */
const MOST_CALLS = 1_000_000_000;

export const allocationCommand: Command = {
  name: "allocation",
  aliases: ["allocate"],
  usage: "allocation [connection] [number]",
  examples: ["allocation", "allocation 50000", "allocation 50k"],
  summary: (t) => t.say("what HubSpot may use of Salesforce's API calls a day; with a number, tells me what HubSpot is set to"),
  role: ({ words }) => (words.length === 0 ? "viewer" : "admin"),
  canBePublic: true,
  async run({ words, connection }, { monitor, t }) {
    if (connection === null) return whichConnection(t, monitor.connectionNames(), ["allocation", ...words].join(" "));
    const report = await monitor.allocation(connection);
    if (report === null) return tell(t.say("This connection is no longer set up."));
    if (words.length === 0) return show(allocationMessage(t, report));
    const calls = readCalls(words.join(" "));
    if (calls !== null) return show(allocationPreview(t, report, calls));
    return tell(
      t.say("I don't understand “{words}”. Type a whole number of calls a day, for example `/sync allocation 50000`.", {
        words: crmText(words.join(" "), 80),
      }),
    );
  },
};

/** A number of calls: "50000", "50,000", "50 000", "50.000" or "50k"; null for anything else. */
export function readCalls(text: string): number | null {
  const trimmed = text.trim();
  const thousands = /^(\d+(?:[.,]\d)?)\s*k$/i.exec(trimmed)?.[1];
  const isWhole = /^\d+$/.test(trimmed) || /^\d{1,3}([ .,'’\u00a0\u202f]\d{3})+$/.test(trimmed);
  if (thousands === undefined && !isWhole) return null;
  const calls =
    thousands === undefined ? Number(trimmed.replace(/\D/g, "")) : Math.round(Number(thousands.replace(",", ".")) * 1000);
  return Number.isSafeInteger(calls) && calls > 0 && calls <= MOST_CALLS ? calls : null;
}
