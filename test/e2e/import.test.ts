import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Control, eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import { listedErrors, shownError } from "../support/slack-reading.ts";
import { QUICK, startWorld, type World } from "../support/world.ts";

const SHORTCUT = "syncwarden:import-sync-errors";
const RULE = "error/custom-code/custom-validation-rule";
const HEADER = "Record ID,Object type,Error type,Error message";

let world: World;
let control: Control;

async function share(name: string, content: string | Uint8Array, user = "U0OPERATOR"): Promise<SeenMessage> {
  const text = typeof content === "string" ? { content } : { content: Buffer.from(content).toString("base64"), base64: true };
  const { message } = await control.send<{ message: SeenMessage }>("POST", "/slack/file", {
    user,
    channel: "C0REVOPS",
    name,
    ...text,
  });
  return message;
}

function pickShortcut(message: SeenMessage, user = "U0OPERATOR"): Promise<Answer> {
  return control.send("POST", "/slack/shortcut", {
    user,
    channel: "C0REVOPS",
    ts: message.ts,
    callback_id: SHORTCUT,
    waitMs: 20_000,
  });
}

async function answerTo(message: SeenMessage, user?: string): Promise<string> {
  const { ack, responses } = await pickShortcut(message, user);
  expect(ack?.acknowledged).toBe(true);
  expect(ack?.ackMs).toBeLessThan(3_000);
  const last = responses.at(-1);
  if (last === undefined) throw new Error("There was no answer.");
  expect(last.ephemeral).toBe(true);
  return wordsOf(last);
}

async function exported(query = ""): Promise<Uint8Array> {
  const answer = await fetch(`${control.url}/sandbox/hubspot/sync-errors.csv?${query}`);
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}

describe("Import sync errors, in Slack", () => {
  beforeAll(async () => {
    // A bot that won't find out by itself while the test runs: what it knows, it knows from the file.
    world = await startWorld({ connection: { ...QUICK, grace: "10m", stall: "1h" } });
    control = world.control;
    await world.startBot();
    await control.send("POST", "/slack/locale", { user: "U0VIEWER", locale: "en-GB" });
    await eventually("the bot's first look", async () =>
      wordsOf((await control.command("status")).responses[0] ?? { text: "" }).includes("healthy"),
    );
  }, 90_000);
  afterAll(() => world.close());

  test("reads HubSpot's export, shows what it found with where it comes from, and its polls confirm it", async () => {
    await control.make(RULE, 4);
    await eventually("the sync's own failure", async () => (await control.truth()).errors.length > 0);
    const file = Buffer.concat([
      await exported("language=ja&delimiter=semicolon&encoding=utf-16le"),
      Buffer.from("x;\r\n", "utf16le"),
    ]);
    const message = await share("同期エラー.csv", file);
    const words = await answerTo(message);
    expect(words).toContain("I imported 同期エラー.csv into");
    expect(words).toContain("5 lines read");
    expect(words).toContain("4 new to me");
    expect(words).toContain("1 line not understood");
    expect(words).toContain("Line 6: it names no error");
    const listed = await eventually("the errors in the list", async () => (await listedErrors(control))[0]);
    expect(listed).toMatchObject({
      label: "Salesforce custom field validation rule",
      row: expect.stringContaining("4 contacts"),
    });
    expect(await answerTo(message)).toMatch(/同期エラー.csv was imported .* by <@U0OPERATOR>: nothing has changed/);
    const log = wordsOf((await control.command("log")).responses[0] ?? { text: "" });
    expect(log).toContain("import sync errors");
    expect(log).toContain("4 new");
    const shown = await eventually(
      "the poll's own evidence",
      async () => {
        const [error] = await listedErrors(control);
        const { words } = await shownError(control, error?.id ?? "");
        return words.includes("FIELD_CUSTOM_VALIDATION_EXCEPTION") ? { words, id: error?.id } : null;
      },
      40_000,
    );
    expect(shown.id).toBe(listed.id);
  }, 90_000);

  test("is an operator's to do", async () => {
    const message = await share("errors.csv", `${HEADER}\n51001,Contact,String too long,\n`, "U0VIEWER");
    const words = await answerTo(message, "U0VIEWER");
    expect(words).toContain("(import sync errors)");
    expect(wordsOf((await control.command("log")).responses[0] ?? { text: "" })).toMatch(/import sync errors/);
  });

  test("says what a file is that is no export, and what a message without a file lacks", async () => {
    expect(await answerTo(await share("cities.csv", "City,Population\nOslo,1\nBergen,2\n"))).toMatch(
      /I imported nothing from cities.csv. .*no column names the error.*“City”/,
    );
    expect(await answerTo(await share("errors.xlsx", Uint8Array.of(0x50, 0x4b, 3, 4, 9, 9)))).toMatch(/Excel workbook/);
    const { message } = await control.send<{ message: SeenMessage }>("POST", "/slack/say", {
      user: "U0OPERATOR",
      channel: "C0REVOPS",
      text: "hello",
    });
    expect(await answerTo(message)).toContain("This message has no file");
  });

  test("lets nothing in a file's name or lines ping anybody", async () => {
    const file = `${HEADER},Record name\n,Contact,String too long,,<!channel> <@U0ADMIN>\n`;
    const words = await answerTo(await share("<!here>.csv", file));
    expect(words).toContain("1 line not understood");
    expect(words).not.toMatch(/<!channel>|<!here>|<@U0ADMIN>/);
  });

  test("tells of a missing scope rather than of Slack's sign-in page", async () => {
    const message = await share("errors.csv", `${HEADER}\n1,Contact,String too long,\n`);
    const { scopes } = { scopes: ["commands", "chat:write", "users:read", "usergroups:read"] };
    await control.send("POST", "/slack/scopes", { scopes });
    expect(await answerTo(message)).toMatch(/lacks the scope files:read/);
    await control.send("POST", "/slack/scopes", { scopes: [...scopes, "files:read", "channels:history"] });
    expect(await answerTo(message)).toMatch(/1 line read/);
  });
});

describe("syncwarden import", () => {
  const path = join(tmpdir(), `syncwarden-import-test-${process.pid}.csv`);

  test("says what to do while the bot has the data folder, and does it once that has stopped", async () => {
    const world = await startWorld({ connection: { ...QUICK, grace: "10m", stall: "1h" } });
    try {
      await world.control.make(RULE, 3);
      await eventually("the sync's own failure", async () => (await world.control.truth()).errors.length > 0);
      const csv = await fetch(
        `${world.control.url}/sandbox/hubspot/sync-errors.csv?language=de&delimiter=semicolon&encoding=windows-1252`,
      );
      await writeFile(path, Buffer.concat([Buffer.from(await csv.arrayBuffer()), Buffer.from("x;\r\n")]));
      const bot = await world.startBot();
      const locked = await world.run(`import ${path}`);
      expect(locked.code).toBe(1);
      expect(locked.output).toMatch(/takes one process at a time.*Import sync errors.*stop the bot.*DATABASE_URL/);
      await bot.stop();
      const rejects = `${path}.rejects`;
      const done = await world.run(`import ${path} --rejects ${rejects}`);
      expect(done.output).toContain("4 lines read: 3 new, 0 confirmed, 0 known but not in the file, 1 not understood.");
      expect(done.output).toContain("line 5: it names no error");
      expect(done.code).toBe(2);
      const again = await world.run(`import ${path} --connection acme`);
      expect(again.output).toMatch(/was imported at .* by command line: nothing has changed/);
      expect(again.code).toBe(0);
      expect(await world.run(`import ${path} --connection nowhere`)).toMatchObject({
        code: 1,
        output: expect.stringMatching(/no connection named nowhere/),
      });
      expect(await world.run("import /nowhere.csv")).toMatchObject({
        code: 1,
        output: expect.stringMatching(/can't be read \(ENOENT\)/),
      });
    } finally {
      await world.close();
    }
  }, 120_000);
});
