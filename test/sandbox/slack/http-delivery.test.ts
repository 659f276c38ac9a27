import type { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LocalSlack, startHttpApp, startLocalSlack } from "./local-slack.ts";

let slack: LocalSlack;
let app: App | undefined;

beforeEach(async () => {
  slack = await startLocalSlack({ timing: { acknowledgeMs: 300, eventRetryMs: [0, 20, 20] } });
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.close();
});

describe("over signed HTTP", () => {
  test("commands, clicks and events reach an app that checks Slack's signature", async () => {
    const seen: string[] = [];
    const started = await startHttpApp(slack, (bolt) => {
      bolt.command("/sync", async ({ ack, respond, command }) => {
        await ack();
        await respond({
          text: `HTTP ${command.text}`,
          blocks: [
            { type: "actions", elements: [{ type: "button", action_id: "go", text: { type: "plain_text", text: "Go" } }] },
          ],
        });
      });
      bolt.action("go", async ({ ack }) => {
        await ack();
        seen.push("go");
      });
      bolt.event("app_home_opened", async () => {
        seen.push("home");
      });
    });
    app = started.app;
    expect(await slack.service.setHttpDelivery(started.requestUrl)).toEqual({ ok: true });
    const { responses } = await slack.service.control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "status" });
    expect(responses).toMatchObject([{ text: "HTTP status", ephemeral: true }]);
    await slack.service.control.action({
      user: "U0ADMIN",
      channel: "C0REVOPS",
      ts: responses[0]?.ts,
      action_id: "go",
      waitMs: 0,
    });
    await slack.service.control.home({ user: "U0ADMIN", waitMs: 0 });
    expect(seen).toEqual(["go", "home"]);
  });

  test("an app with another signing secret is not taken as request URL", async () => {
    const started = await startHttpApp(slack, () => undefined, "another-secret");
    app = started.app;
    expect(await slack.service.setHttpDelivery(started.requestUrl)).toMatchObject({ ok: false });
    expect(slack.service.httpDelivery()).toBeNull();
  });

  test("only events are sent again, with their count in a header", async () => {
    const { createServer } = await import("node:http");
    const retries: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        if (body.includes("url_verification")) return response.end(String(JSON.parse(body).challenge));
        retries.push([request.headers["x-slack-retry-num"]].flat()[0]);
        response.writeHead(500).end();
        return undefined;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await slack.service.setHttpDelivery(`http://127.0.0.1:${port}/`)).toEqual({ ok: true });
    const { ack } = await slack.service.control.home({ user: "U0ADMIN", waitMs: 0 });
    expect(ack).toEqual({ acknowledged: false, error: "http_status", attempts: 4 });
    expect(retries).toEqual([undefined, "1", "2", "3"]);
    retries.length = 0;
    await slack.service.control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "status" });
    expect(retries).toEqual([undefined]);
    server.closeAllConnections();
    server.close();
  });
});
