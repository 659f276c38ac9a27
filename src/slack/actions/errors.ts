import type { ErrorFilter } from "../../monitor/monitor.ts";
import { tell } from "../answer.ts";
import { ERRORS_PER_PAGE, errorList } from "../blocks/errors.ts";
import { type Action, inPlace } from "./action.ts";

export const errorsAction: Action<"errors"> = {
  verb: "errors",
  name: "errors",
  role: "viewer",
  target: ({ connection }) => connection,
  async run(click, { monitor, t }) {
    const { connection, category, object, offset } = click.value;
    if (!monitor.connectionNames().includes(connection)) return tell(t.say("This connection is no longer set up."));
    const filter: ErrorFilter = { ...(category === undefined ? {} : { category }), ...(object === undefined ? {} : { object }) };
    const page = await monitor.errors(connection, filter, offset, ERRORS_PER_PAGE);
    // Errors resolved since the page was shown can leave nothing behind this offset.
    const shown = page.items.length === 0 && offset > 0 ? await monitor.errors(connection, filter, 0, ERRORS_PER_PAGE) : page;
    return inPlace(click, errorList(t, connection, filter, shown));
  },
};
