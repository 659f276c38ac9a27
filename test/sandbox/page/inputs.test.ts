import { App, LogLevel } from "@slack/bolt";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createPage } from "../../../src/sandbox/page/page.ts";
import { type OpenSandbox, openSandbox } from "../../../src/sandbox/start.ts";
import { describeInBrowser, launchBrowser } from "./browser.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const option = (value: string, label: string) => ({ text: plain(label), value });

function input(label: string, element: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) {
  return { type: "input", block_id: `in ${label}`, label: plain(label), element: { action_id: "value", ...element }, ...more };
}

/** A day's beginning in Tokyo, where the reader is: 2026-01-02 00:00. */
const midnight = 1_767_279_600;

const inputs = [
  input("Name", { type: "plain_text_input" }),
  input("Notes", { type: "plain_text_input", multiline: true }, { optional: true }),
  input("Calls", { type: "number_input", is_decimal_allowed: false, max_value: "100" }),
  input("Email", { type: "email_text_input" }, { optional: true }),
  input("Site", { type: "url_text_input" }, { optional: true }),
  input("Cadence", {
    type: "static_select",
    option_groups: [
      { label: plain("At once"), options: [option("now", "Immediately")] },
      { label: plain("Later"), options: [option("day", "Daily"), option("week", "Weekly")] },
    ],
    initial_option: option("day", "Daily"),
  }),
  input("Categories", {
    type: "multi_static_select",
    max_selected_items: 2,
    options: [option("p", "Picklists"), option("d", "Duplicates"), option("c", "Custom code")],
  }),
  input("Field", { type: "external_select", min_query_length: 1 }, { optional: true }),
  input("Owner", { type: "users_select" }, { optional: true }),
  input("Places", { type: "multi_conversations_select", filter: { include: ["public"] } }, { optional: true }),
  input("Quiet", { type: "checkboxes", options: [option("healthy", "When healthy")] }, { optional: true }),
  input("How", { type: "radio_buttons", options: [option("touch", "Touch"), option("write", "Write")] }),
  input("Day", { type: "datepicker", initial_date: "2026-01-31" }),
  input("Time", { type: "timepicker", initial_time: "09:00" }),
  input("Moment", { type: "datetimepicker", initial_date_time: midnight }),
  input("Words", { type: "rich_text_input" }, { optional: true }),
  input("File", { type: "file_input", filetypes: ["csv"], max_files: 1 }, { optional: true }),
];

function form(title: string, before: readonly Readonly<Record<string, unknown>>[] = []) {
  const buttons = ["push", "update"].map((name) => ({ type: "button", action_id: name, text: plain(`${name} it`) }));
  const blocks = [...before, ...inputs, { type: "actions", elements: buttons }];
  return { type: "modal", callback_id: "form", title: plain(title), submit: plain("Save"), blocks } as never;
}

describeInBrowser("inputs of modals", () => {
  let sandbox: OpenSandbox;
  let app: App;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];
  let submitted: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {};

  beforeAll(async () => {
    const options = { port: 0, seed: 1, contacts: 20, healthy: true, journal: null };
    sandbox = await openSandbox(options, { page: createPage, slack: { rates: {} } });
    const { SLACK_BOT_TOKEN = "", SLACK_APP_TOKEN = "", SLACK_API_URL = "" } = sandbox.environment;
    app = new App({
      token: SLACK_BOT_TOKEN,
      appToken: SLACK_APP_TOKEN,
      socketMode: true,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: SLACK_API_URL },
    });
    const chosen: string[] = [];
    app.action("menu", async ({ ack, action, client }) => {
      await ack();
      if ("selected_option" in action) chosen.push(String(action.selected_option?.value));
      await client.chat.postMessage({ channel: "C0REVOPS", text: `Chosen: ${chosen.join(", ")}` });
    });
    app.action("open", async ({ ack, body, client }) => {
      await ack();
      if ("trigger_id" in body) await client.views.open({ trigger_id: body.trigger_id, view: form("All inputs") });
    });
    app.action("push", async ({ ack, body, client }) => {
      await ack();
      if ("trigger_id" in body) await client.views.push({ trigger_id: body.trigger_id, view: form("On top") });
    });
    app.action("update", async ({ ack, body, client }) => {
      await ack();
      const note = { type: "section", text: plain("It was updated.") };
      if ("view" in body && body.view) await client.views.update({ view_id: body.view.id, view: form("All inputs", [note]) });
    });
    app.options("value", async ({ ack, options: asked }) => {
      const known = [option("Phone", "Phone"), option("Email", "Email")];
      await ack({ options: known.filter(({ value }) => value.toLowerCase().includes(asked.value)) as never });
    });
    app.view("form", async ({ ack, view }) => {
      submitted = view.state.values as never;
      if (view.state.values["in Name"]?.value?.value === "nobody") {
        return ack({ response_action: "errors", errors: { "in Name": "Nobody is of that name." } });
      }
      await ack();
    });
    await app.start();
    const elements = [
      { type: "button", action_id: "open", text: plain("Open the form") },
      { type: "overflow", action_id: "menu", options: [option("mute", "Mute"), option("list", "Create list")] },
    ];
    await app.client.chat.postMessage({
      channel: "C0REVOPS",
      text: "A form",
      blocks: [{ type: "actions", elements: elements as never }],
    });
    browser = await launchBrowser();
    const context = await browser.newContext({
      timezoneId: "Asia/Tokyo",
      locale: "en-GB",
      viewport: { width: 375, height: 740 },
      reducedMotion: "reduce",
    });
    page = await context.newPage();
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

  it("opens a menu by keyboard, closes it with Escape, and takes a choice", async () => {
    const more = page.getByRole("article").last().locator("summary");
    await more.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Create list" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Create list" }).waitFor({ state: "hidden" });
    expect(await more.evaluate((summary) => summary === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Chosen: list").waitFor();
  });

  it("keeps what was entered when the app updates the form or puts another on it, and goes back with Escape", async () => {
    await page.getByRole("button", { name: "Open the form" }).click();
    const dialog = page.getByRole("dialog", { name: "All inputs" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("Ada");
    await dialog.getByRole("radio", { name: "Write" }).check();
    await dialog.getByRole("checkbox", { name: "Duplicates" }).check();
    await dialog.getByRole("button", { name: "update it" }).click();
    await dialog.getByText("It was updated.").waitFor();
    await dialog.getByRole("button", { name: "push it" }).click();
    const top = page.getByRole("dialog", { name: "On top" });
    await top.waitFor();
    expect(await top.getByRole("textbox", { name: "Name" }).inputValue()).toBe("");
    await page.keyboard.press("Escape");
    await dialog.waitFor();
    expect(await dialog.getByRole("textbox", { name: "Name" }).inputValue()).toBe("Ada");
    expect(await dialog.getByRole("radio", { name: "Write" }).isChecked()).toBe(true);
    expect(await dialog.getByRole("checkbox", { name: "Duplicates" }).isChecked()).toBe(true);
  });

  it("keeps the focus within, and everything within a phone's width", async () => {
    const dialog = page.getByRole("dialog", { name: "All inputs" });
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press("Tab");
      const inside = await page.evaluate(
        () => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null,
      );
      expect(inside).toBe(true);
    }
    const { width = 0, x = -1 } = (await dialog.boundingBox()) ?? {};
    expect(x >= 0 && x + width <= 375).toBe(true);
    expect(await dialog.locator("#modal-body").evaluate((body) => body.scrollWidth <= body.clientWidth)).toBe(true);
  });

  it("is gone after the page is loaded anew", async () => {
    await page.reload();
    await page.getByText("Chosen: list").waitFor();
    expect(sandbox.slack.control.views("U0ADMIN").modal).toBeNull();
    await page.getByRole("button", { name: "Open the form" }).click();
    const dialog = page.getByRole("dialog", { name: "All inputs" });
    await dialog.getByRole("radio", { name: "Write" }).check();
    await dialog.getByRole("checkbox", { name: "Duplicates" }).check();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Ada");
  });

  it("shows what is wrong at its field", async () => {
    const dialog = page.getByRole("dialog", { name: "All inputs" });
    const name = dialog.getByRole("textbox", { name: "Name" });
    await dialog.getByRole("textbox", { name: "Calls" }).fill("1000");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("must be at most 100").waitFor();
    await dialog.getByRole("textbox", { name: "Calls" }).fill("90");
    await name.fill("nobody");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Nobody is of that name.").waitFor();
    expect(await name.getAttribute("aria-invalid")).toBe("true");
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it("hands over every kind of value", async () => {
    const dialog = page.getByRole("dialog", { name: "All inputs" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("Ada");
    await dialog.getByRole("textbox", { name: "Notes" }).fill("one\ntwo");
    await dialog.getByRole("textbox", { name: "Email" }).fill("ada@a.example");
    await dialog.getByRole("textbox", { name: "Site" }).fill("https://a.example");
    await dialog.getByRole("combobox", { name: "Cadence" }).selectOption("Weekly");
    await dialog.getByRole("checkbox", { name: "Picklists" }).check();
    expect(await dialog.getByRole("checkbox", { name: "Custom code" }).isDisabled()).toBe(true);
    await dialog.getByRole("searchbox", { name: "Field" }).fill("pho");
    await dialog.getByRole("radio", { name: "Phone" }).check();
    await dialog.getByRole("combobox", { name: "Owner" }).selectOption("Otto Operator");
    await dialog.getByRole("checkbox", { name: "#sales" }).check();
    await dialog.getByRole("checkbox", { name: "When healthy" }).check();
    await dialog.getByLabel("Day").fill("2026-02-28");
    await dialog.getByLabel("Moment").fill("2026-01-02T01:00");
    await dialog.getByRole("textbox", { name: "Words" }).fill("quite free");
    await dialog.getByLabel("File").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("id\n1\n") });
    await dialog.locator('[data-uploaded*="a.csv"]').waitFor();
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "hidden" });
    const value = (label: string) => submitted[`in ${label}`]?.value ?? {};
    expect(value("Name")).toMatchObject({ value: "Ada" });
    expect(value("Notes")).toMatchObject({ value: "one\ntwo" });
    expect(value("Calls")).toMatchObject({ value: "90" });
    expect(value("Email")).toMatchObject({ value: "ada@a.example" });
    expect(value("Site")).toMatchObject({ value: "https://a.example" });
    expect(value("Cadence")).toMatchObject({ selected_option: { value: "week" } });
    expect(value("Categories")).toMatchObject({ selected_options: [{ value: "p" }, { value: "d" }] });
    expect(value("Field")).toMatchObject({ selected_option: { value: "Phone", text: { text: "Phone" } } });
    expect(value("Owner")).toMatchObject({ selected_user: "U0OPERATOR" });
    expect(value("Places")).toMatchObject({ selected_conversations: ["C0SALES"] });
    expect(value("Quiet")).toMatchObject({ selected_options: [{ value: "healthy" }] });
    expect(value("How")).toMatchObject({ selected_option: { value: "write" } });
    expect(value("Day")).toMatchObject({ selected_date: "2026-02-28" });
    expect(value("Time")).toMatchObject({ selected_time: "09:00" });
    expect(value("Moment")).toMatchObject({ selected_date_time: midnight + 3_600 });
    expect(JSON.stringify(value("Words"))).toContain("quite free");
    expect(value("File")).toMatchObject({ files: [{ name: "a.csv" }] });
  });
});
