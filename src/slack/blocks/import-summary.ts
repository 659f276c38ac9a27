import type { ImportSummary } from "../../health/import/summary.ts";
import type { Language } from "../../language/language.ts";
import { type ImportOutcome, summarySentence } from "../../monitor/import/import-errors.ts";
import { sentenceMessage } from "../answer.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { context, section } from "./parts.ts";
import { crmText, date, person } from "./text.ts";

/** What came of importing a file. */
export function importOutcome(t: Language, outcome: ImportOutcome, fileName: string, connection: string): Message {
  const file = crmText(fileName, 120);
  switch (outcome.state) {
    case "unreadable":
      return sentenceMessage(
        [t.say("I imported nothing from {file}.", { file }), crmText(t.render(outcome.why), 1_500)].join(" "),
      );
    case "at-work":
      return sentenceMessage(
        t.say("{person} is importing {file} just now: wait for that one.", { person: person(outcome.importedBy), file }),
      );
    case "known":
      return sentenceMessage(
        [
          t.say("{file} was imported {date} by {person}: nothing has changed.", {
            file,
            date: date(t, outcome.importedAt),
            person: person(outcome.importedBy),
          }),
          t.render(summarySentence(outcome.summary)),
        ].join(" "),
      );
    case "imported":
      return imported(t, outcome.summary, file, crmText(connection, 100));
  }
}

function imported(t: Language, summary: ImportSummary, file: string, connection: string): Message {
  const next =
    summary.new === 0
      ? t.say("Nothing is new to me.")
      : t.say("I take the new ones for true and look at their records in the next polls, which confirm or resolve them.");
  const rest = summary.notUnderstood - summary.rejects.length;
  return composeMessage({
    text: [t.say("I imported {file} into {connection}.", { file, connection }), t.render(summarySentence(summary))].join(" "),
    head: [
      section(t.say("*I imported {file} into {connection}*", { file, connection })),
      section(lines(t, summary).join("\n")),
      context([next, t.say("What the file lacks stays as it is."), t.say("`/sync errors` lists all.")].join(" ")),
      ...(summary.notUnderstood === 0 ? [] : [section(notUnderstoodText(t, summary.notUnderstood))]),
    ],
    items: summary.rejects.map(({ line, reason }): readonly MessageBlock[] => [
      context(t.say("Line {line, number}: {reason}", { line, reason: crmText(t.render(reason), 200) })),
    ]),
    more: (hidden) => [context(moreText(t, hidden + rest))],
    tail: rest > 0 ? [context(moreText(t, rest))] : [],
  });
}

function notUnderstoodText(t: Language, lines: number): string {
  return t.say("*{lines, plural, one {# line} other {# lines}} not understood*", { lines });
}

function moreText(t: Language, hidden: number): string {
  return t.say("… and {hidden, number} more. `syncwarden import FILE --rejects LIST` writes all of them into a file.", {
    hidden,
  });
}

function lines(t: Language, { lines: read, new: fresh, confirmed, repeated, absent }: ImportSummary): readonly string[] {
  return [
    t.say("{read, plural, one {# line read} other {# lines read}}", { read }),
    t.say("{fresh, number} new to me", { fresh }),
    t.say("{confirmed, plural, one {# known already: HubSpot shows it too} other {# known already: HubSpot shows them too}}", {
      confirmed,
    }),
    ...(repeated > 0 ? [t.say("{repeated, number} said twice in the file", { repeated })] : []),
    t.say("{absent, number} known to me and not in the file", { absent }),
  ].map((line) => `• ${line}`);
}
