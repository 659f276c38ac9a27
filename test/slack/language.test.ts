import { expect, test } from "vitest";
import { serveBot } from "./local-slack.ts";

const { slack } = await serveBot();

async function askForSubscriptions(): Promise<string | undefined> {
  const asked = { user: "U0VIEWER", channel: "C0REVOPS", text: "subscriptions" };
  return (await slack.service.control.command(asked)).responses[0]?.text;
}

test("somebody who changes the language of their Slack is answered in it from then on", async () => {
  const english = await askForSubscriptions();
  expect(english).toContain("has no subscriptions");
  const { ack } = await slack.service.control.locale({ user: "U0VIEWER", locale: "ja-JP" });
  expect(ack).toMatchObject({ acknowledged: true });
  const japanese = await askForSubscriptions();
  expect(japanese).not.toBe(english);
  expect(japanese).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
});

test("a language that there are no words for is answered in the workspace's", async () => {
  await slack.service.control.locale({ user: "U0VIEWER", locale: "ko-KR" });
  expect(await askForSubscriptions()).toContain("has no subscriptions");
});
