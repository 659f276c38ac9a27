import type { WebClient } from "@slack/web-api";
import fc from "fast-check";
import { pino } from "pino";
import { expect } from "vitest";
import { systemClock } from "../../../src/health/clock.ts";
import { languageFor } from "../../../src/language/language.ts";
import { sentence } from "../../../src/language/sentence.ts";
import { LANGUAGE_TAGS, type LanguageTag } from "../../../src/language/tags.ts";
import type { Monitor } from "../../../src/monitor/monitor.ts";
import type { Answer } from "../../../src/slack/answer.ts";
import type { SlackContext } from "../../../src/slack/context.ts";
import { faultsOf } from "./faults.ts";
import { monitorsOf } from "./monitors.ts";
import { witnessShown } from "./sent.ts";
import type { Shown } from "./shown.ts";
import { HOSTILE } from "./texts.ts";

/** What a person is shown: answers, and dialogs that open. */
export interface Screen {
  readonly context: SlackContext;
  readonly shown: Shown[];
}

export function screen(monitor: Monitor, tag: LanguageTag, mayAct: boolean): Screen {
  const t = languageFor(tag);
  const shown: Shown[] = [];
  const open = async ({ view }: { readonly view: Shown }) => {
    shown.push(view);
    return { ok: true, view: { id: "V1" } };
  };
  const refuse = () => Promise.reject(new Error("Slack <!channel> refuses & says so"));
  const slack = {
    views: { open, push: open, update: open },
    conversations: { open: refuse, history: refuse },
    chat: { postMessage: refuse },
  } as unknown as WebClient;
  const context: SlackContext = {
    monitor,
    t,
    slack,
    rights: {
      decide: async () =>
        mayAct
          ? { allowed: true, as: null }
          : { allowed: false, why: sentence("Only an admin or owner of this workspace can do this.") },
    },
    people: {
      about: async () => ({ isAdmin: mayAct, timeZone: "Europe/Berlin", locale: null }),
      timeZone: async () => "Europe/Berlin",
      language: async () => t,
      forget: () => undefined,
    },
    files: { find: refuse, download: () => (async function* () {})() },
    clock: systemClock,
    logger: pino({ level: "silent" }),
    version: "0.1.0",
  };
  return { context, shown };
}

/** Who looks, and what is known. */
export const screens: fc.Arbitrary<Screen> = fc
  .tuple(monitorsOf(HOSTILE), fc.constantFrom(...LANGUAGE_TAGS), fc.constantFrom(true, true, true, true, false))
  .map(([monitor, tag, mayAct]) => screen(monitor, tag, mayAct));

/** Everything that was shown, the answer too, is as Slack takes it and pings nobody. */
export function expectTaken({ shown }: Screen, answer: Answer | null): void {
  for (const one of answer !== null && "message" in answer ? [...shown, answer.message] : shown) {
    witnessShown(one);
    expect(faultsOf(one)).toEqual([]);
  }
}
