import { beforeEach, expect, test } from "vitest";
import { serveBot } from "./local-slack.ts";
import { auditReport, checkReport, suspension, syncError } from "./reports.ts";

const { slack, bot } = await serveBot(null);

beforeEach(() => {
  bot.monitor.checked = { outcome: "checked", report: checkReport() };
  bot.monitor.names = ["acme"];
  bot.monitor.asked.length = 0;
  bot.monitor.syncErrors = [syncError()];
  bot.monitor.suspensions = [suspension()];
  bot.monitor.stored = [];
});

async function type(text: string, user = "U0ADMIN", channel = "C0REVOPS") {
  const { ack, responses } = await slack.service.control.command({ user, channel, text });
  expect(ack.acknowledged, JSON.stringify(ack)).toBe(true);
  return responses;
}

test("no word at all shows the status, to the asker alone", async () => {
  const [answer, ...more] = await type("/sync");
  expect(more).toEqual([]);
  expect(answer).toMatchObject({ ephemeral: true });
  expect(answer?.text).toContain("acme has sync errors, 1 sync error with 12 affected records");
});

test.each([
  ["errors", "1 open sync error"],
  ["errors picklists contacts", "1 open sync error"],
  ["errors duplicates", "no open sync errors"],
  ["error e7k3q", "Error E7K3Q of acme"],
  ["errors E7K3Q", "Error E7K3Q of acme"],
  ["suspension", "acme: the sync is suspended since"],
  ["clear", "A clear tests the cause again"],
  ["check ada@example.com", "ada@example.com is in step"],
  ["check <mailto:Ada@Example.com|Ada@Example.com>", "ada@example.com is in step"],
  ["check <https://app.hubspot.com/contacts/4242/record/0-1/101|app.hubspot.com>", "ada@example.com is in step"],
  ["check company 101", "ada@example.com is in step"],
  ["check", "Which record should I check? Type an email"],
  ["check Ada", "“Ada” is neither. Type an email"],
  ["check 003000000000001AAB", "can't be right: its last three characters"],
  ["usage", "1,204 of 15,000 (8%)"],
  ["subscriptions", "has no subscriptions"],
  ["status elsewhere", "Which connection do you mean: `acme`? For example `/sync status acme`"],
  ["usage today", "Which connection do you mean: `acme`? For example `/sync usage acme`"],
  ["unsubscribe daily", "Which connection do you mean: `acme`? For example `/sync unsubscribe acme`"],
  ["log", "Nobody has done anything yet"],
  ["help", "status, errors, error"],
  ["help resync", "resync picklists"],
  ["resync help", "resync picklists"],
  ["refresh", "I'm looking at acme now"],
])("/sync %s answers", async (text, expected) => {
  const [answer] = await type(text);
  expect(answer?.text).toContain(expected);
  expect(answer?.ephemeral).toBe(true);
});

test("a word that is no command gets the nearest one and the help", async () => {
  const [answer] = await type("statsu");
  expect(answer?.text).toContain("Did you mean `/sync status`");
  expect(answer?.text).toContain("The commands of /sync are");
});

test("`public` shows the answer to the whole channel", async () => {
  const [answer] = await type("public status");
  expect(answer).toMatchObject({ ephemeral: false, channel: "C0REVOPS" });
});

test("with several connections the status shows all, and other commands ask which", async () => {
  bot.monitor.names = ["acme", "globex"];
  const [status] = await type("status");
  expect(status?.text).toMatch(/acme has sync errors.*globex has sync errors/);
  const [errors] = await type("errors");
  expect(errors?.text).toContain("Which connection do you mean: `acme` or `globex`?");
  const [named] = await type("GLOBEX errors");
  expect(named?.text).toContain("globex has 1 open sync error");
});

test("resync says how many, how and what it costs, and starts nothing yet", async () => {
  const [answer] = await type("resync E7K3Q");
  expect(answer?.text).toContain("12 records. It touches a mapped property of each");
  expect(answer?.text).toContain("about 2 HubSpot and 1 Salesforce API calls");
  expect(JSON.stringify(answer?.blocks)).toContain('"confirm"');
  expect(bot.monitor.asked).toEqual([]);
});

test("resync takes an email, a record id, a category and all; and refuses what it doesn't know", async () => {
  for (const text of [
    "resync ada@example.com",
    "resync 101",
    "resync 003000000000001AAA",
    "resync property values",
    "resync deals",
    "resync all",
  ]) {
    const [answer] = await type(text);
    expect(answer?.text, text).toContain("A resync of");
  }
  const [unknown] = await type("resync nonsense");
  expect(unknown?.text).toContain("I know no error, category, object, record or saved selection `nonsense`");
});

test("a selection is saved, listed, resynced by its name and forgotten", async () => {
  const [saved] = await type("save Key-Accounts property values deals ada@example.com");
  expect(saved?.text).toContain("`/sync resync key-accounts`");
  expect(bot.monitor.asked).toMatchObject([
    {
      what: "save selection",
      target: {
        name: "Key-Accounts",
        parts: [
          { kind: "category", category: "property-values" },
          { kind: "object", object: "deals" },
          { kind: "record", record: "ada@example.com" },
        ],
      },
    },
  ]);
  bot.monitor.selections = [
    { name: "key-accounts", parts: [{ kind: "object", object: "deals" }], savedBy: "U0ADMIN", savedAt: new Date() },
  ];
  const [listed] = await type("selections");
  expect(JSON.stringify(listed?.blocks)).toContain("*key-accounts*: all deals in error");
  const [preview] = await type("resync key-accounts");
  expect(JSON.stringify(preview?.blocks)).toContain('\\"kind\\":\\"saved\\"');
  expect((await type("forget key-accounts"))[0]?.text).toContain("is forgotten");
});

test.each([
  ["save", "under which name"],
  ["save key-accounts", "under which name"],
  ["save picklists deals", "won't do"],
  ["save ab deals", "won't do"],
  ["save key-accounts deals nonsense", "I know no error, category, object or record `nonsense`, so nothing is saved"],
])("`/sync %s` says what to type instead, and saves nothing", async (text, answer) => {
  expect((await type(text))[0]?.text).toContain(answer);
  expect(bot.monitor.asked).toEqual([]);
});

test("somebody without the right is told who can, and the refusal is logged", async () => {
  const [answer] = await type("resync all", "U0VIEWER");
  expect(answer?.text).toContain("Only an admin or owner of this workspace can do this.");
  expect(answer?.ephemeral).toBe(true);
  expect(bot.monitor.asked).toEqual([
    {
      what: "refusal",
      target: "resync all",
      actor: { userId: "U0VIEWER", channel: "C0REVOPS", messageTs: null, allowedAs: null },
    },
  ]);
});

test("subscribe keeps the asker's time zone, and unsubscribe ends it", async () => {
  const [answer] = await type("subscribe weekly mon 9:30 picklists quiet", "U0OPERATOR");
  expect(answer?.text).toContain("weekly on Monday at 09:30 (America/New_York)");
  expect(bot.monitor.stored).toMatchObject([
    {
      channel: "C0REVOPS",
      connection: "acme",
      cadence: { kind: "weekly", weekday: 1, time: "09:30", timeZone: "America/New_York" },
      categories: ["picklists"],
      quietWhenHealthy: true,
      createdBy: "U0OPERATOR",
    },
  ]);
  const [list] = await type("subscriptions");
  expect(list?.text).toContain("has 1 subscription");
  const [ended] = await type("unsubscribe");
  expect(ended?.text).toContain("Ended 1 subscription");
  expect(bot.monitor.stored).toEqual([]);
});

test("a channel that the bot is not in can't be subscribed, and the answer says how to mend it", async () => {
  const [answer] = await type("subscribe", "U0ADMIN", "C0GENERAL");
  expect(answer?.text).toContain("/invite @Syncwarden");
  expect(bot.monitor.stored).toEqual([]);
});

test("another channel's subscriptions take an admin", async () => {
  const [refused] = await type("subscribe daily 09:00 #sales", "U0VIEWER");
  expect(refused?.text).toContain("You can't do this");
  await type("subscribe daily 09:00 #sales", "U0ADMIN");
  expect(bot.monitor.stored).toMatchObject([{ channel: "C0SALES" }]);
});

test("an error of the monitor is told to the asker without its details, and logged", async () => {
  const { report } = bot.monitor;
  bot.monitor.report = async () => {
    throw new Error("the store is gone");
  };
  const [answer] = await type("status");
  bot.monitor.report = report;
  expect(answer?.text).toContain("Something went wrong on my side");
  expect(bot.logLines.join("")).toContain("the store is gone");
});

test("no log line holds a token", () => {
  expect(bot.logLines.join("")).not.toMatch(/xoxb-|xapp-/);
});

test.each([
  ["mute e7k3q", { errorId: "E7K3Q", until: null, reason: null }, "muted until it is fixed"],
  ["mute E7K3Q until fixed", { errorId: "E7K3Q", until: null }, "muted until it is fixed"],
  ["mute E7K3Q for 1d because Ada is on it", { errorId: "E7K3Q", reason: "Ada is on it" }, "is muted until <!date"],
  ["mute E7K3Q until tomorrow 9am", { errorId: "E7K3Q", until: expect.any(Date), reason: null }, "is muted until <!date"],
  ["mute E7K3Q for 2 weeks", { errorId: "E7K3Q", until: expect.any(Date) }, "is muted until <!date"],
])("/sync %s keeps an error from speaking", async (text, target, answerText) => {
  const [answer] = await type(text);
  expect(answer?.text).toContain(answerText);
  expect(bot.monitor.asked).toMatchObject([{ what: "mute", target, actor: { userId: "U0ADMIN" } }]);
});

test.each([
  ["mute", "Which error?"],
  ["mute E7K3Q for ever", "I don't understand “ever”"],
  ["mute E7K3Q for 9999d", "A year is the longest"],
  ["mute E7K3P", "I know no error `E7K3P`. Did you mean `/sync error E7K3Q`?"],
  ["unmute E00000", "I know no error `E00000`. `/sync errors` lists those that are open"],
  ["unmute", "Which error?"],
])("/sync %s says what to type instead", async (text, expected) => {
  const [answer] = await type(text);
  expect(answer?.text).toContain(expected);
  expect(bot.monitor.asked).toEqual([]);
});

test("a viewer mutes nothing", async () => {
  const [answer] = await type("mute E7K3Q", "U0VIEWER");
  expect(answer?.text).toContain("Only");
  expect(bot.monitor.asked).toMatchObject([{ what: "refusal" }]);
});

test("/sync audit says what it costs before it begins; at work, how far it is; last, what the newest one found", async () => {
  const [preview] = await type("/sync audit", "U0ADMIN");
  expect(preview?.text).toContain("compares every record on both sides (1,200 contacts in HubSpot, 900 Contact");
  expect(preview?.text).toContain("about 2 Salesforce and 17 HubSpot API calls");
  bot.monitor.audits = [
    auditReport({ requestId: "A-2", state: "running", finishedAt: null, outcome: null, examples: [] }),
    auditReport(),
  ];
  expect((await type("/sync audit", "U0ADMIN"))[0]?.text).toContain("An audit is at work already");
  expect((await type("/sync audit last", "U0VIEWER"))[0]?.text).toContain("Drift was found 12 times");
  expect((await type("/sync audit", "U0VIEWER"))[0]?.text).toContain("You can't do this (audit)");
  bot.monitor.audits = [];
  expect((await type("/sync audit last"))[0]?.text).toContain("No audit has been made yet");
});

test("a check that takes over a second says first that it is looking, and a quick one doesn't", async () => {
  expect(await type("check ada@example.com")).toHaveLength(1);
  bot.monitor.checkTakesMs = 1_200;
  const answers = await type("check ada@example.com");
  bot.monitor.checkTakesMs = 0;
  expect(answers.map(({ text, ephemeral }) => [text.split(" ").slice(0, 2).join(" "), ephemeral])).toEqual([
    ["Looking at", true],
    ["ada@example.com is", true],
  ]);
});

test("Resync is offered by a check to who may resync alone, and Check again takes the place of the answer", async () => {
  bot.monitor.checked = { outcome: "checked", report: checkReport({ verdict: { state: "in-error" } }) };
  const [mine] = await type("check ada@example.com");
  const [theirs] = await type("check ada@example.com", "U0VIEWER");
  expect(JSON.stringify(mine?.blocks)).toContain("syncwarden:resync");
  expect(JSON.stringify(theirs?.blocks)).not.toContain("syncwarden:resync");
  bot.monitor.checked = { outcome: "checked", report: checkReport() };
  const { responses } = await slack.service.control.action({
    user: "U0ADMIN",
    channel: "C0REVOPS",
    ts: mine?.ts ?? "",
    action_id: "syncwarden:check:again",
  });
  expect(responses).toMatchObject([{ ts: mine?.ts, text: expect.stringContaining("is in step") }]);
});
