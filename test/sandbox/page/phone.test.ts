import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { refusalOf } from "../../support/refusal.ts";
import { describeInBrowser, launchBrowser } from "./browser.ts";
import { fitsItsWidth, parts, typeCommand } from "./phone.ts";
import { type SandboxCommand, startSandboxCommand } from "./sandbox-command.ts";

/** A folder for a picture of each step, for who wants to look at them. */
const PICTURES = process.env.PICTURES;

describeInBrowser("commands, buttons and dialogs on a phone", () => {
  let sandbox: SandboxCommand;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    sandbox = await startSandboxCommand();
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB", reducedMotion: "reduce" });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => troubles.push(error.message));
    await page.goto(sandbox.url);
  });

  afterEach(async () => {
    expect(troubles.splice(0)).toEqual([]);
    await closeDialog();
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
  });

  async function closeDialog(): Promise<void> {
    const close = dialog().getByRole("button", { name: "Close", exact: true });
    if (await close.isVisible()) await close.click();
    await dialog().waitFor({ state: "hidden" });
  }

  /** Nothing is cut off at the side; and a picture of it, where one is wanted. */
  async function looksRight(name: string): Promise<void> {
    expect(await fitsItsWidth(page), name).toBe(true);
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  const type = (text: string) => typeCommand(page, text);
  const newest = (): Locator => page.getByRole("article").last();
  const dialog = (): Locator => page.getByRole("dialog");

  /** Opens the details of an error by its label. */
  async function details(label: string): Promise<Locator> {
    await type("/sync errors");
    await newest().getByText(label).first().waitFor();
    const [, id] = new RegExp(`${label} · \\d+ \\w+?\\s*(E[0-9A-Z]{5})`).exec((await newest().textContent()) ?? "") ?? [];
    await newest()
      .getByRole("button", { name: `Details of error ${id}` })
      .click();
    const shown = page.getByRole("article").filter({ hasText: "Affected records 1 to" }).last();
    await shown.waitFor();
    return shown;
  }

  it("answers commands, and says what to type instead of a wrong one", async () => {
    await type("/sync status");
    await newest().getByText("acme has sync errors").first().waitFor();
    await looksRight("status");
    for (const [wrong, instead] of [
      ["/sync statsu", "Did you mean /sync status"],
      ["/sync resync nonsense", "I know no error, category, object, record or saved selection nonsense"],
      ["/sync subscribe daily 25:00", "25:00 is no time of day"],
      ["/sync unsubscribe daily", "Which connection do you mean: acme?"],
    ] as const) {
      await type(wrong);
      await newest().getByText(instead).first().waitFor();
    }
    await looksRight("wrong-commands");
    await type("/sync check nobody@example.com");
    await page.getByText("Neither HubSpot nor Salesforce has a record that goes by").waitFor();
    await looksRight("check-nobody");
  });

  it("turns pages and opens details", async () => {
    const shown = await details("Salesforce custom field validation rule");
    await looksRight("details");
    await shown.getByRole("button", { name: "… and 4 more" }).click();
    await page.getByText("11 to 14 of 14").waitFor();
    await looksRight("details-next-page");
  });

  it("says in the dialog what is wrong with a mute, and mutes", async () => {
    await (await details("Salesforce custom field validation rule")).getByRole("button", { name: /^Mute error/ }).click();
    await dialog().getByRole("radio", { name: "Until a date" }).check();
    await dialog().getByRole("button", { name: "Mute", exact: true }).click();
    await dialog().getByText("Choose the date on which it speaks again.").waitFor();
    await looksRight("mute-refused");
    await dialog().getByRole("radio", { name: "For 7 days" }).check();
    await dialog().getByRole("textbox", { name: "Reason" }).fill("Ada is mending the rule");
    await dialog().getByRole("button", { name: "Mute", exact: true }).click();
    await dialog().getByText("is muted until").waitFor();
    await looksRight("muted");
  });

  it("has records be chosen over pages, refuses none, and resyncs those", async () => {
    await (await details("Salesforce custom field validation rule")).getByRole("button", { name: /^Select some/ }).click();
    await dialog().getByText("1 to 10 of 14").waitFor();
    await looksRight("records");
    await dialog().getByRole("button", { name: "Resync selected" }).click();
    await dialog().getByText("Nothing is selected").waitFor();
    await looksRight("records-none-selected");
    await dialog().getByRole("checkbox").first().check();
    await dialog().getByRole("button", { name: "Next page of records" }).click();
    await dialog().getByText("11 to 14 of 14").waitFor();
    await dialog().getByRole("checkbox").first().check();
    await dialog().getByRole("button", { name: "Resync selected" }).click();
    await dialog().getByText("A resync of 2 selected records").waitFor();
    await looksRight("resync-asked");
    await dialog().getByRole("button", { name: "Resync", exact: true }).click();
    await dialog().getByText("The resync has begun").waitFor();
  });

  it("fixes a value", async () => {
    await (await details("Restricted picklist value")).getByRole("button", { name: /^Fix a value/ }).click();
    await dialog().getByText("in HubSpot now:").waitFor();
    await looksRight("fix");
    await dialog().getByRole("combobox").last().selectOption({ index: 1 });
    await dialog().getByRole("button", { name: "Fix", exact: true }).click();
    await dialog().getByText("The fix has begun").waitFor();
    await closeDialog();
    const progress = page.getByRole("article").filter({ hasText: "verified as synced" }).last();
    await progress.getByRole("button", { name: /^Undo/ }).waitFor({ timeout: 60_000 });
    await progress.evaluate((row) => row.scrollIntoView());
    await looksRight("fixed");
  });

  it("says at its field what is wrong with a subscription, and saves it", async () => {
    await type("/sync subscriptions");
    await newest()
      .getByRole("button", { name: /^Change the subscription/ })
      .first()
      .click();
    await dialog().getByLabel("Quiet hours from").fill("22:00");
    await dialog().getByRole("button", { name: "Save" }).click();
    await expect.poll(() => dialog().locator('[aria-invalid="true"]').count()).toBeGreaterThan(0);
    await looksRight("subscription-refused");
    await dialog().getByLabel("Quiet hours to").fill("07:00");
    await dialog().getByRole("button", { name: "Save" }).click();
    await dialog().getByText("Saved.").waitFor();
    await looksRight("subscription-saved");
  });

  it("asks before it takes a number, and takes a question away", async () => {
    await type("/sync allocation 50k");
    await newest().getByRole("button", { name: "Set to 50,000" }).click();
    await looksRight("allocation-asked");
    await dialog().getByRole("button", { name: "Set to 50,000" }).click();
    await page.getByText("That is noted.").waitFor();
    await type("/sync audit");
    const question = page.getByRole("article").filter({ hasText: "It changes nothing in either system." });
    await looksRight("audit-asked");
    await question.getByRole("button", { name: "Not now" }).click();
    await question.waitFor({ state: "hidden" });
  });

  it("tells who may not that they may not", async () => {
    await parts(page).getByRole("button", { name: "Places" }).click();
    await looksRight("places");
    await page.getByRole("radio", { name: "Vera Viewer" }).check();
    await parts(page).getByRole("button", { name: "Messages" }).click();
    await type("/sync status");
    await newest().locator("button").nth(1).click();
    // In her language.
    await page.getByText(refusalOf("refresh")).waitFor();
    await looksRight("refused");
  });

  it("shows Home", async () => {
    await parts(page).getByRole("button", { name: "Places" }).click();
    await page.getByRole("radio", { name: "Ada Admin" }).check();
    await parts(page).getByRole("button", { name: "Places" }).click();
    await page.getByRole("link", { name: "Home" }).click();
    await page.getByText("Recent actions").waitFor();
    await looksRight("home");
  });
});
