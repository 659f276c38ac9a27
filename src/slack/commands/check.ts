import type { SyncedObject } from "../../records/record.ts";
import { type ReadQuery, readRecordQuery } from "../../records/record-query.ts";
import { show, tell } from "../answer.ts";
import { checkAnswer, lookingAt } from "../blocks/check.ts";
import { crmText } from "../blocks/text.ts";
import type { Command, CommandRequest } from "./command.ts";
import { whichConnection } from "./which-connection.ts";
import { objectWord } from "./words.ts";

export const checkCommand: Command = {
  name: "check",
  aliases: ["why", "record"],
  usage: "check [connection] <email, record id or link>",
  examples: [
    "check ada@example.com",
    "check 003Kd00000ABCDEIA1",
    "check company 51234567",
    "check https://app.hubspot.com/contacts/4242/record/0-1/101",
  ],
  summary: (t) =>
    t.say("one record explained, live: pairing, inclusion, every mapped field, the refusal if it is tried, what to do"),
  role: "viewer",
  canBePublic: true,
  progress(request, t) {
    const word = recordWord(request);
    return word === null || request.connection === null ? null : lookingAt(t, word);
  },
  async run(request, { monitor, rights, t }) {
    const word = recordWord(request);
    if (word === null) {
      return tell(
        t.say(
          "Which record should I check? Type an email, a HubSpot record id, a Salesforce id or a record's link: for example `/sync check ada@example.com`.",
        ),
      );
    }
    const query = withObject(readRecordQuery(word), request);
    if (query.kind === "unreadable") return tell(crmText(t.render(query.why), 1_000));
    const { connection, actor } = request;
    if (connection === null) return whichConnection(t, monitor.connectionNames(), `check ${word}`);
    const outcome = await monitor.check(connection, query);
    const { allowed } = await rights.decide(actor.userId, "operator");
    return show(checkAnswer(t, outcome, { word, connection, mayResync: allowed, all: false }));
  },
};

/** The word that names the record: what is left of the words beside one that names an object. */
function recordWord({ words }: CommandRequest): string | null {
  return words.find((word) => objectWord(word) === null) ?? null;
}

/** "company 123": which of the records with that id is meant. */
function withObject(query: ReadQuery, { words }: CommandRequest): ReadQuery {
  const named: SyncedObject | null = words.map(objectWord).find((object) => object !== null) ?? null;
  return query.kind === "hubspot" && query.object === null ? { ...query, object: named } : query;
}
