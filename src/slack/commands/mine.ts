import { show, tell } from "../answer.ts";
import { ownerChoice } from "../blocks/owner-message.ts";
import type { Command } from "./command.ts";

const CHOICES: Readonly<Record<string, boolean>> = { on: true, start: true, yes: true, off: false, stop: false, no: false };

export const mineCommand: Command = {
  name: "mine",
  aliases: [],
  usage: "mine [on or off]",
  examples: ["mine", "mine off"],
  summary: (t) => t.say("whether you hear of your own HubSpot records that don't sync in direct messages"),
  role: "viewer",
  canBePublic: false,
  async run({ words: [word], actor }, { monitor, t }) {
    if (monitor.ownerConnections().length === 0) {
      return tell(t.say("Nobody hears of their own records here: `ownerMessages` in syncwarden.yaml switches it on."));
    }
    if (word === undefined) return show(ownerChoice(t, await monitor.wantsOwnerMessages(actor.userId)));
    const wants = CHOICES[word.toLowerCase()];
    if (wants === undefined) return tell(t.say("Type `/sync mine on` or `/sync mine off`."));
    await monitor.chooseOwnerMessages(wants, actor);
    return show(ownerChoice(t, wants));
  },
};
