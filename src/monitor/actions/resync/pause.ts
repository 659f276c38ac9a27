import { mayScan } from "../../../health/call-budget.ts";
import { type Sentence, sentence } from "../../../language/sentence.ts";
import { newestSuspension } from "../../../store/reports.ts";
import type { Connection, MonitorContext } from "../../context.ts";

/** What is sent while the sync is suspended would wait with all else, and no look could tell what comes of it. */
export async function whySuspended({ db }: MonitorContext, { settings }: Connection): Promise<Sentence | null> {
  const suspension = await newestSuspension(db, settings.name);
  return suspension?.state === "open" ? sentence("the sync is suspended; it goes on by itself when the sync moves again") : null;
}

/**
 * Why nothing is sent just now, if so. A resync is asked for by a person, so that it isn't held to the bot's own share of the
 * calls; but it leaves the org those that scanning leaves too, since the sync needs calls for what it's given to do.
 */
export async function reasonToPause(context: MonitorContext, connection: Connection): Promise<Sentence | null> {
  const suspended = await whySuspended(context, connection);
  if (suspended !== null) return suspended;
  const { settings, salesforce } = connection;
  const use = salesforce.apiUse();
  if (use === null) return null;
  const { pauseBelow } = settings.budget;
  const permission = mayScan({ ...use, ownCalls24h: 0, pauseBelow, shareOfDailyLimit: 1 });
  return permission.allowed
    ? null
    : sentence("{reason}; it goes on by itself when there are more", { reason: permission.reason });
}
