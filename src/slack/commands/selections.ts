import type { SelectionPart } from "../../health/selection.ts";
import type { Language } from "../../language/language.ts";
import { requestedSentence, show, tell } from "../answer.ts";
import { selectionsMessage } from "../blocks/selections.ts";
import { crmText } from "../blocks/text.ts";
import type { Command } from "./command.ts";
import { partAt } from "./selection-words.ts";
import { whichConnection } from "./which-connection.ts";

/** Starts with a letter, so that it is no record id; has a dash or more than an error id's letters to be told from one. */
const NAME = /^[a-z][a-z0-9-]{2,39}$/i;
const MOST_PARTS = 50;

export const saveCommand: Command = {
  name: "save",
  aliases: [],
  usage: "save [connection] <name> <error ids, categories, objects, emails or record ids>",
  examples: ["save key-accounts picklists ada@example.com"],
  summary: (t) => t.say("saves records in error under a name, by which `/sync resync` takes them"),
  role: "operator",
  canBePublic: false,
  async run({ words, connection, actor }, { monitor, t }) {
    const [name, ...rest] = words;
    if (name === undefined || rest.length === 0) {
      return tell([t.say("What should I save, and under which name?"), how(t)].join(" "));
    }
    if (!NAME.test(name) || (await partAt([name], 0, monitor)) !== null || name.toLowerCase() === "all") {
      return tell(
        [
          t.say(
            "A name has 3 to 40 letters, digits and dashes, begins with a letter, and is no category, object or id: `{name}` won't do.",
            { name: crmText(name, 60) },
          ),
          how(t),
        ].join(" "),
      );
    }
    const parts: SelectionPart[] = [];
    let of = connection;
    for (let index = 0; index < rest.length; ) {
      const found = await partAt(rest, index, monitor);
      if (found === null) {
        return tell(
          [
            t.say("I know no error, category, object or record `{word}`, so nothing is saved.", {
              word: crmText(rest[index] ?? "", 120),
            }),
            how(t),
          ].join(" "),
        );
      }
      if (found.connection !== null && of !== null && found.connection !== of) {
        return tell(t.say("A selection is of one connection, and these are of several: please save one for each."));
      }
      of = found.connection ?? of;
      parts.push(found.part);
      index += found.taken;
    }
    if (parts.length > MOST_PARTS) {
      return tell(
        t.say("A selection names at most {most, number} things; these are {parts, number}.", {
          most: MOST_PARTS,
          parts: parts.length,
        }),
      );
    }
    if (of === null) return whichConnection(t, monitor.connectionNames(), `save ${words.join(" ")}`);
    const saved = await monitor.saveSelection(of, name, parts, actor);
    const named = crmText(name.toLowerCase(), 60);
    const said = { name: named, command: `/sync resync ${named}` };
    const done = t.say("Saved as `{name}`: `{command}` resyncs what is in error of it then.", said);
    return tell(requestedSentence(t, saved, done));
  },
};

export const selectionsCommand: Command = {
  name: "selections",
  aliases: ["saved"],
  usage: "selections [connection]",
  examples: ["selections"],
  summary: (t) => t.say("lists the selections that are saved, with what each names"),
  role: "viewer",
  canBePublic: true,
  takesNoWords: true,
  async run({ connection }, { monitor, t }) {
    if (connection === null) return whichConnection(t, monitor.connectionNames(), "selections");
    return show(selectionsMessage(t, connection, await monitor.savedSelections(connection)));
  },
};

export const forgetCommand: Command = {
  name: "forget",
  aliases: [],
  usage: "forget [connection] <name>",
  examples: ["forget key-accounts"],
  summary: (t) => t.say("forgets a saved selection"),
  role: "operator",
  canBePublic: false,
  async run({ words: [name], connection, actor }, { monitor, t }) {
    if (name === undefined) return tell(t.say("Which selection? `/sync selections` lists those that are saved."));
    if (connection === null) return whichConnection(t, monitor.connectionNames(), `forget ${name}`);
    const forgotten = await monitor.deleteSelection(connection, name, actor);
    const done = t.say("The selection `{name}` is forgotten.", { name: crmText(name.toLowerCase(), 60) });
    return tell(requestedSentence(t, forgotten, done));
  },
};

function how(t: Language): string {
  return t.say("For example `/sync save key-accounts picklists deals ada@example.com`, and then `/sync resync key-accounts`.");
}
