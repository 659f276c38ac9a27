import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pino from "pino";
import { loadConfig } from "../../src/config/load.ts";
import { start } from "../../src/main.ts";
import { installationFromManifest } from "../../src/sandbox/slack/installation.ts";
import { type OpenSandbox, openSandbox } from "../../src/sandbox/start.ts";
import { type Control, controlOf } from "./control.ts";
import { fillDataDirectory } from "./prepared-data.ts";
import { removeScratch, scratchDirectory } from "./scratch.ts";
import { configure, type WorldOptions } from "./world.ts";

/** A world and the bot in it, as one process: nobody waits for the night or the next morning. */
export interface DrivenWorld {
  readonly sandbox: OpenSandbox;
  readonly control: Control;
  /** Has it be that time everywhere, and what the bot does each minute be done. Time goes on from there. */
  reach(at: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts a healthy world at a time, with the bot as `npm start` wires it. Polls come by the real clock, and see the other one. */
export async function openDrivenWorld(at: string, options: WorldOptions): Promise<DrivenWorld> {
  let ahead = Date.parse(at) - Date.now();
  const now = () => new Date(Date.now() + ahead);
  const installation = installationFromManifest(await readFile(join(import.meta.dirname, "../../manifest.yml"), "utf8"));
  const { seed = 1, contacts = 60, times = {} } = options;
  const asked = { port: 0, seed, contacts, healthy: true, journal: null };
  const sandbox = await openSandbox(asked, { times, now, slack: { installation } });
  await configure(sandbox.environment.SYNCWARDEN_CONFIG, options);
  const data = await scratchDirectory("e2e");
  await fillDataDirectory(data);
  const config = loadConfig({ ...sandbox.environment, SYNCWARDEN_DATA: data });
  const bot = await start(config, pino({ level: "silent" }), { now });
  return {
    sandbox,
    control: controlOf(sandbox.url),
    async reach(time) {
      ahead = Date.parse(time) - Date.now();
      await bot.everyMinute();
    },
    async close() {
      await bot.stop();
      await sandbox.close();
      await removeScratch(data);
    },
  };
}
