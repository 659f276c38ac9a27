import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInBrowser, launchBrowser } from "../sandbox/page/browser.ts";

const ROOT = join(import.meta.dirname, "../..");

/** `npm run sandbox` without npm, so that signals reach it. Resolves with its address once it says so. */
async function startSandboxCommand(): Promise<{ child: ChildProcessWithoutNullStreams; url: string }> {
  const { PATH, HOME, JOURNAL_DIRECTORY } = process.env;
  const journal = JOURNAL_DIRECTORY === undefined ? [] : ["--journal", join(JOURNAL_DIRECTORY, `${randomUUID()}.jsonl`)];
  const env = { PATH, HOME, SANDBOX_PORT: "0" };
  const child = spawn(process.execPath, ["src/cli.ts", "sandbox", "--seed", "1", ...journal], { cwd: ROOT, env });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const told = /The sandbox is at (\S+)/.exec(output);
      if (told?.[1]) resolve(told[1]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`The sandbox ended with ${code}:\n${output}`)));
  });
  return { child, url };
}

describeInBrowser("someone new, within minutes", () => {
  let child: ChildProcessWithoutNullStreams;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const started = await startSandboxCommand();
    child = started.child;
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(started.url);
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
  }, 40_000);

  const message = (text: RegExp) => page.getByRole("article").filter({ hasText: text }).last();

  test("sees a digest on the first page load", async () => {
    await message(/37 affected records/).waitFor({ timeout: 5000 });
  });

  test("breaks the API limit and sees the alert come into the channel", async () => {
    await page.getByRole("button", { name: "Break: API limit exceeded" }).click();
    await message(/the sync is suspended: Salesforce organization API limit exceeded/).waitFor({ timeout: 15_000 });
    await message(/3 changes wait/).waitFor({ timeout: 10_000 });
    if (!process.env.SCREENSHOT) return;
    await page.waitForTimeout(1000);
    await page.screenshot({ path: process.env.SCREENSHOT });
  });

  test("mends it, presses Clear suspension, and the message says that the sync runs again", async () => {
    const alert = message(/the sync is suspended/);
    await page.getByRole("button", { name: "Mend: API limit exceeded" }).click();
    await alert.getByRole("button", { name: "Clear suspension" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Clear suspension" }).click();
    await message(/the sync runs again after .*Cleared by @Ada Admin/s).waitFor({ timeout: 30_000 });
  });

  test("mends the rule and resyncs its records from the digest: each is verified", async () => {
    await page.getByRole("button", { name: "Mend: Validation rule" }).click();
    const digest = message(/37 affected records/);
    await digest.getByRole("button", { name: /^Resync 14 contacts/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Resync" }).click();
    await message(/14 verified as synced/).waitFor({ timeout: 60_000 });
  });
});
