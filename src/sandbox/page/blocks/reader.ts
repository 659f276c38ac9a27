/** Whom blocks are rendered for: names come from the workspace, times are told in the reader's own zone. */
export interface Reader {
  readonly users: readonly { readonly id: string; readonly name: string }[];
  /** Of a direct message, the name is the person's id. */
  readonly channels: readonly { readonly id: string; readonly name: string; readonly kind: "public" | "private" | "im" }[];
  readonly userGroups: readonly { readonly id: string; readonly name: string }[];
  readonly clock: ReaderClock;
}

export interface ReaderClock {
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47: how dates within messages are written. */
  readonly locale: string;
  readonly now: Date;
}

/**
 * The reader's zone as a browser names it, and the locale that the person has Slack in; of English, the browser's decides between
 * 12 and 24 hours. UTC and British English where none exists of that name.
 */
export function readerClock(
  timeZone: string | undefined,
  { person, browser }: { readonly person: string | undefined; readonly browser: string | undefined },
  now: Date,
): ReaderClock {
  const locale = person === undefined || person.startsWith("en") ? browserEnglish(browser) : person;
  return {
    timeZone: works(() => new Intl.DateTimeFormat("en", { timeZone })) ? (timeZone ?? "UTC") : "UTC",
    locale: works(() => new Intl.DateTimeFormat(locale)) ? locale : "en-GB",
    now,
  };
}

function browserEnglish(browser: string | undefined): string {
  return browser?.startsWith("en") ? browser : "en-GB";
}

function works(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
