import type { Language } from "../../language/language.ts";
import { requestedSentence, tell } from "../answer.ts";
import { mutedSentence, unmutedSentence } from "../blocks/mute.ts";
import { crmText } from "../blocks/text.ts";
import { LONGEST_MUTE_MS } from "../views/mute-dialog.ts";
import type { Command } from "./command.ts";
import { unknownError } from "./describe-error.ts";
import { readMoment, readSpan } from "./span.ts";

export const muteCommand: Command = {
  name: "mute",
  aliases: [],
  usage: "mute <error id> [for 7d, until friday 9am, until fixed] [because …]",
  examples: [
    "mute E7K3Q for 7d",
    "mute E7K3Q until fixed",
    "mute E7K3Q until friday 9am",
    "mute E7K3Q for 2w because the new CRM admin starts on the 1st",
  ],
  summary: (t) =>
    t.say("keeps one sync error from being announced, for a time or until it is fixed; it speaks again when it grows tenfold"),
  role: "operator",
  canBePublic: false,
  async run({ words, actor }, { monitor, people, clock, t }) {
    const [id, ...rest] = words;
    if (id === undefined) return tell(`${t.say("Which error?")} ${example(t, "E7K3Q")}`);
    const error = await monitor.error(id);
    if (error === null) return unknownError(id, { t, monitor });
    const { wish, reason } = readWish(rest);
    const isUntilFixed = wish.length === 0 || /^(?:it(?: is|'s)? )?(?:fixed|resolved)$/i.test(wish.join(" "));
    const now = clock.now();
    const until = isUntilFixed ? null : await readEnd(wish, now, () => people.timeZone(actor.userId));
    if (!isUntilFixed && until === null) {
      return tell(`${t.say("I don't understand “{words}”.", { words: crmText(wish.join(" "), 80) })} ${example(t, error.id)}`);
    }
    if (until !== null && until.getTime() - now.getTime() > LONGEST_MUTE_MS) {
      return tell(
        t.say("A year is the longest that an error can be muted; `/sync mute {id} until fixed` has no end.", { id: error.id }),
      );
    }
    const answer = await monitor.mute(error.id, { until, reason }, actor);
    return tell(requestedSentence(t, answer, mutedSentence(t, error.id, until)));
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
    if (id === undefined) return tell(t.say("Which error? For example `/sync unmute E7K3Q`."));
    if ((await monitor.error(id)) === null) return unknownError(id, { t, monitor });
    const answer = await monitor.unmute(id, actor);
    return tell(requestedSentence(t, answer, unmutedSentence(t, id)));
  },
};

function example(t: Language, id: string): string {
  return t.say("For example `/sync mute {id} for 7d`, `/sync mute {id} until friday 9am` or `/sync mute {id} until fixed`.", {
    id,
  });
}

/** When a mute ends by words for how long it lasts ("7d"), or for its end ("friday 9am") in the asker's time zone. */
async function readEnd(words: readonly string[], now: Date, timeZone: () => Promise<string>): Promise<Date | null> {
  const span = readSpan(words.join(" "));
  return span === null ? readMoment(words, now, await timeZone()) : new Date(now.getTime() + span);
}

/** "for 7d because they are on it": how long, and why. */
function readWish(words: readonly string[]): { readonly wish: readonly string[]; readonly reason: string | null } {
  const because = words.findIndex((word) => ["because", "reason:"].includes(word.toLowerCase()));
  const span = because === -1 ? words : words.slice(0, because);
  const reason =
    because === -1
      ? ""
      : words
          .slice(because + 1)
          .join(" ")
          .slice(0, 300);
  const wish = span.filter((word) => !["for", "until"].includes(word.toLowerCase()));
  return { wish, reason: reason === "" ? null : reason };
}
