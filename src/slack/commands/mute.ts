import { ENGLISH } from "../../language/language.ts";
import { tell } from "../answer.ts";
import { crmText, date } from "../blocks/text.ts";
import type { Command } from "./command.ts";
import { readSpan } from "./span.ts";

const YEAR_MS = 366 * 86_400_000;
const HOW = "For example `/sync mute E7K3Q for 7d` or `/sync mute E7K3Q until fixed`.";

export const muteCommand: Command = {
  name: "mute",
  aliases: [],
  usage: "mute <error id> [for 7d, until fixed]",
  examples: ["mute E7K3Q for 7d", "mute E7K3Q until fixed"],
  summary: (t) =>
    t.say("keeps one sync error from being announced, for a time or until it is fixed; it speaks again when it grows tenfold"),
  role: "operator",
  canBePublic: false,
  async run({ words, actor }, { monitor, clock, t }) {
    const [id, ...rest] = words;
    if (id === undefined) return tell(`Which error? ${HOW}`);
    const wish = rest.filter((word) => !["for", "until"].includes(word.toLowerCase())).join(" ");
    const isUntilFixed = wish === "" || /^(?:it(?: is|'s)? )?(?:fixed|resolved)$/i.test(wish);
    const span = isUntilFixed ? null : readSpan(wish);
    if (!isUntilFixed && span === null) return tell(`I don't understand “${crmText(wish, 80)}”. ${HOW}`);
    if (span !== null && span > YEAR_MS)
      return tell("A year is the longest that an error can be muted; `until fixed` has no end.");
    const until = span === null ? null : new Date(clock.now().getTime() + span);
    const answer = await monitor.mute(id, until, actor);
    if (answer.result === "declined") return tell(crmText(t.render(answer.why), 500));
    const end = until === null ? "until it is fixed" : `until ${date(ENGLISH, until)}`;
    return tell(
      `\`${crmText(id.toUpperCase(), 20)}\` is muted ${end}: it is counted and listed, and not announced. It speaks again if it grows tenfold, or after \`/sync unmute ${crmText(id.toUpperCase(), 20)}\`.`,
    );
  },
};

export const unmuteCommand: Command = {
  name: "unmute",
  aliases: [],
  usage: "unmute <error id>",
  examples: ["unmute E7K3Q"],
  summary: (t) => t.say("lets a muted sync error speak again"),
  role: "operator",
  canBePublic: false,
  async run({ words: [id], actor }, { monitor, t }) {
    if (id === undefined) return tell("Which error? For example `/sync unmute E7K3Q`.");
    const answer = await monitor.unmute(id, actor);
    return tell(
      answer.result === "declined" ? crmText(t.render(answer.why), 500) : `\`${crmText(id.toUpperCase(), 20)}\` speaks again.`,
    );
  },
};
