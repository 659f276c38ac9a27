import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** The row in which a phone chooses the part of the page that it shows. */
export function parts(page: Page): Locator {
  return page.getByRole("navigation", { name: "Parts of the page" });
}

/** Types a command, and waits until it is answered. */
export async function typeCommand(page: Page, text: string): Promise<void> {
  const box = page.getByRole("combobox", { name: "Message or command" });
  const answers = page.getByText("Only visible to you");
  const before = await answers.count();
  await box.fill(text);
  // The list of commands that fit would take the Enter for itself.
  await box.press("Escape");
  await box.press("Enter");
  await expect.poll(() => answers.count(), { timeout: 20_000, message: text }).toBeGreaterThan(before);
}

/** Whether nothing is wider than its place: not the page, not the messages, and no control of a dialog reaches into its margin. */
export function fitsItsWidth(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const parts = ["feed", "modal-body"].flatMap((id) => document.getElementById(id) ?? []);
    const controls = [...document.querySelectorAll("#modal-body .field, #modal-body .button")];
    const isWithin = (control: Element) => {
      const block = control.closest("[data-input], .block, #modal-body")?.getBoundingClientRect();
      return block === undefined || control.getBoundingClientRect().right <= block.right + 1;
    };
    return (
      document.documentElement.scrollWidth <= innerWidth &&
      parts.every((part) => part.scrollWidth <= part.clientWidth) &&
      controls.every(isWithin)
    );
  });
}
