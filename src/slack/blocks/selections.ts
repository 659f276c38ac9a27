import type { SelectionPart } from "../../health/selection.ts";
import type { Language } from "../../language/language.ts";
import type { SavedSelection } from "../../monitor/monitor.ts";
import { categoryLabel } from "./catalogue.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { button, context, section } from "./parts.ts";
import { crmText, date, escapeText, listSome, person } from "./text.ts";

const PARTS_SHOWN = 10;
const NAMES_SHOWN = 20;

/** The selections of a connection that are saved, each with a button to resync it. */
export function selectionsMessage(t: Language, connection: string, selections: readonly SavedSelection[]): Message {
  const of = crmText(connection, 100);
  if (selections.length === 0) {
    const text = t.say("No selection is saved for {connection}. `{command}` saves one.", {
      connection: of,
      command: escapeText("/sync save <name> <what>"),
    });
    return composeMessage({ text, head: [section(text)] });
  }
  const names = selections.slice(0, NAMES_SHOWN).map(({ name }) => crmText(name, 60));
  const title = t.say("{selections, plural, one {# selection} other {# selections}} saved for {connection}", {
    selections: selections.length,
    connection: of,
  });
  return composeMessage({
    text: t.say("{title}: {names}.", { title, names: t.list(names, "figures") }),
    head: [section(`*${title}*`)],
    items: selections.map((selection) => [selectionBlock(t, connection, selection)]),
    more: (hidden) => [context(t.say("… and {hidden, number} more that don't fit in one message.", { hidden }))],
    tail: [],
  });
}

function selectionBlock(t: Language, connection: string, { name, parts, savedBy, savedAt }: SavedSelection): MessageBlock {
  const saved = t.say("Saved by {person} {date}", { person: person(savedBy), date: date(t, savedAt) });
  return section(
    `*${crmText(name, 60)}*: ${partsText(t, parts)}\n${saved}`,
    button(
      "resync",
      t.say("Resync"),
      { connection, selection: { kind: "saved", name } },
      { accessibilityLabel: t.say("Resync {name}", { name }) },
    ),
  );
}

function partsText(t: Language, parts: readonly SelectionPart[]): string {
  const shown = parts.slice(0, PARTS_SHOWN).map((part) => partText(t, part));
  return listSome(t, shown, parts.length);
}

function partText(t: Language, part: SelectionPart): string {
  switch (part.kind) {
    case "error":
      return t.say("error `{id}`", { id: crmText(part.errorId, 20) });
    case "category":
      return t.say("all {category}", { category: categoryLabel(t, part.category) });
    case "object":
      return t.say(
        "{object, select, contacts {all contacts in error} companies {all companies in error} deals {all deals in error} other {all tasks in error}}",
        { object: part.object },
      );
    case "record":
      return crmText(part.record, 100);
  }
}
