import type { ImportSummary } from "../../health/import/summary.ts";
import { ENGLISH } from "../../language/language.ts";
import type { ImportOutcome } from "../../monitor/import/import-errors.ts";
import { sentenceMessage } from "../answer.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { context, section } from "./parts.ts";
import { count, crmText, date, person, plural } from "./text.ts";

/** What came of importing a file. */
export function importOutcome(outcome: ImportOutcome, fileName: string, connection: string): Message {
  const file = crmText(fileName, 120);
  switch (outcome.state) {
    case "unreadable":
      return sentenceMessage(`I imported nothing from ${file}. ${crmText(ENGLISH.render(outcome.why), 1_500)}`);
    case "at-work":
      return sentenceMessage(`${person(outcome.importedBy)} is importing ${file} just now: wait for that one.`);
    case "known":
      return sentenceMessage(
        `${file} was imported ${date(ENGLISH, outcome.importedAt)} by ${person(outcome.importedBy)}: nothing has changed. ${figures(outcome.summary)}`,
      );
    case "imported":
      return imported(outcome.summary, file, crmText(connection, 100));
  }
}

function imported(summary: ImportSummary, file: string, connection: string): Message {
  const text = `I imported ${file} into ${connection}. ${figures(summary)}`;
  const next =
    summary.new === 0
      ? "Nothing is new to me."
      : "I take the new ones for true and look at their records in the next polls, which confirm or resolve them.";
  const rest = summary.notUnderstood - summary.rejects.length;
  return composeMessage({
    text,
    head: [
      section(`*I imported ${file} into ${connection}*`),
      section(lines(summary).join("\n")),
      context(`${next} What the file lacks stays as it is. \`/sync errors\` lists all.`),
      ...(summary.notUnderstood === 0 ? [] : [section(`*${plural(summary.notUnderstood, "line")} not understood*`)]),
    ],
    items: summary.rejects.map(({ line, reason }): readonly MessageBlock[] => [
      context(`Line ${count(line)}: ${crmText(reason, 200)}`),
    ]),
    more: (hidden) => [context(moreLines(hidden + rest))],
    tail: rest > 0 ? [context(moreLines(rest))] : [],
  });
}

function moreLines(hidden: number): string {
  return `… and ${count(hidden)} more. \`syncwarden import FILE --rejects LIST\` writes all of them into a file.`;
}

function lines({ lines: all, new: fresh, confirmed, repeated, absent }: ImportSummary): readonly string[] {
  return [
    `• ${plural(all, "line")} read`,
    `• ${count(fresh)} new to me`,
    `• ${count(confirmed)} known already: HubSpot shows ${confirmed === 1 ? "it" : "them"} too`,
    ...(repeated > 0 ? [`• ${count(repeated)} said twice in the file`] : []),
    `• ${count(absent)} known to me and not in the file`,
  ];
}

function figures({ lines: all, new: fresh, confirmed, absent, notUnderstood }: ImportSummary): string {
  return (
    `${plural(all, "line")} read: ${count(fresh)} new, ${count(confirmed)} confirmed, ${count(absent)} known but not in the file, ` +
    `${count(notUnderstood)} not understood.`
  );
}
