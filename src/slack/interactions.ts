import { type Sentence, sentence } from "../language/sentence.ts";
import { withoutSecrets } from "./bolt-logger.ts";
import type { SlackContext, SlackParts } from "./context.ts";
import { within } from "./wait.ts";

/** How many interactions are remembered so that a repeated delivery does nothing twice. */
const REMEMBERED = 2_000;

/** The work on commands, clicks and dialogs: acknowledged first, done once, waited for when the process stops. */
export interface Interactions {
  /** Acknowledges, then works, in the person's language. A delivery that was taken already (`id` seen before) is dropped. */
  take(interaction: Interaction): Promise<void>;
  /** What work for a person is done with. */
  contextFor(userId: string): Promise<SlackContext>;
  /** Resolves when all work is done, or after `timeoutMs`. */
  settle(timeoutMs: number): Promise<void>;
}

export interface Interaction {
  /** Slack's trigger_id: the same in every delivery of one command or click. */
  readonly id: string | undefined;
  readonly name: string;
  /** Who it is from. */
  readonly userId: string;
  /** The acknowledgement, where it says something. What says nothing is acknowledged before it is taken. */
  readonly ack?: (context: SlackContext) => Promise<void>;
  readonly work: (context: SlackContext) => Promise<void>;
  /** Tells the person that something went wrong. */
  readonly apologise: (sentence: Sentence, context: SlackContext) => Promise<void>;
}

export function createInteractions(parts: SlackParts): Interactions {
  const { logger, people } = parts;
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

  async function perform({ name, work, apologise }: Interaction, context: SlackContext): Promise<void> {
    try {
      await work(context);
    } catch (error) {
      const reason = withoutSecrets(error instanceof Error ? error.message : String(error));
      logger.error(
        { interaction: name, reason, stack: error instanceof Error ? withoutSecrets(error.stack ?? "") : undefined },
        "A Slack interaction failed",
      );
      await apologise(
        sentence(
          "Something went wrong on my side, so I can't say what came of this. The log of the bot has the details; please try again.",
        ),
        context,
      );
    }
  }

  async function contextFor(userId: string): Promise<SlackContext> {
    return { ...parts, t: await people.language(userId) };
  }

  return {
    contextFor,
    async take(interaction) {
      const context = await contextFor(interaction.userId);
      await interaction.ack?.(context);
      if (isRepeated(interaction.id)) return;
      const work = perform(interaction, context).finally(() => running.delete(work));
      running.add(work);
      await work;
    },
    async settle(timeoutMs) {
      await within(timeoutMs, Promise.allSettled(running));
    },
  };
}
