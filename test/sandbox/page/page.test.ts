import { App, LogLevel } from "@slack/bolt";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createPage } from "../../../src/sandbox/page/page.ts";
import { type OpenSandbox, openSandbox } from "../../../src/sandbox/start.ts";
import { describeInBrowser, launchBrowser } from "./browser.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });

describeInBrowser("the sandbox's page in Chromium", () => {
  let sandbox: OpenSandbox;
  let app: App;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];
  const clicks: string[] = [];

  beforeAll(async () => {
    const options = { port: 0, seed: 1, contacts: 40, healthy: true, journal: null };
    sandbox = await openSandbox(options, { page: createPage, slack: { rates: {} } });
    const { SLACK_BOT_TOKEN = "", SLACK_APP_TOKEN = "", SLACK_API_URL = "" } = sandbox.environment;
    app = new App({
      token: SLACK_BOT_TOKEN,
      appToken: SLACK_APP_TOKEN,
      socketMode: true,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: SLACK_API_URL },
    });
    app.action("press", async ({ ack, respond, body, action }) => {
      await ack();
      clicks.push(`${body.user.id} ${"value" in action ? action.value : ""}`);
      await respond({ text: "Thank *you* for pressing", response_type: "ephemeral", replace_original: false });
    });
    app.action("ask", async ({ ack, body, client }) => {
      await ack();
      if (!("trigger_id" in body)) return;
      await client.views.open({ trigger_id: body.trigger_id, view: question });
    });
    app.view("question", async ({ ack, view, client }) => {
      const calls = view.state.values.calls?.n?.value ?? "";
      if (Number(calls) > 100) return ack({ response_action: "errors", errors: { calls: "At most 100." } });
      await ack();
      await client.chat.postMessage({ channel: "C0REVOPS", text: `Allocation is ${calls}` });
    });
    app.command("/sync", async ({ ack, respond, command }) => {
      await ack();
      await respond({
        text: `You typed ${command.text}`,
        blocks: [
          {
            type: "section",
            text: {
              type: "mrkdwn",
              text: "• `/sync status [connection]` – the state\n• `/sync errors` – the errors\n• `/sync help` – this",
            },
          },
        ],
      });
    });
    await app.start();
    browser = await launchBrowser();
    const context = await browser.newContext({ timezoneId: "Asia/Tokyo", locale: "en-GB" });
    page = await context.newPage();
    page.on("console", (line) => {
      if (line.type() === "error") troubles.push(line.text());
    });
    page.on("pageerror", (error) => troubles.push(error.message));
    await page.goto(sandbox.url);
  });

  afterEach(() => {
    expect(troubles.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await sandbox?.close();
  });

  const question = {
    type: "modal" as const,
    callback_id: "question",
    title: plain("Allocation"),
    submit: plain("Save"),
    blocks: [
      {
        type: "input" as const,
        block_id: "calls",
        label: plain("Calls a day"),
        element: { type: "number_input" as const, action_id: "n", is_decimal_allowed: false },
      },
    ],
  };

  const post = (text: string, elements: readonly Readonly<Record<string, unknown>>[]) =>
    app.client.chat.postMessage({
      channel: "C0REVOPS",
      text,
      blocks: [
        { type: "section", text: { type: "mrkdwn", text } },
        { type: "actions", elements: elements as never },
      ],
    });

  it("shows a message as it is posted, and the answer to its button", async () => {
    await post("The sync is *suspended* since <!date^1767279600^{date_num} {time}|then>", [
      {
        type: "button",
        action_id: "press",
        text: plain("Clear suspension"),
        value: "v1",
        confirm: {
          title: plain("Clear it?"),
          text: plain("It tests the cause."),
          confirm: plain("Yes, clear"),
          deny: plain("Not now"),
        },
      },
    ]);
    await page.getByText("The sync is suspended since 2026-01-02 00:00").waitFor();

    await page.getByRole("button", { name: "Clear suspension" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Not now" }).click();
    await page.getByRole("button", { name: "Clear suspension" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Yes, clear" }).click();

    const answer = page.getByRole("article").filter({ hasText: "Thank you for pressing" });
    await answer.waitFor();
    expect(await answer.textContent()).toContain("Only visible to you");
    expect(clicks).toEqual(["U0ADMIN v1"]);
  });

  it("shows an update in place and a thread beside it", async () => {
    const { ts = "" } = await post("Half done", [{ type: "button", action_id: "press", text: plain("Cancel") }]);
    await page.getByText("Half done").waitFor();
    await app.client.chat.update({ channel: "C0REVOPS", ts, text: "All done", blocks: [] });
    await app.client.chat.postMessage({ channel: "C0REVOPS", thread_ts: ts, text: "It took a minute" });
    const message = page.getByRole("article").filter({ hasText: "All done" });
    await message.getByText("(edited)").waitFor();
    expect(await page.getByText("Half done").count()).toBe(0);
    expect(await page.getByText("It took a minute").count()).toBe(0);
    await message.getByRole("button", { name: "1 reply" }).click();
    await page.getByRole("complementary", { name: "Thread" }).getByText("It took a minute").waitFor();
    await page.getByRole("button", { name: "Close the thread" }).click();
  });

  it("keeps a modal open with what is wrong, and closes it when it is right", async () => {
    await post("How many calls may HubSpot use?", [{ type: "button", action_id: "ask", text: plain("Set allocation") }]);
    await page.getByRole("button", { name: "Set allocation" }).click();
    const dialog = page.getByRole("dialog", { name: "Allocation" });
    const field = dialog.getByRole("textbox", { name: "Calls a day" });
    await field.fill("1000");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("At most 100.").waitFor();
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    await field.fill("90");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("Allocation is 90").waitFor();
    await dialog.waitFor({ state: "hidden" });
  });

  it("types a command, and offers those that help has told of", async () => {
    const box = page.getByRole("combobox", { name: "Message or command" });
    await box.fill("/sync help");
    await box.press("Enter");
    await page.getByRole("article").filter({ hasText: "/sync status [connection]" }).waitFor();
    await box.fill("/sync st");
    const option = page.getByRole("option", { name: "/sync status" });
    await option.waitFor();
    expect(await page.getByRole("option", { name: /^\/sync/ }).count()).toBe(1);
    await box.press("Tab");
    expect(await box.inputValue()).toBe("/sync status ");
    await box.fill("");
  });

  it("shows nobody another person's answers", async () => {
    await page.getByRole("radio", { name: "Vera Viewer" }).check();
    await page.getByText("Allocation is 90").waitFor();
    expect(await page.getByText("Thank you for pressing").count()).toBe(0);
    await page.getByRole("radio", { name: "Ada Admin" }).check();
    await page.getByText("Thank you for pressing").waitFor();
  });

  it("breaks the world and mends it, and holds what the bot says against the truth", async () => {
    let suspension: { readonly kind: string } | null = null;
    sandbox.hear(async () => ({ suspension, errors: [], at: new Date().toISOString() }));
    const world = page.getByRole("complementary", { name: "The world" });
    const standing = world.getByRole("region", { name: "The truth beside what Syncwarden says" });
    await world.getByRole("tab", { name: "Break" }).click();
    await world.getByRole("searchbox", { name: "Find something to break" }).fill("reporting tool");
    expect(await world.getByRole("button", { name: /^Break: / }).count()).toBe(1);
    await world.getByRole("button", { name: "Break: API limit exceeded" }).click();
    await standing.getByText("API limit exceeded").waitFor();
    expect(await standing.getByText("They agree").count()).toBe(0);
    suspension = { kind: "sf-api-limit-exceeded" };
    await standing.getByText("They agree").waitFor();
    expect(await standing.getByText("API limit exceeded").count()).toBe(2);
    await world.getByRole("button", { name: "Mend: API limit exceeded" }).click();
    await world.getByRole("button", { name: "Break: API limit exceeded" }).waitFor();
    await standing.getByRole("button", { name: "Resume in HubSpot" }).click();
    suspension = null;
    await standing.getByText("The sync is moving").nth(1).waitFor();
  });

  it("starts a fault of the network and ends it", async () => {
    const world = page.getByRole("complementary", { name: "The world" });
    await world.getByRole("searchbox", { name: "Find something to break" }).fill("out of reach");
    await world.getByRole("button", { name: "Start: Salesforce out of reach" }).click();
    await world.getByText("1 thing is broken now").waitFor();
    await world.getByRole("button", { name: "End: Salesforce out of reach" }).click();
    await world.getByText("1 thing is broken now").waitFor({ state: "hidden" });
    await world.getByRole("searchbox", { name: "Find something to break" }).fill("");
    await world.getByRole("tab", { name: "Break" }).press("ArrowLeft");
    await world.getByRole("tabpanel", { name: "Try it" }).waitFor();
  });

  it("shows the CRMs' records, finds one, and edits it on both sides", async () => {
    await page.getByRole("link", { name: "HubSpot: Contacts" }).click();
    await page.getByRole("row").nth(1).waitFor();
    const [contact] = sandbox.account.page("contacts", null, 1, false);
    await page.getByLabel("Search").fill(contact?.id ?? "");
    await page.getByText("1 record,").waitFor();
    await page.getByRole("link", { name: contact?.id ?? "", exact: true }).click();
    const inHubSpot = page.getByRole("textbox", { name: "Job Title in HubSpot" });
    const inSalesforce = page.getByRole("textbox", { name: "Title in Salesforce", exact: false }).last();
    await inHubSpot.fill("Keeper of the Seals");
    await page.getByRole("button", { name: "Save in HubSpot" }).click();
    await expect.poll(() => sandbox.account.get("contacts", contact?.id ?? "")?.properties.jobtitle).toBe("Keeper of the Seals");
    await expect.poll(() => inSalesforce.inputValue(), { timeout: 15_000 }).toBe("Keeper of the Seals");
    await page.getByRole("textbox", { name: "Email in HubSpot" }).fill("nobody at all");
    await page.getByRole("button", { name: "Save in HubSpot" }).click();
    await page.getByRole("alert").filter({ hasText: "HubSpot refuses" }).waitFor();
    // The browser's own line about the refusal.
    expect(troubles.splice(0)).toEqual([expect.stringContaining("400")]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "revops" }).first().click();
    await page.getByText("Allocation is 90").waitFor();
  });

  it("shows a file's first lines, and what the app writes to one person alone", async () => {
    const { channel } = await app.client.conversations.open({ users: "U0ADMIN" });
    const lines = Array.from({ length: 9 }, (_, index) => `${index};"Zoë; the ${index}th"`);
    await app.client.filesUploadV2({
      channel_id: channel?.id ?? "",
      filename: "people.csv",
      title: "People",
      content: `\uFEFFnumber;name\r\n${lines.join("\r\n")}\r\n`,
    });
    await page.getByRole("navigation", { name: "Workspace" }).getByRole("link", { name: "Messages unread" }).click();
    const preview = page.getByRole("region", { name: "The first lines of people.csv" });
    await preview.getByRole("cell", { name: "Zoë; the 5th" }).waitFor();
    expect(await preview.getByRole("row").count()).toBe(7);
    await page.getByText("… and 3 more lines").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download people.csv" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("people.csv");
    await page.getByRole("radio", { name: "Vera Viewer" }).check();
    await preview.waitFor({ state: "hidden" });
    await page.getByRole("radio", { name: "Ada Admin" }).check();
    await page.getByRole("link", { name: "revops" }).first().click();
  });

  it("runs no script but its own", async () => {
    const response = await page.request.get(sandbox.url);
    const policy = response.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(await response.text()).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=/);
  });

  it("works on a phone, a part at a time", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText("Allocation is 90").waitFor();
    expect(await page.getByRole("complementary", { name: "The world" }).isVisible()).toBe(false);
    await page.getByRole("navigation", { name: "Parts of the page" }).getByRole("button", { name: "World" }).click();
    expect(await page.getByRole("complementary", { name: "The world" }).isVisible()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
