import { z } from "zod";

const COMMANDS = 100;
const PAUSE_MS = 60;

/** In milliseconds from Slack's sending to the bot's acknowledging. */
export interface Acknowledgements {
  readonly commands: number;
  /** Sent while the poll was running still. */
  readonly duringPoll: number;
  readonly median: number;
  readonly percentile99: number;
  readonly longest: number;
}

const answerSchema = z.object({ ack: z.object({ acknowledged: z.literal(true), ackMs: z.number() }) });

/** Sends `/sync status` a hundred times, one after the other, while something runs. */
export async function acknowledgementsDuring(slackUrl: string, isRunning: () => boolean): Promise<Acknowledgements> {
  const times: number[] = [];
  let duringPoll = 0;
  for (let command = 0; command < COMMANDS; command++) {
    if (isRunning()) duringPoll++;
    const response = await fetch(`${slackUrl}/sandbox/slack/command`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user: "U0ADMIN", channel: "C0REVOPS", text: "status", waitMs: 0 }),
    });
    times.push(answerSchema.parse(await response.json()).ack.ackMs);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  const sorted = times.toSorted((one, other) => one - other);
  const percentile = (part: number) => sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0;
  return { commands: COMMANDS, duringPoll, median: percentile(0.5), percentile99: percentile(0.99), longest: percentile(1) };
}
