import { type Browser, chromium } from "playwright-core";
import { describe } from "vitest";

/** Path of a Chromium; tests with a browser are skipped where none is named. */
const executablePath = process.env.CHROMIUM;

/** As `describe`, skipped with the reason in its name where CHROMIUM is not set. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executablePath) describe(name, tests);
  else describe.skip(`${name} (skipped: set CHROMIUM to the path of a Chromium)`, tests);
}

export function launchBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error("Set CHROMIUM to the path of a Chromium.");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
