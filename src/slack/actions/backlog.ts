import { tell } from "../answer.ts";
import { backlogMessage, WAITING_PER_PAGE } from "../blocks/backlog.ts";
import { type Action, inPlace } from "./action.ts";

export const backlogAction: Action<"backlog"> = {
  verb: "backlog",
  name: "backlog",
  role: "viewer",
  target: ({ connection }) => connection,
  async run(click, { monitor, t }) {
    const { connection, offset } = click.value;
    if (!monitor.connectionNames().includes(connection)) return tell(t.say("This connection is no longer set up."));
    const page = await monitor.backlog(connection, offset, WAITING_PER_PAGE);
    // What has been synced since the page was shown can leave nothing behind this offset.
    const isPast = page.records.length === 0 && offset > 0;
    return inPlace(click, backlogMessage(t, isPast ? await monitor.backlog(connection, 0, WAITING_PER_PAGE) : page));
  },
};
