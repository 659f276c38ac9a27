import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { PlayedWorld } from "./play-world.ts";

/** Plays the worlds of these seeds, several at a time, each worker with a store of its own. In the order of the seeds. */
export async function playWorlds(
  seeds: readonly number[],
  workers: number,
  done: (world: PlayedWorld) => void,
): Promise<readonly PlayedWorld[]> {
  const left = [...seeds];
  const played = new Map<number, PlayedWorld>();
  await Promise.all(
    Array.from({ length: Math.min(workers, seeds.length) }, async () => {
      const worker = fork(join(import.meta.dirname, "worker.ts"), { serialization: "advanced" });
      try {
        await answerOf(worker, null);
        for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
          const world = (await answerOf(worker, seed)) as PlayedWorld;
          played.set(seed, world);
          done(world);
        }
      } finally {
        worker.disconnect();
      }
    }),
  );
  return seeds.flatMap((seed) => played.get(seed) ?? []);
}

async function answerOf(worker: ReturnType<typeof fork>, seed: number | null): Promise<unknown> {
  const stop = new AbortController();
  const answered = once(worker, "message", { signal: stop.signal });
  const ended = once(worker, "exit", { signal: stop.signal }).then(([code]) => {
    throw new Error(`The worker that played world ${seed} ended with ${code}`);
  });
  if (seed !== null) worker.send(seed);
  try {
    const [answer] = await Promise.race([answered, ended]);
    return answer;
  } finally {
    stop.abort();
    for (const waiting of [answered, ended]) waiting.catch(() => {});
  }
}
