import type { Logger } from "pino";
import { withoutSecrets } from "./bolt-logger.ts";

/** How many interactions are remembered so that a repeated delivery does nothing twice. */
const REMEMBERED = 2_000;

/** The work on commands and clicks: acknowledged first, done once, waited for when the process stops. */
export interface Interactions {
  /** Acknowledges, then works. A delivery that was already taken (`id` seen before) is acknowledged and dropped. */
  take(interaction: Interaction): Promise<void>;
  /** Resolves when all work is done, or after `timeoutMs`. */
  settle(timeoutMs: number): Promise<void>;
}

export interface Interaction {
  /** Slack's trigger_id: the same in every delivery of one command or click. */
  readonly id: string | undefined;
  readonly name: string;
  readonly ack: () => Promise<void>;
  readonly work: () => Promise<void>;
  /** Tells the person that something went wrong. */
  readonly apologise: (sentence: string) => Promise<void>;
}

export function createInteractions(logger: Logger): Interactions {
  const seen = new Set<string>();
  const running = new Set<Promise<void>>();

  function isRepeated(id: string | undefined): boolean {
    if (id === undefined || id === "") return false;
    if (seen.has(id)) return true;
    seen.add(id);
    const oldest = seen.values().next();
    if (seen.size > REMEMBERED && !oldest.done) seen.delete(oldest.value);
    return false;
  }

  async function perform({ name, work, apologise }: Interaction): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = withoutSecrets(error instanceof Error ? error.message : String(error));
      logger.error(
        { interaction: name, reason, stack: error instanceof Error ? withoutSecrets(error.stack ?? "") : undefined },
        "A Slack interaction failed",
      );
      await apologise(
        "Something went wrong on my side, so I can't say what came of this. The log of the bot has the details; please try again.",
      );
    }
  }

  return {
    async take(interaction) {
      await interaction.ack();
      if (isRepeated(interaction.id)) return;
      const work = perform(interaction).finally(() => running.delete(work));
      running.add(work);
      await work;
    },
    async settle(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs);
      });
      await Promise.race([Promise.allSettled(running), timeout]);
      clearTimeout(timer);
    },
  };
}
