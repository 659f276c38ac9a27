import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInBrowser, launchBrowser } from "./browser.ts";
import { fitsItsWidth, parts, typeCommand } from "./phone.ts";
import { type SandboxCommand, startSandboxCommand } from "./sandbox-command.ts";

/** What the README promises to someone new, in milliseconds. */
const A_MINUTE = 60_000;

describeInBrowser("someone new, on a phone", () => {
  let sandbox: SandboxCommand;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    sandbox = await startSandboxCommand();
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "en-GB" });
    page = await context.newPage();
    await page.goto(sandbox.url);
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
  });

  const part = (name: string) => parts(page).getByRole("button", { name });
  const inWorld = (name: string) => page.getByRole("complementary", { name: "The world" }).getByRole("button", { name });
  const isDone = (words: string) => page.getByRole("listitem").filter({ hasText: words }).filter({ hasText: "(done)" }).waitFor();

  it("sees a suspension alert and clears it within a minute", async () => {
    const began = Date.now();
    await page.getByRole("button", { name: "New here? Try it in a minute" }).click();
    await inWorld("Break it: API limit exceeded").click();
    await isDone("posts an alert");
    await page.getByText("They agree").waitFor();
    await inWorld("Mend it: API limit exceeded").click();
    await inWorld("Show me the alert").click();
    await page.getByRole("article").getByRole("button", { name: "Clear suspension" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Clear suspension" }).click();
    await page.getByRole("article").filter({ hasText: "the sync runs again" }).first().waitFor();
    await part("World").click();
    await isDone("and see each step");
    expect(Date.now() - began).toBeLessThan(A_MINUTE);
  });

  it("reads a digest and resyncs from it within a minute", async () => {
    const began = Date.now();
    await inWorld("Mend it: Validation rule").click();
    await inWorld("Show me the digest").click();
    const digest = page.getByRole("article").first();
    await digest.getByText("Salesforce custom field validation rule").waitFor();
    await digest.getByRole("button", { name: "Resync" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Resync", exact: true }).click();
    await page.getByRole("dialog").getByText("The resync has begun").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();
    await part("World").click();
    await isDone("Every record gets its verdict");
    await page.getByText("They agree").waitFor();
    expect(Date.now() - began).toBeLessThan(A_MINUTE);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it("gets an answer to every command, each within a phone's width", { timeout: 240_000 }, async () => {
    const box = page.getByRole("combobox", { name: "Message or command" });
    const type = (text: string) => typeCommand(page, text);
    await part("Messages").click();
    await type("/sync help");
    await box.fill("/sync ");
    const usages = await page.getByRole("option").locator("code").allTextContents();
    expect(usages.length).toBeGreaterThan(15);
    for (const usage of usages) {
      // Without what it takes, which is as good a question.
      await type(usage.replace(/ [[<].*$/, ""));
      expect(await fitsItsWidth(page), usage).toBe(true);
    }
  });
});
