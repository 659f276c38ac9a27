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
  /** BCP 47; decides between 12 and 24 hours. */
  readonly locale: string;
  readonly now: Date;
}

/** The reader's zone and locale as a browser names them; UTC and British English where it names none that exists. */
export function readerClock(timeZone: string | undefined, locale: string | undefined, now: Date): ReaderClock {
  return {
    timeZone: works(() => new Intl.DateTimeFormat("en", { timeZone })) ? (timeZone ?? "UTC") : "UTC",
    // The page speaks English, so months must too.
    locale: locale?.startsWith("en") && works(() => new Intl.DateTimeFormat(locale)) ? locale : "en-GB",
    now,
  };
}

function works(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
