import { eventually, type SeenMessage } from "./control.ts";
import type { BotProcess, World } from "./world.ts";

/** Where the world stands when the bot dies. Each resolves when the bot is gone. */
export interface Crash {
  /** Right after Slack has taken a post or change whose text fits, before the bot can have heard of it. */
  whenSlackShows(text: RegExp): Promise<void>;
  /** Right after HubSpot has saved the nth record that the bot writes from now on, in the middle of a batch that is larger. */
  whenHubSpotSaves(nth: number): Promise<void>;
  /** Right after Salesforce has saved what the bot writes, before the answer can be with it. */
  whenSalesforceSaves(): Promise<void>;
  /** As soon as the bot has sent a call that fits `operation` (as GET /sandbox/calls names it) the nth time from now on. */
  whenCalled(operation: RegExp, nth?: number): Promise<void>;
}

const IN_VAIN_MS = 40_000;

/** Kills a bot (SIGKILL) at exact points of its work, as the sandbox in this process sees them. */
export function crashOf({ sandbox, control }: World, bot: BotProcess, patienceMs = IN_VAIN_MS): Crash {
  async function callsLike(operation: RegExp): Promise<number> {
    const { bot: calls } = await control.get<{ bot: Record<string, Record<string, number>> }>("/calls");
    const all = Object.values(calls).flatMap((byOperation) => Object.entries(byOperation));
    return all.filter(([name]) => operation.test(name)).reduce((sum, [, count]) => sum + count, 0);
  }

  return {
    whenSlackShows(text) {
      const { slack } = sandbox;
      return inTime(`Slack shows ${text}`, patienceMs, (dead) => {
        const stop = slack.onChange((change) => {
          if (change.kind !== "message" || !change.byBot) return;
          if (!text.test(slack.workspace.message(change.channel, change.ts)?.text ?? "")) return;
          stop();
          dead(bot.kill());
        });
      });
    },
    whenHubSpotSaves(nth) {
      let saved = 0;
      return inTime(`HubSpot saves ${nth} records`, patienceMs, (dead) => {
        sandbox.account.onChange(({ source }) => {
          if (source !== "INTEGRATION") return;
          saved += 1;
          if (saved === nth) dead(bot.kill());
        });
      });
    },
    whenSalesforceSaves() {
      const own = () => sandbox.org.writes().filter(({ app }) => app === "Syncwarden").length;
      const before = own();
      return inTime("Salesforce saves", patienceMs, (dead) => {
        // Looked at between any two steps of this process, in which Salesforce answers too.
        const look = () => void (own() > before ? dead(bot.kill()) : setImmediate(look));
        look();
      });
    },
    async whenCalled(operation, nth = 1) {
      const before = await callsLike(operation);
      await eventually(`call ${nth} of ${operation}`, async () => (await callsLike(operation)) >= before + nth, patienceMs, 10);
      await bot.kill();
    },
  };
}

function inTime(what: string, patienceMs: number, begin: (dead: (kill: Promise<void>) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Waited ${patienceMs} ms in vain until ${what}`)), patienceMs);
    begin((kill) => {
      clearTimeout(timer);
      kill.then(resolve, reject);
    });
  });
}

/** What the bot has announced in a channel more than once: keys of messages, by the metadata that each carries. */
export function postedTwice(messages: readonly SeenMessage[]): readonly string[] {
  const keys = messages.flatMap(({ metadata }) => metadata?.event_payload?.key ?? []);
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}
