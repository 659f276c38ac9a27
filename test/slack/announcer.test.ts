import { afterEach, beforeEach, expect, test } from "vitest";
import { SlackDeliveryError } from "../../src/slack/failure.ts";
import { type Bot, createBot, type LocalSlack, startLocalSlack } from "./local-slack.ts";
import { digest, minutesAgo, suspension } from "./reports.ts";

let slack: LocalSlack;
let bot: Bot;

beforeEach(async () => {
  slack = await startLocalSlack();
  bot = createBot(slack.settings);
});

afterEach(async () => {
  await bot.app.stop();
  await slack.close();
});

function inChannel(channel: string) {
  return slack.service.control.messages(channel, "U0ADMIN").filter(({ bot: byBot }) => byBot);
}

test("an announcement is posted once, with its key in its metadata", async () => {
  bot.outbox.add("alert", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  await bot.app.announcer.deliver("C0REVOPS");
  await bot.app.announcer.deliver("C0REVOPS");
  expect(inChannel("C0REVOPS")).toMatchObject([
    {
      text: expect.stringContaining("acme: the sync is suspended"),
      metadata: { event_type: "syncwarden_announcement", event_payload: { key: "alert" } },
    },
  ]);
  expect(bot.outbox.entry("alert")).toMatchObject({ state: "posted" });
});

test("what changed is updated in place, and its note stands in its thread", async () => {
  bot.outbox.add("alert", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  await bot.app.announcer.deliver("C0REVOPS");
  bot.monitor.suspensions = [
    suspension({ state: "closed", closedAt: minutesAgo(0), closeReason: "healed", waiting: { hubspot: 0, salesforce: 0 } }),
  ];
  bot.outbox.touch("alert");
  bot.outbox.add(
    "note",
    "C0REVOPS",
    { kind: "note", note: { about: "suspension-healed", durationMs: 3_600_000, waiting: 2, at: minutesAgo(0).toISOString() } },
    { threadOf: "alert" },
  );
  await bot.app.announcer.deliver("C0REVOPS");
  const [alert, note, ...more] = inChannel("C0REVOPS");
  expect(more).toEqual([]);
  expect(alert?.text).toContain("the sync runs again after 1 h");
  expect(JSON.stringify(alert?.blocks)).not.toContain("syncwarden:clear");
  expect(note).toMatchObject({ thread_ts: alert?.ts, text: expect.stringContaining("It cleared by itself") });
});

test("a process that died between posting and saving does not post twice, and then brings the message up to date", async () => {
  bot.outbox.add("alert", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  bot.outbox.failNextSave = true;
  await expect(bot.app.announcer.deliver("C0REVOPS")).rejects.toThrow("the process died");
  expect(bot.outbox.entry("alert").state).toBe("posting");

  const next = createBot(slack.settings);
  next.monitor.suspensions = [suspension({ acknowledgedBy: "U0ADMIN", acknowledgedAt: minutesAgo(0) })];
  next.outbox.add("alert", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  await next.outbox.begin("alert");
  await next.app.announcer.deliver("C0REVOPS");
  await next.app.stop();
  expect(inChannel("C0REVOPS")).toHaveLength(1);
  expect(JSON.stringify(inChannel("C0REVOPS")[0]?.blocks)).toContain("Acknowledged by");
});

test("a note that was posted but not saved is found in its thread", async () => {
  bot.outbox.add("alert", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  await bot.app.announcer.deliver("C0REVOPS");
  bot.outbox.add(
    "note",
    "C0REVOPS",
    { kind: "note", note: { about: "clear-started", by: "U0ADMIN", at: minutesAgo(0).toISOString() } },
    { threadOf: "alert" },
  );
  bot.outbox.failNextSave = true;
  await expect(bot.app.announcer.deliver("C0REVOPS")).rejects.toThrow("the process died");
  await bot.app.announcer.deliver("C0REVOPS");
  expect(inChannel("C0REVOPS")).toHaveLength(2);
});

test("an attempt that never reached Slack is posted when it is found nowhere", async () => {
  bot.outbox.add("alert", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  await bot.outbox.begin("alert");
  await bot.app.announcer.deliver("C0REVOPS");
  expect(inChannel("C0REVOPS")).toHaveLength(1);
});

test("a rate limit in one channel is told with its Retry-After, and holds back no other channel", async () => {
  bot.outbox.add("here", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  bot.outbox.add("there", "C0SALES", { kind: "digest", digest: digest() });
  slack.service.storm({ method: "chat.postMessage", times: 1, retryAfterSeconds: 30 });
  const limited = await bot.app.announcer.deliver("C0REVOPS").catch((error: unknown) => error);
  expect(limited).toBeInstanceOf(SlackDeliveryError);
  expect(limited).toMatchObject({ channel: "C0REVOPS", retryAfter: 30, failure: { kind: "busy" } });

  const started = Date.now();
  await bot.app.announcer.deliver("C0SALES");
  expect(Date.now() - started).toBeLessThan(2_000);
  expect(inChannel("C0SALES")).toHaveLength(1);

  const before = slack.service.control.messages("C0REVOPS", "U0ADMIN").length;
  await expect(bot.app.announcer.deliver("C0REVOPS")).rejects.toMatchObject({ failure: { kind: "busy" } });
  expect(slack.service.control.messages("C0REVOPS", "U0ADMIN")).toHaveLength(before);
});

test("after a rate limit the announcement is posted once", async () => {
  bot.outbox.add("alert", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  slack.service.storm({ method: "chat.postMessage", times: 1, retryAfterSeconds: 1 });
  await expect(bot.app.announcer.deliver("C0REVOPS")).rejects.toMatchObject({ retryAfter: 1 });
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  await bot.app.announcer.deliver("C0REVOPS");
  expect(inChannel("C0REVOPS")).toHaveLength(1);
});

test("a channel that the bot is not in is given up with an instruction, and others go on", async () => {
  bot.outbox.add("lost", "C0GENERAL", { kind: "suspension", suspensionId: "S-1" });
  await bot.app.announcer.deliver("C0GENERAL");
  expect(bot.outbox.entry("lost")).toMatchObject({
    state: "abandoned",
    abandoned: expect.stringContaining("/invite @Syncwarden"),
  });
  expect(bot.logLines.join("")).toContain("An announcement can't be posted and is given up");
});

test("a message that people deleted is not posted again", async () => {
  bot.outbox.add("alert", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  await bot.app.announcer.deliver("C0REVOPS");
  const { ts } = bot.outbox.entry("alert");
  slack.service.workspace.removeMessage("C0REVOPS", ts ?? "");
  bot.outbox.touch("alert");
  await bot.app.announcer.deliver("C0REVOPS");
  expect(inChannel("C0REVOPS")).toHaveLength(0);
});

test("an announcement whose subject is no longer stored is given up", async () => {
  bot.outbox.add("gone", "C0REVOPS", { kind: "request", requestId: "nobody" });
  await bot.app.announcer.deliver("C0REVOPS");
  expect(bot.outbox.entry("gone").state).toBe("abandoned");
  expect(inChannel("C0REVOPS")).toEqual([]);
});

test("a revoked token is named as what is wrong, nothing is given up, and it goes on when the token works again", async () => {
  bot.outbox.add("alert", "C0REVOPS", { kind: "suspension", suspensionId: "S-1" });
  slack.service.setToken("bot", "token_revoked");
  await expect(bot.app.announcer.deliver("C0REVOPS")).rejects.toMatchObject({
    failure: { kind: "access", code: "token_revoked" },
  });
  expect(bot.app.status().problem).toContain("The Slack token was revoked");
  slack.service.setToken("bot", "active");
  await bot.app.announcer.deliver("C0REVOPS");
  expect(inChannel("C0REVOPS")).toHaveLength(1);
  expect(bot.app.status().problem).toBeNull();
});
