import { type Answer, show, tell } from "../answer.ts";
import { errorDetails, HISTORY_SHOWN, RECORDS_PER_PAGE } from "../blocks/error-details.ts";
import { crmText } from "../blocks/text.ts";
import type { SlackContext } from "../context.ts";

/** Errors looked through for the one that a mistyped id is near to. */
const LOOKED_THROUGH = 200;

/** One error with its first page of records; null where no error has that id. */
export async function describeError(id: string, { t, monitor }: Pick<SlackContext, "t" | "monitor">): Promise<Answer | null> {
  const error = await monitor.error(id);
  if (error === null) return null;
  const history = await monitor.errorHistory(error.id, HISTORY_SHOWN);
  return show(errorDetails(t, error, history, await monitor.affectedRecords(error.id, 0, RECORDS_PER_PAGE)));
}

/** What to say to an id that no error has: the open error whose id differs in one character, else where ids are listed. */
export async function unknownError(id: string, { t, monitor }: Pick<SlackContext, "t" | "monitor">): Promise<Answer> {
  const typed = t.say("I know no error `{id}`.", { id: crmText(id, 80).replaceAll("`", "'") });
  const near = await nearestError(id.toUpperCase(), monitor);
  const instead =
    near === null
      ? t.say("`/sync errors` lists those that are open, with their ids.")
      : t.say("Did you mean `/sync error {id}`? `/sync errors` lists those that are open.", { id: near });
  return tell(`${typed} ${instead}`);
}

async function nearestError(typed: string, monitor: SlackContext["monitor"]): Promise<string | null> {
  for (const connection of monitor.connectionNames()) {
    const { items } = await monitor.errors(connection, {}, 0, LOOKED_THROUGH);
    const near = items.find(({ id }) => differsOnce(id, typed));
    if (near !== undefined) return near.id;
  }
  return null;
}

/** Whether two ids of one length differ in one character; ids are too short to take more for a slip. */
function differsOnce(id: string, typed: string): boolean {
  return id.length === typed.length && [...id].filter((character, index) => character !== typed[index]).length === 1;
}
