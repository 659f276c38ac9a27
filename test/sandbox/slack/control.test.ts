import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { installationFromManifest } from "../../../src/sandbox/slack/service.ts";
import { type LocalSlack, startLocalSlack, startSocketApp } from "./local-slack.ts";

const manifest = `
display_information: { name: Syncwarden }
features:
  slash_commands: [{ command: /sync, description: Sync health }]
  shortcuts: [{ name: Import, type: message, callback_id: import_errors, description: Import }]
oauth_config: { scopes: { bot: [chat:write, commands, channels:history] } }
settings: { event_subscriptions: { bot_events: [message.channels] } }
`;

function modal(callback_id: string, more: Partial<ModalView> = {}): ModalView {
  return {
    type: "modal",
    callback_id,
    title: { type: "plain_text", text: callback_id },
    submit: { type: "plain_text", text: "Next" },
    blocks: [
      {
        type: "input",
        block_id: "how",
        label: { type: "plain_text", text: "How" },
        element: {
          type: "static_select",
          action_id: "strategy",
          options: ["touch", "write"].map((value) => ({ text: { type: "plain_text", text: value.toUpperCase() }, value })),
        },
      },
    ],
    ...more,
  };
}

let slack: LocalSlack;
let app: App | undefined;

beforeEach(async () => {
  slack = await startLocalSlack({ installation: installationFromManifest(manifest), timing: { acknowledgeMs: 500 } });
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.close();
});

async function post(path: string, body: unknown): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await fetch(`${slack.url}/sandbox/slack/${path}`, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("the control paths", () => {
  test("say what is wrong with a call, and what is there", async () => {
    expect(await post("command", { user: "U0ADMIN" })).toMatchObject({ status: 400 });
    expect(await post("command", { user: "U0NOBODY", channel: "C0REVOPS", text: "status" })).toEqual({
      status: 404,
      body: { error: "There is no user U0NOBODY.", users: ["U0ADMIN", "U0OPERATOR", "U0VIEWER"] },
    });
    expect(await post("command", { user: "U0ADMIN", channel: "C0REVOPS", text: "/other" })).toMatchObject({
      status: 400,
      body: { commands: ["/sync"] },
    });
    const row = (value: string) => ({
      type: "section" as const,
      block_id: value,
      text: { type: "mrkdwn" as const, text: value },
      accessory: { type: "button" as const, action_id: "details", value, text: { type: "plain_text" as const, text: "Details" } },
    });
    const { ts } = await slack.client.chat.postMessage({ channel: "C0REVOPS", text: "x", blocks: [row("a"), row("b")] });
    const click = { user: "U0ADMIN", channel: "C0REVOPS", ts };
    const missing = await post("action", { ...click, action_id: "resync" });
    expect(missing).toMatchObject({ status: 404, body: { clickable: [{ action_id: "details", value: "a" }, { value: "b" }] } });
    expect(await post("action", { ...click, action_id: "details" })).toMatchObject({ status: 400 });
    const ack = { acknowledged: false, error: "dispatch_failed" };
    expect(await post("action", { ...click, action_id: "details", value: "b" })).toMatchObject({ status: 200, body: { ack } });
  });

  test("a confirm dialog that is dismissed sends nothing", async () => {
    const plain = (text: string) => ({ type: "plain_text" as const, text });
    const confirm = { title: plain("Sure?"), text: plain("Really"), confirm: plain("Yes"), deny: plain("No") };
    const { ts } = await slack.client.chat.postMessage({
      channel: "C0REVOPS",
      text: "x",
      blocks: [{ type: "actions", elements: [{ type: "button", action_id: "clear", text: plain("Clear"), confirm }] }],
    });
    const outcome = await post("action", { user: "U0ADMIN", channel: "C0REVOPS", ts, action_id: "clear", dismiss: true });
    expect(outcome.body).toMatchObject({ ack: null, responses: [] });
  });

  test("modals are pushed, updated and cleared as the app's acknowledgement says", async () => {
    app = await startSocketApp(slack, (bolt) => {
      bolt.command("/sync", async ({ ack, client, body }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: modal("first") });
      });
      bolt.view("first", ({ ack }) => ack({ response_action: "push", view: modal("second") }));
      bolt.view("second", ({ ack, view }) => {
        const chosen = view.state.values.how?.strategy?.selected_option?.value;
        return ack({ response_action: "update", view: modal("third", { private_metadata: chosen ?? "" }) });
      });
      bolt.view("third", ({ ack }) => ack({ response_action: "clear" }));
    });
    const { control } = slack.service;
    await control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "resync" });
    const submit = () => {
      const view_id = String(control.views("U0ADMIN").modal?.id);
      return post("submit", { user: "U0ADMIN", view_id, values: { strategy: "WRITE" }, waitMs: 0 });
    };
    expect((await submit()).body).toMatchObject({ outcome: { kind: "pushed" }, view: { callback_id: "second" } });
    expect(control.views("U0ADMIN").stack).toHaveLength(2);
    expect((await submit()).body).toMatchObject({
      outcome: { kind: "updated" },
      view: { callback_id: "third", private_metadata: "write" },
    });
    expect((await submit()).body).toMatchObject({ outcome: { kind: "cleared" }, view: null });
  });

  test("a shortcut of the manifest works on a message, another one is not there", async () => {
    app = await startSocketApp(slack, (bolt) => {
      bolt.shortcut({ type: "message_action", callback_id: "import_errors" }, async ({ ack, shortcut, respond }) => {
        await ack();
        await respond({ text: `Imported ${shortcut.message.text}` });
      });
    });
    const { message } = slack.service.control.say({ user: "U0ADMIN", channel: "C0REVOPS", text: "a file" });
    const used = { user: "U0OPERATOR", channel: "C0REVOPS", ts: message.ts };
    const { body } = await post("shortcut", { ...used, callback_id: "import_errors" });
    expect(body).toMatchObject({ responses: [{ text: "Imported a file", ephemeral: true }] });
    expect(await post("shortcut", { ...used, callback_id: "other" })).toMatchObject({
      status: 404,
      body: { shortcuts: ["import_errors"] },
    });
  });

  test("the app hears of messages where its manifest subscribes to them", async () => {
    const heard: unknown[] = [];
    app = await startSocketApp(slack, (bolt) => {
      bolt.message(async ({ message }) => {
        heard.push("text" in message ? message.text : null);
      });
    });
    slack.service.control.say({ user: "U0ADMIN", channel: "C0GENERAL", text: "not a member" });
    slack.service.control.say({ user: "U0ADMIN", channel: "C0REVOPS", text: "hello" });
    await expect.poll(() => heard).toEqual(["hello"]);
  });

  test("the stream tells of each change", async () => {
    const response = await fetch(`${slack.url}/sandbox/slack/stream`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes("hello")) text += (await reader?.read())?.value ?? "";
    slack.service.control.say({ user: "U0ADMIN", channel: "C0SALES", text: "hi" });
    while (!text.includes("event: change")) text += (await reader?.read())?.value ?? "";
    expect(text).toContain('"kind":"message","channel":"C0SALES"');
    await reader?.cancel();
  });
});
