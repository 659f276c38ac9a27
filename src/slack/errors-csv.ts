import type { Language } from "../language/language.ts";
import { type Sentence, sentence } from "../language/sentence.ts";
import type { Actor, ExportFilter } from "../monitor/monitor.ts";
import { type Answer, tell } from "./answer.ts";
import { categoryLabel } from "./blocks/catalogue.ts";
import { crmText } from "./blocks/text.ts";
import { objectName } from "./blocks/wording.ts";
import type { SlackContext } from "./context.ts";
import { errorsCsv } from "./csv/errors.ts";
import { sendCsv } from "./send-csv.ts";

/** Sends open errors with all their affected records to who asks for them, as CSV, and leaves a line in the action log. */
export async function sendErrors(
  context: Pick<SlackContext, "monitor" | "slack" | "clock" | "logger" | "t">,
  filter: ExportFilter,
  actor: Actor,
): Promise<Answer> {
  const { t, monitor, clock } = context;
  const { errors, lines, content, log } = await monitor.exportErrors(filter, actor);
  const what = whatText(t, filter);
  if (lines === 0) return tell(t.say("There is nothing to export: no open sync errors are known of {what}.", { what }));
  const heldSentence = heldBy(errors, lines);
  const held = t.render(heldSentence);
  const day = clock.now().toISOString().slice(0, 10);
  try {
    const { delivered, why, answer } = await sendCsv(context, actor.userId, {
      file: {
        name: `syncwarden-errors-${filter.errorId ?? filter.category ?? filter.object ?? "all"}-${day}.csv`,
        title: t.say("Sync errors: {what}", { what }),
        comment: t.say("{held}, as you asked ({what}): a line for each record of each error. Times are UTC.", { held, what }),
      },
      content: errorsCsv(t, content),
      sent: t.say("The file is in your direct messages with me: {held} ({what}). A file in a channel would be everybody's.", {
        held,
        what,
      }),
    });
    await log(delivered ? "done" : "failed", delivered ? heldSentence : why);
    return answer;
  } catch (error) {
    await log("failed", sentence("The records could not be read."));
    throw error;
  }
}

function heldBy(errors: number, records: number): Sentence {
  return sentence(
    "{errors, plural, one {# sync error} other {# sync errors}} with {records, plural, one {# affected record} other {# affected records}}",
    { errors, records },
  );
}

/** "Picklists, Contacts, acme"; "all" where nothing narrows it. */
function whatText(t: Language, { connection, category, object, errorId }: ExportFilter): string {
  const words = [
    ...(errorId === undefined ? [] : [crmText(errorId, 20)]),
    ...(category === undefined ? [] : [categoryLabel(t, category)]),
    ...(object === undefined ? [] : [objectName(t, object)]),
    ...(connection === null ? [] : [crmText(connection, 100)]),
  ];
  return words.length === 0 ? t.say("all connections, all categories") : t.list(words, "figures");
}
