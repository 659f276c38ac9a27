import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bot, createBot, eventually, freePort, type LocalSlack, startLocalSlack } from "./local-slack.ts";
import { clearing, suspension } from "./reports.ts";

let slack: LocalSlack;
let bot: Bot | null = null;

beforeEach(async () => {
  slack = await startLocalSlack();
});

afterEach(async () => {
  await bot?.app.stop();
  bot = null;
  await slack.close();
});

async function status(): Promise<string | undefined> {
  const { responses } = await slack.service.control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "status" });
  return responses[0]?.text;
}

test("Socket Mode: connects, and connects again at once when Slack refreshes or cuts the connection", async () => {
  bot = createBot(slack.settings);
  const { app } = bot;
  expect(app.status()).toEqual({ connected: false, problem: null });
  await app.start();
  expect(app.status()).toEqual({ connected: true, problem: null });
  slack.service.refreshConnections();
  await eventually(() => !app.status().connected, "the connection ends");
  await eventually(() => app.status().connected, "connected again");
  slack.service.dropConnections();
  await eventually(() => !app.status().connected, "the connection ends");
  await eventually(() => app.status().connected, "connected again");
  expect(await status()).toContain("acme has sync errors");
});

test("signed HTTP: answers what Slack signed, and refuses what is unsigned, wrongly signed or old", async () => {
  const port = await freePort();
  bot = createBot(slack.httpSettings(port));
  await bot.app.start();
  expect(bot.app.status()).toEqual({ connected: true, problem: null });
  const url = `http://127.0.0.1:${port}/slack/events`;
  await slack.service.setHttpDelivery(url);
  expect(await status()).toContain("acme has sync errors");

  const body = "command=%2Fsync&text=status&user_id=U0ADMIN&channel_id=C0REVOPS&team_id=T1&trigger_id=1";
  const post = (timestamp: number, secret: string) =>
    fetch(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": String(timestamp),
        "x-slack-signature": `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`,
      },
    });
  const now = Math.floor(Date.now() / 1000);
  const { transport } = slack.httpSettings(port);
  const secret = transport.mode === "http" ? transport.signingSecret : "";
  expect((await post(now, secret)).status).toBe(200);
  expect((await post(now, "another secret")).status).toBe(401);
  expect((await post(now - 600, secret)).status).toBe(401);
  expect((await fetch(url, { method: "POST", body })).status).toBe(401);
});

/** Sends the same signed request three times, as Slack's retries do, and expects one request of the monitor. */
async function sentThreeTimes(body: string, asked: Record<string, unknown>): Promise<void> {
  const port = await freePort();
  const { transport } = slack.httpSettings(port);
  bot = createBot(slack.httpSettings(port));
  await bot.app.start();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const secret = transport.mode === "http" ? transport.signingSecret : "";
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`,
  };
  const { monitor } = bot;
  monitor.suspensions = [suspension({ clearing: clearing() })];
  for (let time = 0; time < 3; time += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: "POST", body, headers });
    expect(answer.status).toBe(200);
  }
  await eventually(() => monitor.asked.length > 0, "the request");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(monitor.asked).toMatchObject([asked]);
}

test("a signed request that is sent again does nothing twice, and is acknowledged each time", () =>
  sentThreeTimes("command=%2Fsync&text=refresh&user_id=U0ADMIN&channel_id=C0REVOPS&team_id=T1&trigger_id=7.7.abc", {
    what: "poll",
    target: "acme",
    actor: { userId: "U0ADMIN" },
  }));

test.each([
  ["clear", { suspensionId: "S-1" }, { what: "clear", target: "S-1" }],
  ["cancel-clear", { suspensionId: "S-1", requestId: "R-1" }, { what: "cancel", target: "R-1" }],
])("a click on %s that Slack sends again asks once", async (verb, value, asked) => {
  const payload = {
    type: "block_actions",
    trigger_id: `8.8.${verb}`,
    user: { id: "U0ADMIN" },
    team: { id: "T1" },
    channel: { id: "C0REVOPS" },
    container: { type: "message", message_ts: "1700000000.000100", channel_id: "C0REVOPS" },
    message: { ts: "1700000000.000100" },
    response_url: `${slack.url}/responses/none`,
    actions: [{ type: "button", action_id: `syncwarden:${verb}`, block_id: "b", value: JSON.stringify(value) }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  await sentThreeTimes(body, { ...asked, actor: { userId: "U0ADMIN", messageTs: "1700000000.000100" } });
});

test("a port that is taken is said in one sentence", async () => {
  const port = await freePort();
  bot = createBot(slack.httpSettings(port));
  await bot.app.start();
  await expect(createBot(slack.httpSettings(port)).app.start()).rejects.toThrow(
    `The port ${port} for Slack's requests can't be opened`,
  );
});

test("Slack out of reach at the start: one clear line, and it connects when Slack is back", async () => {
  const port = await freePort();
  bot = createBot({ ...slack.settings, apiUrl: `http://127.0.0.1:${port}/api/` });
  const { app, logLines } = bot;
  await app.start();
  expect(app.status()).toMatchObject({
    connected: false,
    problem: expect.stringContaining("Slack is out of reach (ECONNREFUSED)"),
  });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  // One for the token's check and one for the connection, however many attempts there were.
  expect(logLines.filter((line) => line.includes("Slack is out of reach"))).toHaveLength(2);
  const back = await startLocalSlack({}, port);
  await eventually(() => app.status().connected, "connected");
  await app.stop();
  await back.close();
});

test("a refused token is named with what to do, and the process lives", async () => {
  slack.service.setToken("bot", "invalid_auth");
  bot = createBot(slack.settings);
  await bot.app.start();
  expect(bot.app.status()).toMatchObject({ connected: false, problem: expect.stringContaining("check SLACK_BOT_TOKEN") });
});

test("stop finishes the work on a click that was already taken", async () => {
  bot = createBot(slack.settings);
  const { app, monitor } = bot;
  await app.start();
  const { report } = monitor;
  let finished = false;
  monitor.report = async (connection) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    finished = true;
    return report(connection);
  };
  const answer = status();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await app.stop();
  expect(finished).toBe(true);
  expect(await answer).toContain("acme has sync errors");
  expect(app.status().connected).toBe(false);
});

test("commands are acknowledged at once, whatever the work takes", async () => {
  bot = createBot(slack.settings);
  await bot.app.start();
  const { report } = bot.monitor;
  const gate = Promise.withResolvers<void>();
  bot.monitor.report = async (connection) => {
    await gate.promise;
    return report(connection);
  };
  const asked = { user: "U0ADMIN", channel: "C0REVOPS", text: "status", waitMs: 0 };
  expect((await slack.service.control.command(asked)).ack).toMatchObject({ acknowledged: true });
  const said = () => JSON.stringify(slack.service.control.messages("C0REVOPS", "U0ADMIN"));
  expect(said()).not.toContain("acme has sync errors");
  gate.resolve();
  await eventually(() => said().includes("acme has sync errors"), "the answer");
});
