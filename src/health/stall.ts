/** Changes of one kind that wait, records with a known sync error left out. */
export interface WaitingChanges {
  /** The side that the changes were made on. */
  readonly changedIn: "hubspot" | "salesforce";
  /** What sets one kind apart from another: the object, and whether records are to be made or updated. */
  readonly kind: string;
  readonly records: number;
  /** When the oldest of them was made. */
  readonly oldestAt: Date;
}

/** What is known of the native sync's movement. */
export interface SyncMovement {
  readonly waiting: readonly WaitingChanges[];
  /** The newest sign of a sync in either direction; null where none has been seen. */
  readonly lastSyncAt: Date | null;
  /** How long that may last, in milliseconds. */
  readonly stallMs: number;
  readonly now: Date;
}

/** From how many unproven changes on they speak against the sync rather than against themselves: of several kinds, or of one. */
const SEVERAL = { records: 3, kinds: 2 } as const;
const MANY = 10;

/**
 * Whether changes wait and nothing has been synced for too long: with healthy probes this is an `unknown-error`.
 *
 * What waits in HubSpot has been tried on Salesforce, which takes it: one such change is enough. What waits in Salesforce may be
 * refused by HubSpot for a reason that can't be seen from outside, so that few of one kind prove nothing.
 */
export function stalled({ waiting, lastSyncAt, stallMs, now }: SyncMovement): boolean {
  const long = waiting.filter(({ records, oldestAt }) => {
    const stillSince = Math.max(oldestAt.getTime(), lastSyncAt?.getTime() ?? 0);
    return records > 0 && now.getTime() - stillSince >= stallMs;
  });
  if (long.some(({ changedIn }) => changedIn === "hubspot")) return true;
  const records = long.reduce((sum, one) => sum + one.records, 0);
  return records >= MANY || (records >= SEVERAL.records && new Set(long.map(({ kind }) => kind)).size >= SEVERAL.kinds);
}
