/** What is known of the native sync's movement. */
export interface SyncMovement {
  /** Changes that wait on either side, records with a known sync error left out. */
  readonly waiting: number;
  /** When the oldest of them was made. */
  readonly oldestWaitingAt: Date | null;
  /** The newest sign of a sync in either direction; null where none has been seen. */
  readonly lastSyncAt: Date | null;
  /** How long that may last, in milliseconds. */
  readonly stallMs: number;
  readonly now: Date;
}

/** Whether changes wait and nothing has been synced for too long: with healthy probes this is an `unknown-error`. */
export function stalled(movement: SyncMovement): boolean {
  if (movement.waiting <= 0 || movement.oldestWaitingAt === null) return false;
  const waitsSince = movement.oldestWaitingAt.getTime();
  const stillSince = Math.max(waitsSince, movement.lastSyncAt?.getTime() ?? waitsSince);
  return movement.now.getTime() - stillSince >= movement.stallMs;
}
