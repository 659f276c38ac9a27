import { beforeEach, expect, test } from "vitest";
import { eventually, serveBot } from "./local-slack.ts";
import { connectionReport, logEntry, suspension } from "./reports.ts";

const { slack, bot } = await serveBot(null);

beforeEach(() => {
  bot.monitor.reports.clear();
  bot.monitor.requests = [];
  bot.monitor.stored = [];
  bot.monitor.log = [];
});

const homeOf = (user: string) => JSON.stringify(slack.service.control.views(user).home);
/** Another one after each views.publish. */
const hashOf = (user: string) => slack.service.workspace.views.homeOf(user)?.hash;

async function open(user: string, shows: string): Promise<void> {
  await slack.service.control.home({ user });
  await eventually(() => homeOf(user).includes(shows), `Home of ${user} shows ${shows}`);
}

test("Home shows the connections, the calls as a bar and in words, what waits for this person, and what was done lately", async () => {
  const standing = suspension({ acknowledgedBy: null, acknowledgedAt: null });
  const api = { ...connectionReport().api, used: 12_000, max: 15_000 };
  bot.monitor.reports.set("acme", connectionReport({ state: "suspended", suspension: standing, api }));
  const asked = { connection: "acme", kind: "resync", state: "running", requestedAt: new Date() } as const;
  bot.monitor.requests = [
    { ...asked, requestedBy: "U0ADMIN" },
    { ...asked, kind: "audit", requestedBy: "U0OPERATOR" },
  ];
  bot.monitor.log = [logEntry({ action: "mute", target: "E7K3Q" })];
  await open("U0ADMIN", "acme is suspended");
  const home = homeOf("U0ADMIN");
  expect(home).toContain("▰▰▰▰▰▰▰▰▰▰▰▰▰▰▰▰▱▱▱▱ 80%");
  expect(home).toContain("nobody has acknowledged it");
  expect(home).toContain("Your resync in acme");
  expect(home).not.toContain("Your audit");
  expect(home).toContain("None yet. `/sync subscribe`");
  expect(home).toContain("mute E7K3Q");
});

test("a change is shown within seconds to who opened Home lately, made once for all of them; what would look the same isn't sent", async () => {
  await open("U0ADMIN", "acme");
  await open("U0OPERATOR", "acme");
  const [made, hash] = [bot.monitor.homesMade, hashOf("U0ADMIN")];
  bot.monitor.version = "2";
  await eventually(() => bot.monitor.homesMade > made, "Home is made again");
  expect(hashOf("U0ADMIN")).toBe(hash);
  bot.monitor.reports.set("acme", connectionReport({ state: "unknown" }));
  bot.monitor.version = "3";
  for (const user of ["U0ADMIN", "U0OPERATOR"]) {
    await eventually(() => homeOf(user).includes("is in an unknown state"), `Home of ${user} is current`);
  }
  expect(bot.monitor.homesMade).toBe(made + 2);
  expect(slack.service.control.views("U0VIEWER").home).toBeNull();
});
