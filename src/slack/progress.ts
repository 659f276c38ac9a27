import type { Message } from "./blocks/message.ts";

/** An answer that takes longer is announced. */
const SLOW_MS = 1_000;

/** Tells of slow work once, in the order in which people are to see it: what is told is out before the work's result is given. */
export async function withProgress<Result>(
  work: Promise<Result>,
  progress: Message | null,
  tell: (progress: Message) => Promise<void>,
): Promise<Result> {
  if (progress === null) return work;
  let told: Promise<void> | null = null;
  const timer = setTimeout(() => {
    told = tell(progress);
  }, SLOW_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    await told;
  }
}
