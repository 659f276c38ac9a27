import { beforeEach, expect, test } from "vitest";
import { eventually, serveBot } from "./local-slack.ts";
import { subscription } from "./reports.ts";

const { slack, bot } = await serveBot({ operators: { users: [], groups: [] }, admins: { users: ["U0ADMIN"], groups: [] } });

const USER = "U0OPERATOR";

beforeEach(() => {
  bot.monitor.asked.length = 0;
  bot.monitor.answer = { result: "accepted", requestId: "sub-1" };
  bot.monitor.stored = [subscription({ id: "sub-1" }), subscription({ id: "sub-2", channel: "C0SALES" })];
});

const front = () => slack.service.control.views(USER).modal as { readonly id: string } | null;
const words = () => JSON.stringify(front());

/** Presses a button under `/sync subscriptions`. */
async function press(actionId: string, channel = "C0REVOPS", of = "") {
  const { responses } = await slack.service.control.command({ user: USER, channel, text: `subscriptions ${of}` });
  const pressed = { user: USER, channel, ts: responses[0]?.ts ?? "", action_id: actionId };
  return slack.service.control.action(pressed);
}

async function open(): Promise<string> {
  await press("syncwarden:change-subscription");
  await eventually(() => words().includes("quiet_from"), "the dialog");
  return front()?.id ?? "";
}

test("Change opens the settings, and what is saved is asked for and said in the dialog", async () => {
  const view = await open();
  expect(words()).toContain("Europe/Oslo");
  await slack.service.control.submit({
    user: USER,
    view_id: view,
    values: {
      cadence: "weekly-5",
      time: "17:15",
      time_zone: "Pacific/Chatham",
      categories: ["picklists", "duplicates"],
      objects: ["deals"],
      at_least: "10",
      quiet_when_healthy: ["yes"],
      quiet_from: "22:00",
      quiet_to: "07:00",
      changes: "channel",
      language: "en",
      reminder_channel: "C0SALES",
      reminder_after: "120",
    },
  });
  await eventually(() => words().includes("Saved."), "what came of it");
  expect(bot.monitor.stored[0]).toMatchObject({
    cadence: { kind: "weekly", weekday: 5, time: "17:15", timeZone: "Pacific/Chatham" },
    categories: expect.arrayContaining(["picklists", "duplicates"]),
    objects: ["deals"],
    atLeast: 10,
    quietWhenHealthy: true,
    quietHours: { from: "22:00", to: "07:00", timeZone: "Pacific/Chatham" },
    changes: "channel",
    language: "en",
    reminder: { channel: "C0SALES", afterMs: 7_200_000 },
  });
});

test("what was saved without a change is what was there before", async () => {
  const [before] = bot.monitor.stored;
  await slack.service.control.submit({ user: USER, view_id: await open(), values: {} });
  await eventually(() => words().includes("Saved."), "what came of it");
  expect(bot.monitor.stored[0]).toEqual(before);
});

test("half of the quiet hours is a mistake that is told under its input, and nothing is saved", async () => {
  const { outcome } = await slack.service.control.submit({
    user: USER,
    view_id: await open(),
    values: { quiet_from: "22:00" },
  });
  expect(JSON.stringify(outcome)).toContain("choose both times, or neither");
  expect(bot.monitor.asked).toEqual([]);
});

test("a channel for reminders that the bot can't post to is refused with what to do", async () => {
  await slack.service.control.submit({ user: USER, view_id: await open(), values: { reminder_channel: "C0GENERAL" } });
  await eventually(() => words().includes("Nothing was changed."), "the refusal");
  expect(words()).toContain("/invite @Syncwarden");
  expect(bot.monitor.asked).toEqual([]);
});

test("another channel's subscription takes an admin; Remove ends one's own", async () => {
  const { responses } = await press("syncwarden:change-subscription", "C0REVOPS", "#sales");
  expect(responses[0]?.text).toContain("You can't do this");
  expect(front()).toBeNull();
  const removed = await press("syncwarden:remove-subscription");
  expect(removed.responses[0]?.text).toContain("no longer hears of this");
  expect(bot.monitor.stored.map(({ id }) => id)).toEqual(["sub-2"]);
});
