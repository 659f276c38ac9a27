import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Clock } from "../health/clock.ts";
import { type Language, languageFor } from "../language/language.ts";
import { type LanguageTag, languageOfLocale } from "../language/tags.ts";
import { explainSlackFailure } from "./failure.ts";
import { createKept } from "./kept.ts";
import { within } from "./wait.ts";

/** What Slack knows of a person. */
export interface Person {
  /** An admin or owner of the workspace, and neither a bot nor gone. */
  readonly isAdmin: boolean;
  /** By its IANA name; null where Slack has none. */
  readonly timeZone: string | null;
  /** E.g. `de-DE`; null where Slack has none. */
  readonly locale: string | null;
}

export interface People {
  /** What Slack said of a person at most so long ago, in milliseconds. Rejects as Slack refuses. */
  about(userId: string, maxAgeMs: number): Promise<Person>;
  /** The time zone that a person has in Slack, by its IANA name; UTC where Slack doesn't say. */
  timeZone(userId: string): Promise<string>;
  /** The language that a person has chosen in Slack, where messages come in it and Slack says so in time; else the default one. */
  language(userId: string): Promise<Language>;
  /** Somebody has changed in Slack: they are asked about anew. */
  forget(userId: string): void;
}

export interface PeopleParts {
  readonly slack: WebClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly defaultLanguage: LanguageTag;
}

/** People seldom move or choose another language; in milliseconds. */
const CHOICES_KEPT_MS = 3_600_000;
/** An answer waits no longer for the language that it is to be in, in milliseconds. */
const LANGUAGE_WAIT_MS = 1_000;

/** Asks Slack about people, `users.info`, and keeps what it says. */
export function createPeople({ slack, clock, logger, defaultLanguage }: PeopleParts): People {
  const known = createKept<Person>(clock);

  async function ask(userId: string): Promise<Person> {
    const { user } = await slack.users.info({ user: userId, include_locale: true });
    const acts = user !== undefined && user.deleted !== true && user.is_bot !== true;
    return {
      isAdmin: acts && (user.is_admin === true || user.is_owner === true || user.is_primary_owner === true),
      timeZone: user?.tz ?? null,
      locale: user?.locale ?? null,
    };
  }

  function about(userId: string, maxAgeMs: number): Promise<Person> {
    return known.get(userId, maxAgeMs, () => ask(userId));
  }

  return {
    about,
    forget: (userId) => known.forget(userId),
    async timeZone(userId) {
      try {
        return (await about(userId, CHOICES_KEPT_MS)).timeZone ?? "UTC";
      } catch (error) {
        logger.warn({ code: explainSlackFailure(error).code }, "A person's time zone could not be read; UTC is used");
        return "UTC";
      }
    },
    async language(userId) {
      try {
        const person = await within(LANGUAGE_WAIT_MS, about(userId, CHOICES_KEPT_MS));
        return languageFor(languageOfLocale(person?.locale ?? "") ?? defaultLanguage);
      } catch (error) {
        logger.warn({ code: explainSlackFailure(error).code }, "A person's language could not be read; the default is used");
        return languageFor(defaultLanguage);
      }
    },
  };
}
