import type { Watermark } from "../../store/schema.ts";

/**
 * How many records at the edge are remembered, as many as a mass update changes at once. More of them count as new with every
 * reading, and are looked at again before those that wait behind them.
 */
const SEEN_LIMIT = 100_000;
/** How far this machine's clock may be ahead of a system's before a change that shows up late could be missed. */
const CLOCK_TOLERANCE_MS = 40_000;

/**
 * The edge up to which one object's changes have been read. Search indexes and long transactions show changes late: reading
 * starts again a little before the newest change seen, and what was read there already isn't new.
 */
export class Edge {
  readonly since: Date;
  readonly #before: Watermark | undefined;
  readonly #seenBefore: ReadonlySet<string>;
  readonly #lagMs: number;
  #seen: { readonly entry: string; readonly at: number }[] = [];
  #newest: number;
  #hasNew = false;

  /** `lagMs`: how late a change may show up. */
  constructor(before: Watermark | undefined, lagMs: number) {
    this.#before = before;
    this.#lagMs = lagMs;
    this.since = new Date(before?.since ?? 0);
    this.#seenBefore = new Set(before?.seen ?? []);
    this.#newest = this.since.getTime();
  }

  /** Notes a record that was read; answers whether this version of it is new. */
  isNew(id: string, modifiedAt: Date): boolean {
    const entry = `${id}@${modifiedAt.getTime()}`;
    const at = modifiedAt.getTime();
    const isNew = !this.#seenBefore.has(entry);
    this.#hasNew ||= isNew;
    this.#newest = Math.max(this.#newest, at);
    this.#seen.push({ entry, at });
    if (this.#seen.length > 2 * SEEN_LIMIT) this.#forgetOld();
    return isNew;
  }

  #forgetOld(): void {
    this.#seen = this.#seen
      .filter(({ at }) => at >= this.#newest - this.#lagMs)
      .toSorted((one, other) => one.at - other.at)
      .slice(-SEEN_LIMIT);
  }

  /** From where to read next, after a reading that began at `readAt`. */
  next(readAt: Date): Watermark {
    const settledAt = readAt.getTime() - this.#lagMs - CLOCK_TOLERANCE_MS;
    if (this.#seen.length > 0 && this.#newest <= settledAt) return this.#beyondNewest(readAt);
    if (!this.#hasNew) {
      const quietMs = readAt.getTime() - new Date(this.#before?.readAt ?? 0).getTime();
      if (this.#seen.length === 0 && this.#before !== undefined) return this.#before;
      // Whatever was changed before the newest change seen has shown up by now.
      if (quietMs >= this.#lagMs && this.#seen.length > 0) {
        return this.#beyondNewest(readAt);
      }
    }
    this.#forgetOld();
    const since = Math.max(this.since.getTime(), this.#newest - this.#lagMs, settledAt);
    return {
      since: new Date(since).toISOString(),
      seen: [...new Set(this.#seen.filter(({ at }) => at >= since).map(({ entry }) => entry))],
      readAt: (this.#hasNew || this.#before?.readAt === undefined ? readAt : new Date(this.#before.readAt)).toISOString(),
    };
  }

  #beyondNewest(readAt: Date): Watermark {
    return { since: new Date(this.#newest + 1).toISOString(), seen: [], readAt: readAt.toISOString() };
  }
}
