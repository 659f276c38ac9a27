import type { App } from "@slack/bolt";
import type { KnownBlock, ModalView } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appToken, clientOf, type LocalSlack, startLocalSlack, startSocketApp } from "./local-slack.ts";

const button = (action_id: string, value = "1"): KnownBlock => ({
  type: "actions",
  block_id: "buttons",
  elements: [{ type: "button", action_id, value, text: { type: "plain_text", text: "Do it" } }],
});

const modal: ModalView = {
  type: "modal",
  callback_id: "allocation",
  title: { type: "plain_text", text: "Allocation" },
  submit: { type: "plain_text", text: "Save" },
  blocks: [
    {
      type: "input",
      block_id: "calls",
      label: { type: "plain_text", text: "Calls" },
      element: { type: "plain_text_input", action_id: "calls_value" },
    },
  ],
};

let slack: LocalSlack;
let app: App | undefined;

beforeEach(async () => {
  slack = await startLocalSlack({ timing: { acknowledgeMs: 300, eventRetryMs: [0, 20, 20], pingMs: 1_000 } });
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.close();
});

describe("over Socket Mode", () => {
  test("a command is acknowledged and answered so that only the asker sees it", async () => {
    app = await startSocketApp(slack, (bolt) => {
      bolt.command("/sync", async ({ ack, respond, command }) => {
        await ack();
        await respond({ text: `You said ${command.text}`, response_type: "ephemeral" });
      });
    });
    const { ack, responses } = await slack.service.control.command({
      user: "U0ADMIN",
      channel: "C0REVOPS",
      text: "status & more",
    });
    expect(ack).toMatchObject({ acknowledged: true, body: null, attempts: 1 });
    expect(responses).toMatchObject([{ text: "You said status &amp; more", ephemeral: true, response: true }]);
    expect(slack.service.control.messages("C0REVOPS", "U0ADMIN")).toHaveLength(1);
    expect(slack.service.control.messages("C0REVOPS", "U0VIEWER")).toHaveLength(0);
  });

  test("what a command is acknowledged with is an answer too", async () => {
    app = await startSocketApp(slack, (bolt) => {
      bolt.command("/sync", ({ ack }) => ack({ text: "Right away", response_type: "in_channel" }));
    });
    const { responses } = await slack.service.control.command({ user: "U0ADMIN", channel: "C0SALES", text: "/sync status" });
    expect(responses).toMatchObject([{ text: "Right away", ephemeral: false }]);
    expect(slack.service.control.messages("C0SALES", "U0VIEWER")).toHaveLength(1);
  });

  test("a command that nobody acknowledges is sent once more and then fails for the person", async () => {
    let seen = 0;
    app = await startSocketApp(slack, (bolt) => {
      bolt.command("/sync", async () => {
        seen += 1;
      });
    });
    const { ack, responses } = await slack.service.control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "status" });
    expect(ack).toEqual({ acknowledged: false, error: "operation_timeout", attempts: 2 });
    expect(seen).toBe(2);
    expect(responses[0]?.text).toBe('/sync failed with the error "operation_timeout"');
  });

  test("without a connection a command fails at once", async () => {
    const { ack } = await slack.service.control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "status" });
    expect(ack).toEqual({ acknowledged: false, error: "dispatch_failed", attempts: 1 });
  });

  test("a click reaches the app with its message, which the app then updates", async () => {
    app = await startSocketApp(slack, (bolt) => {
      bolt.action({ type: "block_actions", action_id: "clear" }, async ({ ack, action, body, client }) => {
        await ack();
        const value = "value" in action ? action.value : "";
        await client.chat.update({ channel: "C0REVOPS", ts: body.message?.ts ?? "", text: `Cleared ${value}`, blocks: [] });
      });
    });
    const { ts } = await slack.client.chat.postMessage({
      channel: "C0REVOPS",
      text: "Suspended",
      blocks: [button("clear", "42")],
    });
    const click = { user: "U0OPERATOR", channel: "C0REVOPS", ts: ts ?? "", action_id: "clear" };
    expect((await slack.service.control.action(click)).ack?.acknowledged).toBe(true);
    const [message] = slack.service.control.messages("C0REVOPS", "U0VIEWER");
    expect(message).toMatchObject({ text: "Cleared 42", blocks: [], edited: { user: "U0SYNCWARDEN" } });
    await expect(slack.service.control.action(click)).rejects.toThrow("There is no clear to click here.");
  });

  test("a click on an ephemeral message carries no message but a response_url that replaces it", async () => {
    const bodies: unknown[] = [];
    app = await startSocketApp(slack, (bolt) => {
      bolt.command("/sync", async ({ ack, respond }) => {
        await ack();
        await respond({ text: "Errors", blocks: [button("next")] });
      });
      bolt.action({ type: "block_actions", action_id: "next" }, async ({ ack, body, respond }) => {
        await ack();
        bodies.push(body.message, body.container.is_ephemeral);
        await respond({ text: "Page 2", replace_original: true });
      });
    });
    const { responses } = await slack.service.control.command({ user: "U0VIEWER", channel: "C0REVOPS", text: "errors" });
    const ts = responses[0]?.ts ?? "";
    const click = { user: "U0VIEWER", channel: "C0REVOPS", ts, action_id: "next" };
    await expect(slack.service.control.action({ ...click, user: "U0ADMIN" })).rejects.toThrow("sees no message");
    const outcome = await slack.service.control.action(click);
    expect(outcome.responses).toMatchObject([{ ts, text: "Page 2", ephemeral: true }]);
    expect(bodies).toEqual([undefined, true]);
    expect(slack.service.control.messages("C0REVOPS", "U0VIEWER")).toHaveLength(1);
  });

  test("a modal opens, shows errors under its inputs, and closes when it is right", async () => {
    app = await startSocketApp(slack, (bolt) => {
      bolt.command("/sync", async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: modal });
      });
      bolt.view("allocation", async ({ ack, view }) => {
        const entered = view.state.values.calls?.calls_value?.value ?? "";
        if (/^\d+$/.test(entered)) await ack();
        else await ack({ response_action: "errors", errors: { calls: "A number, please" } });
      });
    });
    const { control } = slack.service;
    await control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "allocation" });
    const view_id = String(control.views("U0ADMIN").modal?.id);
    const wrong = await control.submit({ user: "U0ADMIN", view_id, values: { calls_value: "many" } });
    expect(wrong.outcome).toEqual({ kind: "errors", errors: { calls: "A number, please" } });
    expect(wrong.view).not.toBeNull();
    await expect(control.submit({ user: "U0ADMIN", view_id, values: { calls_value: "" } })).rejects.toThrow("required");
    await expect(control.submit({ user: "U0ADMIN", view_id, values: { nothing: "1" } })).rejects.toThrow(
      "nothing called nothing",
    );
    const right = await control.submit({ user: "U0ADMIN", view_id, values: { calls: "5000" } });
    expect(right.outcome).toEqual({ kind: "closed" });
    expect(control.views("U0ADMIN").modal).toBeNull();
  });

  test("Home is published when it is opened, and its buttons work", async () => {
    const clicked: unknown[] = [];
    app = await startSocketApp(slack, (bolt) => {
      bolt.event("app_home_opened", async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [button("refresh")] } });
      });
      bolt.action("refresh", async ({ ack, body }) => {
        await ack();
        clicked.push("container" in body ? body.container : null);
      });
    });
    const { view } = await slack.service.control.home({ user: "U0VIEWER" });
    expect(view).toMatchObject({ type: "home" });
    await slack.service.control.action({ user: "U0VIEWER", home: true, action_id: "refresh", waitMs: 0 });
    expect(clicked).toEqual([{ type: "view", view_id: view?.id }]);
  });

  test("an event that isn't acknowledged comes again, up to three times, and says so", async () => {
    const retries: unknown[] = [];
    const { SocketModeClient } = await import("@slack/socket-mode");
    const raw = new SocketModeClient({ appToken: "xapp-test-app", clientOptions: { slackApiUrl: `${slack.url}/api/` } });
    raw.on("slack_event", ({ retry_num, retry_reason, ack }) => {
      retries.push([retry_num, retry_reason]);
      if (retries.length === 3) void ack();
    });
    await raw.start();
    const { ack } = await slack.service.control.home({ user: "U0ADMIN", waitMs: 0 });
    await raw.disconnect();
    expect(ack).toMatchObject({ acknowledged: true, attempts: 3 });
    expect(retries).toEqual([
      [0, ""],
      [1, "timeout"],
      [2, "timeout"],
    ]);
  });

  test("a connection that Slack refreshes or cuts is replaced by a new one", { timeout: 30_000 }, async () => {
    app = await startSocketApp(slack, (bolt) => {
      bolt.command("/sync", ({ ack }) => ack("here"));
    });
    for (const cut of [slack.service.refreshConnections, slack.service.dropConnections]) {
      cut();
      await expect.poll(() => slack.service.connections(), { timeout: 2_000 }).toBe(0);
      await expect.poll(() => slack.service.connections(), { timeout: 10_000 }).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const { ack } = await slack.service.control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "status" });
      expect(ack).toMatchObject({ acknowledged: true, body: { text: "here" } });
    }
  });

  test("a Socket Mode URL is good for one connection, and made-up ones for none", async () => {
    const { url } = await clientOf(slack.url, appToken).apps.connections.open({});
    const connects = (address: string) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address);
        socket.addEventListener("open", () => resolve(true));
        socket.addEventListener("error", () => resolve(false));
      });
    expect(await connects(url ?? "")).toBe(true);
    expect(await connects(url ?? "")).toBe(false);
    expect(await connects(`${slack.url.replace("http", "ws")}/slack/socket/made-up`)).toBe(false);
  });

  test("a shared file reaches the app, which can read it with its token", async () => {
    const read: string[] = [];
    app = await startSocketApp(slack, (bolt) => {
      bolt.event("file_shared", async ({ event, client }) => {
        const { file } = await client.files.info({ file: event.file_id });
        const url = file?.url_private ?? "";
        read.push(await (await fetch(url, { headers: { authorization: "Bearer xoxb-test-bot" } })).text());
        read.push(await (await fetch(url)).text());
      });
    });
    slack.service.control.file({ user: "U0OPERATOR", channel: "C0REVOPS", name: "errors.csv", content: "Error,Count\nA,1\n" });
    await expect.poll(() => read.length).toBe(2);
    expect(read[0]).toBe("Error,Count\nA,1\n");
    expect(read[1]).toContain("Sign in");
  });
});
