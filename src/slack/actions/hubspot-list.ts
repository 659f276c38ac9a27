import { sentenceMessage, show, tell } from "../answer.ts";
import { hubspotListMessage } from "../blocks/hubspot-list.ts";
import { crmText } from "../blocks/text.ts";
import type { Action } from "./action.ts";

/** Puts an error's records into a static list in HubSpot. */
export const hubspotListAction: Action<"hubspot-list"> = {
  verb: "hubspot-list",
  name: "create HubSpot list",
  role: "operator",
  target: ({ errorId }) => errorId,
  progress: (_, t) => sentenceMessage(t.say("One moment: I am putting the records into a list in HubSpot.")),
  async run({ value, actor }, { monitor, t }) {
    const error = await monitor.error(value.errorId);
    if (error === null) return tell(t.say("This error is no longer stored: it was resolved some time ago."));
    const list = await monitor.createHubSpotList(error.id, actor);
    return list.outcome === "declined" ? tell(crmText(t.render(list.why), 1_500)) : show(hubspotListMessage(t, list));
  },
};
