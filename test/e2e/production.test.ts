import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { controlOf, eventually, wordsOf } from "../support/control.ts";
import { postedTwice } from "../support/crash.ts";
import { removeScratch, scratchDirectory } from "../support/scratch.ts";
import { type BotProcess, runCommand, startWorld, type World } from "../support/world.ts";

const LONG = 90_000;
/** What Slack sends for a command, but for where to answer. */
const COMMAND = "command=%2Fsync&text=subscribe&user_id=U0ADMIN&channel_id=C0REVOPS&team_id=T1&trigger_id=1";

/** Lines of the log about failures. */
function complaints(bot: BotProcess): readonly string[] {
  return bot
    .output()
    .split("\n")
    .filter((line) => /"level":(?:[4-6]0)|^\s+at /.test(line));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("with services that run elsewhere", () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ contacts: 20 });
  });

  afterAll(() => world.close());

  test("variables alone, Socket Mode: answers, takes a subscription, alerts, and ends in order", { timeout: LONG }, async () => {
    const { control } = world;
    const data = await scratchDirectory("production");
    const bot = await world.startBot({ SYNCWARDEN_CONFIG: undefined, SYNCWARDEN_DATA: data });
    const status = await eventually("the first look has been taken", async () => {
      const [answer] = (await control.command("status")).responses;
      return answer && /as of/i.test(answer.text) && answer;
    });
    expect(wordsOf(status)).toMatch(/API calls.*of 100,000/);
    await control.command("subscribe immediate", { channel: "C0SALES" });
    await control.make("suspension/sf-api-limit-exceeded");
    await control.command("refresh");
    const alert = await eventually("the alert", async () =>
      (await control.messages("C0SALES")).find(({ text }) => /the sync is suspended/.test(text)),
    );
    expect(wordsOf(alert)).toContain("REQUEST_LIMIT_EXCEEDED");
    expect(await control.messages("C0REVOPS").then((all) => all.filter(({ ephemeral }) => !ephemeral))).toEqual([]);
    await control.mend("suspension/sf-api-limit-exceeded");
    const began = Date.now();
    expect(await bot.stop()).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(complaints(bot).filter((line) => !line.includes("REQUEST_LIMIT_EXCEEDED"))).toEqual([]);
    await removeScratch(data);
  });

  test("signed HTTP, by a signing secret without an app token: answers what Slack signed, and nothing else", {
    timeout: LONG,
  }, async () => {
    const { control } = world;
    const port = await freePort();
    const bot = await world.startBot({ SLACK_APP_TOKEN: undefined, PORT: String(port) });
    const url = `http://127.0.0.1:${port}/slack/events`;
    await control.send("POST", "/slack/delivery", { url });
    expect((await control.command("status")).responses.map(({ text }) => text).join()).toContain("acme");
    const { ack, responses } = await control.command("subscribe weekly mon 07:30", { channel: "C0SALES" });
    expect(ack?.acknowledged).toBe(true);
    expect(responses.map(wordsOf).join()).toMatch(/weekly/i);

    const statusOf = async (secret: string, ageSeconds: number, what: { signed?: string; sent?: string } = {}) => {
      const { signed = COMMAND, sent = signed } = what;
      const at = Math.floor(Date.now() / 1000) - ageSeconds;
      const signature = `v0=${createHmac("sha256", secret).update(`v0:${at}:${signed}`).digest("hex")}`;
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": String(at),
        "x-slack-signature": signature,
      };
      return (await fetch(url, { method: "POST", body: sent, headers })).status;
    };
    const secret = world.sandbox.environment.SLACK_SIGNING_SECRET ?? "";
    expect(await statusOf("another secret", 0)).toBe(401);
    expect(await statusOf(secret, 600)).toBe(401);
    expect(await statusOf(secret, 0, { sent: COMMAND.replace("U0ADMIN", "U0VIEWER") })).toBe(401);
    expect(await statusOf(secret, 0, { signed: "ssl_check=1&token=legacy" })).toBe(200);

    await control.send("POST", "/slack/delivery", { url: null });
    expect(await bot.stop()).toBe(0);
    expect(complaints(bot).filter((line) => !/signature|timestamp|verif/i.test(line))).toEqual([]);
  });

  test("SIGTERM while an alert is on its way: it is posted, the process ends with 0, and the next one posts nothing again", {
    timeout: LONG,
  }, async () => {
    const { control } = world;
    const first = await world.startBot({ SLACK_MODE: "socket" });
    await eventually("the first look", async () => /as of/i.test((await control.command("status")).responses[0]?.text ?? ""));
    await control.fault({ service: "slack", path: "/api/chat.postMessage", delayMs: 1_500, times: 1 });
    await control.make("suspension/sf-object-permissions-missing");
    await eventually(
      "the alert is in the air",
      async () => {
        const { faults } = await control.get<{ faults: unknown[] }>("/faults");
        return faults.length === 0;
      },
      20_000,
      20,
    );
    const began = Date.now();
    expect(await first.stop()).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    const second = await world.startBot();
    for (const channel of ["C0REVOPS", "C0SALES"]) {
      await eventually(`the alert in ${channel}`, async () =>
        (await control.messages(channel)).some(({ text }) => /the sync is suspended/.test(text)),
      );
      expect(postedTwice(await control.messages(channel))).toEqual([]);
    }
    expect(await second.stop()).toBe(0);
    expect([...complaints(first), ...complaints(second)]).toEqual([]);
  });
});

test("sandbox --no-bot prints the variables with which a bot joins it from another process", { timeout: LONG }, async () => {
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const sandbox = spawn(process.execPath, ["src/cli.ts", "sandbox", "--no-bot", "--healthy", "--contacts", "10"], {
    cwd: join(import.meta.dirname, "../.."),
    env: { PATH, HOME, SANDBOX_PORT: String(port) },
  });
  let output = "";
  sandbox.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => sandbox.once("exit", resolve));
  const data = await scratchDirectory("production");
  try {
    await eventually("the variables", async () => output.includes("SYNCWARDEN_CONFIG="));
    const variables = Object.fromEntries([...output.matchAll(/^ +([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name, value]));
    expect(Object.keys(variables)).toEqual(
      expect.arrayContaining(["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "HUBSPOT_API_URL", "SALESFORCE_LOGIN_URL"]),
    );
    const { code, output: said } = await runCommand("doctor", { ...variables, SYNCWARDEN_DATA: join(data, "database") });
    expect(said).toContain("✓ Salesforce (acme)");
    expect(code).toBe(0);
    expect((await controlOf(`http://127.0.0.1:${port}`).truth()).suspension).toBeNull();
  } finally {
    sandbox.kill("SIGTERM");
    expect(await ended).toBe(0);
    await removeScratch(data);
  }
});

test("migrate brings a new database up to date once", { timeout: LONG }, async () => {
  const data = await scratchDirectory("production");
  const first = await runCommand("migrate", { SYNCWARDEN_DATA: data });
  expect(first).toEqual({ code: 0, output: expect.stringMatching(/^Ran 001-initial(, \d{3}-[a-z-]+)*\.\n$/) });
  expect(await runCommand("migrate", { SYNCWARDEN_DATA: data })).toEqual({ code: 0, output: "The database is up to date.\n" });
  await removeScratch(data);
});
