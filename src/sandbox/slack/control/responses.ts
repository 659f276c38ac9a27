import { setTimeout as sleep } from "node:timers/promises";
import type { SlackContext } from "../context.ts";
import type { SlackMessage } from "../workspace/model.ts";
import { type SeenMessage, seenMessage } from "./seen.ts";

export interface Patience {
  /** How long to wait for a first sign of an answer after the acknowledgement. */
  readonly firstMs: number;
  /** After the last sign of an answer, quiet for this long means that the app is done. */
  readonly quietMs?: number | undefined;
}

const usualQuietMs = 400;
/** An app that keeps on writing is left at it. */
const longestMs = 10_000;

/** Collects what an app answers a person with, from before something is delivered to it until it falls quiet. */
export interface Collector {
  /** Waits for quiet and answers the messages that are for this person or came through the response_url. */
  settle(patience: Patience): Promise<readonly SeenMessage[]>;
  stop(): void;
}

export function collectResponses(context: SlackContext, user: string, responsePath: string | null): Collector {
  const { workspace, responseUrls } = context;
  const found = new Map<string, { readonly channel: string; readonly ts: string }>();
  let lastSign: number | null = null;

  function note({ channel, ts }: Pick<SlackMessage, "channel" | "ts">): void {
    found.set(`${channel} ${ts}`, { channel, ts });
  }

  const stopChanges = workspace.onChange((change) => {
    if (change.kind === "message" && !change.byBot) return;
    if ((change.kind === "view" || change.kind === "home") && change.user !== user) return;
    // What the app tells a channel of its own accord meanwhile is no beginning of an answer, nor is a file of its.
    const isAside = change.kind === "file" || (change.kind === "message" && change.ephemeralTo !== user);
    if (isAside && lastSign === null) return;
    lastSign = performance.now();
    if (change.kind === "message" && change.ephemeralTo === user) note(change);
  });
  const stopPosts = responseUrls.onPost((path, message) => {
    if (path !== responsePath) return;
    lastSign = performance.now();
    if (message !== null) note(message);
  });

  function stop(): void {
    stopChanges();
    stopPosts();
  }

  return {
    stop,
    async settle({ firstMs, quietMs = usualQuietMs }) {
      const started = performance.now();
      for (;;) {
        const now = performance.now();
        const done = lastSign === null ? now - started >= firstMs : now - lastSign >= quietMs;
        if (done || now - started >= Math.max(longestMs, firstMs)) break;
        await sleep(20);
      }
      stop();
      return [...found.values()].flatMap(({ channel, ts }) => {
        const message = workspace.message(channel, ts);
        return message === undefined ? [] : [seenMessage(context, message)];
      });
    },
  };
}
