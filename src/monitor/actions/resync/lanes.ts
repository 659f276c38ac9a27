/**
 * Does some work, so much of it at a time. Where one piece fails, no further ones are begun, those under way are waited for, and
 * the first failure is thrown.
 */
export async function inLanes<T>(work: readonly T[], lanes: number, step: (one: T) => Promise<void>): Promise<void> {
  const left = work.values();
  let isStopped = false;
  const lane = async () => {
    for (const one of left) {
      if (isStopped) return;
      try {
        await step(one);
      } catch (error) {
        isStopped = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, work.length) }, lane));
  const failed = ended.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
