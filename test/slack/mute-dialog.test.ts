import { beforeEach, expect, test } from "vitest";
import { ENGLISH } from "../../src/language/language.ts";
import { enteredMute } from "../../src/slack/views/mute-dialog.ts";
import { eventually, serveBot } from "./local-slack.ts";
import { minutesAgo, syncError } from "./reports.ts";

const { slack, bot } = await serveBot();
const USER = "U0OPERATOR";

beforeEach(() => {
  bot.monitor.asked.length = 0;
  bot.monitor.answer = { result: "accepted", requestId: "E7K3Q" };
  bot.monitor.syncErrors = [syncError()];
});

const words = () => JSON.stringify(slack.service.control.views(USER).modal ?? {});

async function press(action: string, user = USER) {
  const { responses } = await slack.service.control.command({ user, channel: "C0REVOPS", text: "error E7K3Q" });
  const ts = responses[0]?.ts ?? "";
  const pressed = await slack.service.control.action({ user, channel: "C0REVOPS", ts, action_id: `syncwarden:${action}` });
  return { details: responses[0], answer: pressed.responses.at(-1) };
}

async function submit(values: Record<string, unknown>) {
  await press("mute");
  await eventually(() => words().includes("How long"), "the dialog");
  const { id } = slack.service.control.views(USER).modal as { id: string };
  return slack.service.control.submit({ user: USER, view_id: id, values });
}

test("Mute asks for how long and why, and mutes for the person who answers", async () => {
  await submit({ span: "30d", reason: "Ada is on it" });
  await eventually(() => words().includes("is muted until"), "the outcome");
  expect(bot.monitor.asked).toMatchObject([
    { what: "mute", target: { errorId: "E7K3Q", reason: "Ada is on it" }, actor: { userId: USER, channel: "C0REVOPS" } },
  ]);
  const [asked] = bot.monitor.asked;
  const { until } = (asked?.target ?? {}) as { readonly until?: Date };
  expect((until?.getTime() ?? 0) - Date.now()).toBeGreaterThan(29.9 * 86_400_000);
});

test("until it is fixed has no end, and no reason is needed", async () => {
  await submit({ span: "fixed" });
  await eventually(() => bot.monitor.asked.length === 1, "the mute");
  expect(bot.monitor.asked).toMatchObject([{ target: { until: null, reason: null } }]);
});

test("a date that is missing or has begun comes back under the input, and nothing is muted", async () => {
  const missing = await submit({ span: "date" });
  expect(missing.outcome).toEqual({ kind: "errors", errors: { date: "Choose the date on which it speaks again." } });
  const { id } = slack.service.control.views(USER).modal as { id: string };
  const past = await slack.service.control.submit({ user: USER, view_id: id, values: { span: "date", date: "2020-01-01" } });
  expect(past.outcome).toMatchObject({ errors: { date: "That day has begun already: choose a later one." } });
  expect(bot.monitor.asked).toEqual([]);
});

test("an error that is muted says by whom, until when and why, and offers Unmute", async () => {
  bot.monitor.syncErrors = [syncError({ mute: { until: null, by: "U0ADMIN", reason: "<!here> later" } })];
  const { details, answer } = await press("unmute");
  expect(JSON.stringify(details?.blocks)).toContain(
    "Muted until it is resolved · Muted by <@U0ADMIN> · Muted because: &lt;!here&gt; later",
  );
  expect(JSON.stringify(details?.blocks)).not.toContain('"syncwarden:mute"');
  expect(answer?.text).toBe("`E7K3Q` speaks again.");
  expect(bot.monitor.asked).toMatchObject([{ what: "unmute", target: "E7K3Q" }]);
});

test("a viewer is refused before any dialog opens, and an error that is resolved has nothing to mute", async () => {
  const { answer } = await press("mute", "U0VIEWER");
  expect(answer?.text).toContain("(mute)");
  const { responses } = await slack.service.control.command({ user: USER, channel: "C0REVOPS", text: "error E7K3Q" });
  bot.monitor.syncErrors = [syncError({ resolvedAt: minutesAgo(1) })];
  const place = { user: USER, channel: "C0REVOPS", ts: responses[0]?.ts ?? "", action_id: "syncwarden:mute" };
  const late = await slack.service.control.action(place);
  expect(late.responses.at(-1)?.text).toContain("There is nothing left to mute.");
});

test.each([
  ["2026-03-30", "Europe/Oslo", "2026-03-29T22:00:00.000Z"],
  ["2026-03-02", "Europe/Oslo", "2026-03-01T23:00:00.000Z"],
  ["2026-03-02", "America/New_York", "2026-03-02T05:00:00.000Z"],
  ["2026-03-08", "America/Havana", "2026-03-08T05:00:00.000Z"],
  ["2027-02-28", "Asia/Tokyo", "2027-02-27T15:00:00.000Z"],
])("a date is the beginning of the day %s in %s", (date, zone, until) => {
  const values = {
    span: { chosen: { selected_option: { value: "date" } } },
    date: { chosen: { selected_date: date } },
    reason: { entered: { value: null } },
  };
  const now = new Date("2026-03-01T12:00:00Z");
  const entered = enteredMute(ENGLISH, values, now, zone);
  expect("until" in entered ? entered.until?.toISOString() : entered.problem).toBe(until);
  expect(enteredMute(ENGLISH, { ...values, date: { chosen: { selected_date: "2026-03-01" } } }, now, zone)).toHaveProperty(
    "problem",
  );
  expect(enteredMute(ENGLISH, { ...values, date: { chosen: { selected_date: "2028-03-01" } } }, now, zone)).toEqual({
    problem: "A year is the longest: choose an earlier day, or “Until it is fixed”.",
  });
});
