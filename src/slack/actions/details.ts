import { tell } from "../answer.ts";
import { errorDetails, HISTORY_SHOWN, RECORDS_PER_PAGE } from "../blocks/error-details.ts";
import { type Action, inPlace } from "./action.ts";

export const detailsAction: Action<"details"> = {
  verb: "details",
  name: "error",
  role: "viewer",
  target: ({ errorId }) => errorId,
  async run(click, { monitor, t }) {
    const { errorId, offset } = click.value;
    const error = await monitor.error(errorId);
    if (error === null) return tell(t.say("This error is no longer stored: it was resolved some time ago."));
    const page = await monitor.affectedRecords(errorId, offset, RECORDS_PER_PAGE);
    const records = page.items.length === 0 && offset > 0 ? await monitor.affectedRecords(errorId, 0, RECORDS_PER_PAGE) : page;
    return inPlace(click, errorDetails(t, error, await monitor.errorHistory(errorId, HISTORY_SHOWN), records));
  },
};
