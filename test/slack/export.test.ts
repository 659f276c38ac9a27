import { beforeEach, expect, test } from "vitest";
import { createBot, eventually, serveBot, startLocalSlack } from "./local-slack.ts";
import { affectedRecord, minutesAgo, syncError } from "./reports.ts";

const { slack, bot } = await serveBot();

beforeEach(() => {
  const record = affectedRecord({ label: "=HYPERLINK(1)", value: "+47 22 33 44 55" });
  bot.monitor.asked.length = 0;
  bot.monitor.syncErrors = [syncError()];
  bot.monitor.exportFails = false;
  bot.monitor.exported = [
    { record, value: record.value, evidence: record.evidence, firstSeenAt: minutesAgo(60), lastSeenAt: minutesAgo(5) },
  ];
});

async function type(text: string, user = "U0OPERATOR") {
  await slack.service.control.command({ user, channel: "C0REVOPS", text });
  return answerTo(user);
}

/** The newest answer, once it says more than that the file is being written. */
async function answerTo(user: string) {
  const newest = () => slack.service.control.messages("C0REVOPS", user).at(-1);
  await eventually(() => newest()?.text.startsWith("One moment") === false, "the answer");
  return newest();
}

function files(user: string) {
  return slack.service.control.files(user) as readonly { readonly name: string; readonly content?: string }[];
}

test("/sync export gives the file to who asks alone, and says what is in it", async () => {
  const answer = await type("export picklists");
  expect(answer).toMatchObject({ ephemeral: true });
  expect(answer?.text).toContain("in your direct messages with me: 1 sync error with 1 affected record (Picklists)");
  const file = files("U0OPERATOR").at(-1);
  expect(file?.name).toMatch(/^syncwarden-errors-picklists-\d{4}-\d\d-\d\d\.csv$/);
  expect(files("U0ADMIN")).toEqual([]);
  expect(JSON.stringify(file)).toContain("'=HYPERLINK(1)");
  expect(bot.monitor.asked).toMatchObject([
    { what: "export", target: { filter: { connection: null, category: "picklists" }, outcome: "done" } },
  ]);
});

test("the button in an error's details exports that error", async () => {
  const details = await type("error E7K3Q");
  await slack.service.control.action({
    user: "U0OPERATOR",
    channel: "C0REVOPS",
    ts: details?.ts ?? "",
    action_id: "syncwarden:export",
  });
  expect((await answerTo("U0OPERATOR"))?.text).toContain("1 sync error with 1 affected record (E7K3Q, acme)");
  expect(bot.monitor.asked).toMatchObject([{ what: "export", target: { filter: { connection: "acme", errorId: "E7K3Q" } } }]);
});

test("an error's id and an object narrow it; another word is told with what to type instead", async () => {
  await type("export e7k3q");
  await type("export deals");
  expect(bot.monitor.asked).toMatchObject([
    { target: { filter: { connection: "acme", errorId: "E7K3Q" } } },
    { target: { filter: { connection: null, object: "deals" } } },
  ]);
  const answer = await type("export picklst");
  expect(answer?.text).toContain("called `picklst`. Did you mean `/sync export picklists`?");
  const far = await type("export sandwich");
  expect(far?.text).toContain("`property-values`, `other`, `contacts`");
});

test("nothing to export is said, and no file made", async () => {
  bot.monitor.exported = [];
  const before = files("U0OPERATOR").length;
  const answer = await type("export");
  expect(answer?.text).toContain("There is nothing to export: no open sync errors are known of all connections, all categories");
  expect(files("U0OPERATOR")).toHaveLength(before);
});

test("a viewer is refused, which the log has", async () => {
  const answer = await type("export", "U0VIEWER");
  expect(answer?.text).toMatch(/\(export\).*<@U0OPERATOR>/);
  expect(bot.monitor.asked).toMatchObject([{ what: "refusal" }]);
});

test("records that can't be read to their end make no file, and are not told as Slack's failure", async () => {
  bot.monitor.exportFails = true;
  const before = files("U0OPERATOR").length;
  const answer = await type("export");
  expect(answer?.text).toContain("Something went wrong on my side");
  expect(files("U0OPERATOR")).toHaveLength(before);
  expect(bot.monitor.asked).toMatchObject([{ what: "export", target: { outcome: "failed" } }]);
});

test("an app without the scope for files says what to do, and the log has it", async () => {
  const bare = await startLocalSlack({ scopes: ["commands", "chat:write", "im:write", "users:read"] });
  const other = createBot(bare.settings);
  await other.app.start();
  other.monitor.exported = bot.monitor.exported;
  const { responses } = await bare.service.control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "export" });
  expect(responses[0]?.text).toContain(
    "The file could not be sent. The Slack app lacks a scope: install it again from manifest.yml",
  );
  expect(other.monitor.asked).toMatchObject([{ what: "export", target: { outcome: "failed" } }]);
  await other.app.stop();
  await bare.close();
});

test("Create HubSpot list answers with the list's link, who is in it and who was left out", async () => {
  const details = await type("error E7K3Q");
  const press = async (user = "U0OPERATOR") => {
    const place = { user, channel: "C0REVOPS", ts: details?.ts ?? "", action_id: "syncwarden:hubspot-list" };
    return (await slack.service.control.action(place)).responses.at(-1);
  };
  const answer = await press();
  expect(answer).toMatchObject({ ephemeral: true });
  expect(answer?.text).toContain("objectLists/7/filters|Sync error E7K3Q: Restricted picklist value, Industry, 2026-11-22>");
  expect(answer?.text).toContain("with 10 contacts in it. 2 records are only in Salesforce and are left out.");
  expect(JSON.stringify(answer?.blocks)).toContain("Open the list in HubSpot");
  expect(bot.monitor.asked).toMatchObject([{ what: "list", target: "E7K3Q", actor: { userId: "U0OPERATOR" } }]);
  bot.monitor.list = { outcome: "declined", why: "HubSpot's token lacks the scope crm.lists.write <here>." };
  expect((await press())?.text).toBe("HubSpot's token lacks the scope crm.lists.write &lt;here&gt;.");
});
