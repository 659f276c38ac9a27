import type { SelectionPart } from "../../health/selection.ts";
import { ENGLISH } from "../../language/language.ts";
import type { SavedSelection } from "../../monitor/monitor.ts";
import { composeMessage, type Message } from "./message.ts";
import { button, context, section } from "./parts.ts";
import { count, crmText, date, list, person, plural } from "./text.ts";

const PARTS_SHOWN = 10;

/** The selections of a connection that are saved, each with a button to resync it. */
export function selectionsMessage(connection: string, selections: readonly SavedSelection[]): Message {
  const of = crmText(connection, 100);
  if (selections.length === 0) {
    const text = `No selection is saved for ${of}. \`/sync save <name> <what>\` saves one.`;
    return composeMessage({ text, head: [section(text)] });
  }
  const text = `${plural(selections.length, "selection")} saved for ${of}: ${list(selections.slice(0, 20).map(({ name }) => crmText(name, 60)))}.`;
  return composeMessage({
    text,
    head: [section(`*${plural(selections.length, "selection")} saved for ${of}*`)],
    items: selections.map((selection) => [
      section(
        `*${crmText(selection.name, 60)}*: ${partsText(selection.parts)}\nSaved by ${person(selection.savedBy)} ${date(ENGLISH, selection.savedAt)}`,
        button(
          "resync",
          "Resync",
          { connection, selection: { kind: "saved", name: selection.name } },
          {
            accessibilityLabel: `Resync ${selection.name}`,
          },
        ),
      ),
    ]),
    more: (hidden) => [context(`… and ${count(hidden)} more that don't fit in one message.`)],
    tail: [],
  });
}

function partsText(parts: readonly SelectionPart[]): string {
  const shown = parts.slice(0, PARTS_SHOWN).map(partText);
  return list(parts.length > PARTS_SHOWN ? [...shown, `${count(parts.length - PARTS_SHOWN)} more`] : shown);
}

function partText(part: SelectionPart): string {
  switch (part.kind) {
    case "error":
      return `error \`${crmText(part.errorId, 20)}\``;
    case "category":
      return `category ${part.category}`;
    case "object":
      return `all ${part.object} in error`;
    case "record":
      return crmText(part.record, 100);
  }
}
