import { createHash } from "node:crypto";
import type { HomeView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Clock } from "../../health/clock.ts";
import type { HomeReport } from "../../monitor/home-report.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { explainSlackFailure } from "../failure.ts";
import type { People } from "../people.ts";
import { wait } from "../wait.ts";
import { homeView } from "./home-view.ts";

/** How often it is looked whether something has changed, in milliseconds. */
const LOOK_EVERY_MS = 3_000;
/** Slack doesn't tell when somebody leaves Home: so long after they came it is kept current, in milliseconds. */
const WATCHED_MS = 30 * 60_000;
/** Slack takes a hundred or more views.publish a minute (tier 4 of its rate limits); in milliseconds. */
const PUBLISH_INTERVAL_MS = 650;

export interface HomeTabsParts {
  readonly monitor: Pick<Monitor, "home" | "homeVersion">;
  readonly people: People;
  /** A client of its own: where Slack holds back Home, it holds back no alert. */
  readonly slack: WebClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  readonly signal: AbortSignal;
}

/** The Home tabs that people look at. */
export interface HomeTabs {
  /** Shows somebody the state as it is now, and keeps it current for half an hour. */
  opened(userId: string): Promise<void>;
}

interface Viewer {
  readonly openedAt: number;
  /** Digest of what they were shown last. */
  readonly shown: string;
}

/**
 * Publishes Home to who opens it, and again to those who opened it lately whenever it would show something else. While nobody
 * has, nothing is asked of the store; a change costs a few queries for all viewers together.
 */
export function createHomeTabs({ monitor, people, slack, clock, logger, version, signal }: HomeTabsParts): HomeTabs {
  const viewers = new Map<string, Viewer>();
  let isWatching = false;

  async function publish(userId: string, report: HomeReport): Promise<boolean> {
    const before = viewers.get(userId);
    const view = homeView(await people.language(userId), report, { userId, version });
    const shown = digestOf(view);
    if (before?.shown === shown) return false;
    await slack.views.publish({ user_id: userId, view });
    viewers.set(userId, { openedAt: before?.openedAt ?? clock.now().getTime(), shown });
    return true;
  }

  async function keepCurrent(): Promise<void> {
    let seen = await monitor.homeVersion();
    while (!signal.aborted) {
      await wait(LOOK_EVERY_MS, signal);
      forgetOld();
      if (viewers.size === 0 || signal.aborted) return;
      const current = await monitor.homeVersion();
      if (current === seen) continue;
      seen = current;
      await showAll(await monitor.home());
    }
  }

  /** Those who came last are looking most likely. */
  async function showAll(report: HomeReport): Promise<void> {
    const newestFirst = [...viewers].toSorted(([, one], [, other]) => other.openedAt - one.openedAt);
    for (const [userId] of newestFirst) {
      if (signal.aborted) return;
      try {
        if (await publish(userId, report)) await wait(PUBLISH_INTERVAL_MS, signal);
      } catch (error) {
        viewers.delete(userId);
        logger.warn({ code: explainSlackFailure(error).code }, "A Home tab could not be kept current");
      }
    }
  }

  function forgetOld(): void {
    const oldest = clock.now().getTime() - WATCHED_MS;
    for (const [userId, { openedAt }] of viewers) if (openedAt < oldest) viewers.delete(userId);
  }

  function watch(): void {
    if (isWatching) return;
    isWatching = true;
    void keepCurrent()
      .catch((error) => logger.error({ reason: String(error) }, "Home tabs are not kept current until somebody opens one"))
      .finally(() => {
        isWatching = false;
      });
  }

  return {
    async opened(userId) {
      viewers.set(userId, { openedAt: clock.now().getTime(), shown: "" });
      watch();
      try {
        await publish(userId, await monitor.home());
      } catch (error) {
        logger.warn({ code: explainSlackFailure(error).code }, "App Home could not be shown");
      }
    },
  };
}

function digestOf(view: HomeView): string {
  return createHash("sha256").update(JSON.stringify(view)).digest("base64");
}
