import { sentence } from "../../language/sentence.ts";
import { sentenceMessage, tell } from "../answer.ts";
import { allocationSet } from "../blocks/allocation.ts";
import { crmText } from "../blocks/text.ts";
import { type Action, inPlace } from "./action.ts";

/** Keeps HubSpot's allocation as the button has it; Slack's own dialog has asked before. */
export const setAllocationAction: Action<"set-allocation"> = {
  verb: "set-allocation",
  name: "allocation",
  role: "admin",
  target: ({ connection, calls }) =>
    calls === null ? sentence("{connection}: as configured", { connection }) : `${connection}: ${calls}`,
  async run(click, { monitor, t }) {
    const { connection, calls } = click.value;
    const answer = await monitor.setAllocation(connection, calls, click.actor);
    if (answer.result === "declined") return inPlace(click, sentenceMessage(crmText(t.render(answer.why), 500)));
    const report = await monitor.allocation(connection);
    return report === null ? tell(t.say("This connection is no longer set up.")) : inPlace(click, allocationSet(t, report));
  },
};
