import type { HomeView, ModalView } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appToken, clientOf, type LocalSlack, refusal, startLocalSlack } from "./local-slack.ts";

let slack: LocalSlack;
let time = Date.UTC(2026, 0, 5, 12);

beforeEach(async () => {
  time = Date.UTC(2026, 0, 5, 12);
  slack = await startLocalSlack({ now: () => time });
});
afterEach(() => slack.close());

function later(seconds: number): void {
  time += seconds * 1000;
}

describe("tokens and scopes", () => {
  test("a missing, unknown, revoked or wrong token is refused with its own code", async () => {
    expect(await (await fetch(`${slack.url}/api/auth.test`, { method: "POST" })).json()).toEqual({
      ok: false,
      error: "not_authed",
    });
    expect(await refusal(clientOf(slack.url, "xoxb-unknown").auth.test())).toMatchObject({ error: "invalid_auth" });
    expect(await refusal(clientOf(slack.url, appToken).auth.test())).toMatchObject({ error: "not_allowed_token_type" });
    slack.service.setToken("bot", "token_revoked");
    expect(await refusal(slack.client.auth.test())).toMatchObject({ error: "token_revoked" });
    slack.service.setToken("bot", "active");
    expect(await slack.client.auth.test()).toMatchObject({ ok: true, user_id: "U0SYNCWARDEN", bot_id: "B0SYNCWARDEN" });
  });

  test("a method whose scope the app lacks says which it needs", async () => {
    slack.service.setScopes(["chat:write", "channels:read"]);
    expect(await refusal(slack.client.users.info({ user: "U0ADMIN" }))).toMatchObject({
      error: "missing_scope",
      needed: "users:read",
      provided: "chat:write,channels:read",
    });
    expect(await refusal(slack.client.conversations.list({ types: "private_channel" }))).toMatchObject({ needed: "groups:read" });
  });

  test("unknown methods and broken JSON are refused", async () => {
    expect(await refusal(slack.client.apiCall("chat.shout"))).toMatchObject({ error: "unknown_method" });
    const headers = { authorization: "Bearer xoxb-test-bot", "content-type": "application/json" };
    const broken = await fetch(`${slack.url}/api/chat.postMessage`, { method: "POST", headers, body: "{" });
    expect(await broken.json()).toMatchObject({ ok: false, error: "invalid_json" });
  });
});

describe("messages", () => {
  test("arguments may come as a form, with the token in it, or as JSON", async () => {
    const form = new URLSearchParams({
      token: "xoxb-test-bot",
      channel: "C0REVOPS",
      text: "form",
      blocks: '[{"type":"divider"}]',
    });
    const posted = await (await fetch(`${slack.url}/api/chat.postMessage`, { method: "POST", body: form })).json();
    expect(posted).toMatchObject({ ok: true, channel: "C0REVOPS", message: { text: "form", blocks: [{ type: "divider" }] } });
    const headers = { authorization: "Bearer xoxb-test-bot", "content-type": "application/json; charset=utf-8" };
    const body = JSON.stringify({ channel: "C0SALES", text: "json", blocks: [{ type: "divider" }] });
    expect(await (await fetch(`${slack.url}/api/chat.postMessage`, { method: "POST", headers, body })).json()).toMatchObject({
      ok: true,
    });
  });

  test("history gives metadata back where it is asked for, newest first, without replies and ephemeral messages", async () => {
    const metadata = { event_type: "announcement", event_payload: { key: "a-1" } };
    const { ts } = await slack.client.chat.postMessage({ channel: "C0REVOPS", text: "one", metadata });
    await slack.client.chat.postMessage({ channel: "C0REVOPS", text: "reply", thread_ts: ts ?? "" });
    await slack.client.chat.postEphemeral({ channel: "C0REVOPS", user: "U0ADMIN", text: "secret" });
    later(5);
    await slack.client.chat.postMessage({ channel: "C0REVOPS", text: "two" });
    const history = await slack.client.conversations.history({ channel: "C0REVOPS", include_all_metadata: true });
    expect(history.messages?.map(({ text }) => text)).toEqual(["two", "one"]);
    expect(history.messages?.[1]).toMatchObject({ metadata, reply_count: 1 });
    const bare = await slack.client.conversations.history({ channel: "C0REVOPS", limit: 1 });
    expect(bare).toMatchObject({ has_more: true, messages: [{ text: "two" }] });
    const rest = await slack.client.conversations.history({
      channel: "C0REVOPS",
      cursor: bare.response_metadata?.next_cursor ?? "",
    });
    expect(rest.messages?.[0]?.metadata).toBeUndefined();
    const replies = await slack.client.conversations.replies({ channel: "C0REVOPS", ts: ts ?? "" });
    expect(replies.messages?.map(({ text }) => text)).toEqual(["one", "reply"]);
    const since = await slack.client.conversations.history({ channel: "C0REVOPS", oldest: ts ?? "" });
    expect(since.messages?.map(({ text }) => text)).toEqual(["two"]);
  });

  test("an update keeps what it leaves out and changes only the app's own messages", async () => {
    const { ts } = await slack.client.chat.postMessage({ channel: "C0REVOPS", text: "one", blocks: [{ type: "divider" }] });
    const updated = await slack.client.chat.update({ channel: "C0REVOPS", ts: ts ?? "", text: "two" });
    expect(updated.message).toMatchObject({ text: "two", blocks: [{ type: "divider" }], edited: { user: "U0SYNCWARDEN" } });
    const { message } = slack.service.control.say({ user: "U0ADMIN", channel: "C0REVOPS", text: "mine" });
    const theirs = slack.client.chat.update({ channel: "C0REVOPS", ts: message.ts, text: "no" });
    expect(await refusal(theirs)).toMatchObject({ error: "cant_update_message" });
    const gone = slack.client.chat.update({ channel: "C0REVOPS", ts: "1.000001", text: "no" });
    expect(await refusal(gone)).toMatchObject({ error: "message_not_found" });
  });

  test("where the app can't post it is told why", async () => {
    const { workspace } = slack.service;
    const sales = workspace.channels.get("C0SALES");
    if (sales !== undefined) workspace.channels.set("C0SALES", { ...sales, isArchived: true });
    const post = (channel: string, text: string) => slack.client.chat.postMessage({ channel, text });
    expect(await refusal(post("C0NOWHERE", "x"))).toMatchObject({ error: "channel_not_found" });
    expect(await refusal(post("C0GENERAL", "x"))).toMatchObject({ error: "not_in_channel" });
    expect(await refusal(post("C0SALES", "x"))).toMatchObject({ error: "is_archived" });
    expect(await refusal(post("C0REVOPS", " "))).toMatchObject({ error: "no_text" });
    expect(await refusal(post("C0REVOPS", "x".repeat(40_001)))).toMatchObject({ error: "msg_too_long" });
    expect(await post("U0ADMIN", "directly")).toMatchObject({ ok: true, channel: "D0ADMIN" });
  });

  test("people, groups and channels are as the workspace has them", async () => {
    const { user } = await slack.client.users.info({ user: "U0ADMIN", include_locale: true });
    expect(user).toMatchObject({ is_admin: true, is_owner: true, tz: "Europe/Berlin", locale: "en-GB" });
    expect(await refusal(slack.client.users.info({ user: "U0NOBODY" }))).toMatchObject({ error: "user_not_found" });
    expect(await slack.client.usergroups.users.list({ usergroup: "S0REVOPS" })).toMatchObject({ users: ["U0OPERATOR"] });
    const mine = await slack.client.users.conversations({});
    expect(mine.channels?.map(({ id }) => id)).toEqual(["C0REVOPS", "C0SALES"]);
    expect((await slack.client.conversations.info({ channel: "C0GENERAL" })).channel).toMatchObject({ is_member: false });
  });

  test("a file is uploaded and shared the way the real client does it", async () => {
    const { channel } = await slack.client.conversations.open({ users: "U0VIEWER" });
    await slack.client.filesUploadV2({ channel_id: channel?.id ?? "", filename: "errors.csv", file: Buffer.from("a,b\n1,2\n") });
    expect(slack.service.control.files("U0VIEWER")).toMatchObject([{ name: "errors.csv", content: "a,b\n1,2\n" }]);
    expect(slack.service.control.files("U0OPERATOR")).toEqual([]);
  });
});

describe("rates", () => {
  test("a channel takes a short burst, then a message a second; other channels go on", async () => {
    const post = (channel: string) => slack.client.chat.postMessage({ channel, text: "x" });
    for (let count = 0; count < 4; count += 1) await post("C0REVOPS");
    await expect(post("C0REVOPS")).rejects.toMatchObject({ code: "slack_webapi_rate_limited_error", retryAfter: 1 });
    await post("C0SALES");
    later(1);
    await post("C0REVOPS");
    await expect(post("C0REVOPS")).rejects.toMatchObject({ retryAfter: 1 });
  });

  test("a tier-2 method is refused after 20 calls a minute, with the seconds to wait", async () => {
    for (let count = 0; count < 20; count += 1) await slack.client.usergroups.list();
    await expect(slack.client.usergroups.list()).rejects.toMatchObject({ retryAfter: 3 });
    later(3);
    await slack.client.usergroups.list();
  });

  test("a storm refuses as many calls as it was told to", async () => {
    slack.service.storm({ method: "users.info", times: 2, retryAfterSeconds: 7 });
    await slack.client.auth.test();
    for (let count = 0; count < 2; count += 1) {
      await expect(slack.client.users.info({ user: "U0ADMIN" })).rejects.toMatchObject({ retryAfter: 7 });
    }
    await slack.client.users.info({ user: "U0ADMIN" });
  });
});

describe("views", () => {
  const view: ModalView = { type: "modal", title: { type: "plain_text", text: "T" }, blocks: [{ type: "divider" }] };

  test("a trigger opens one view within three seconds", async () => {
    const triggers: string[] = [];
    const { createTriggers } = await import("../../../src/sandbox/slack/interactions/triggers.ts");
    const own = createTriggers(() => time, 3000);
    triggers.push(own.issue("U0ADMIN"), own.issue("U0ADMIN"));
    expect(own.exchange(triggers[0] ?? "")).toBe("U0ADMIN");
    expect(() => own.exchange(triggers[0] ?? "")).toThrow("exchanged_trigger_id");
    later(3.1);
    expect(() => own.exchange(triggers[1] ?? "")).toThrow("expired_trigger_id");
    expect(await refusal(slack.client.views.open({ trigger_id: "1.2.3", view }))).toMatchObject({ error: "invalid_trigger_id" });
  });

  test("publishing with an old hash is refused", async () => {
    const home: HomeView = { type: "home", blocks: [{ type: "divider" }] };
    const first = await slack.client.views.publish({ user_id: "U0ADMIN", view: home });
    const hash = first.view?.hash ?? "";
    await slack.client.views.publish({ user_id: "U0ADMIN", view: home, hash });
    expect(await refusal(slack.client.views.publish({ user_id: "U0ADMIN", view: home, hash }))).toMatchObject({
      error: "hash_conflict",
    });
  });

  test("a modal with a long title or inputs but no submit is refused with where it is wrong", async () => {
    const wrong: ModalView = {
      ...view,
      title: { type: "plain_text", text: "x".repeat(25) },
      blocks: [{ type: "input", label: { type: "plain_text", text: "L" }, element: { type: "plain_text_input" } }],
    };
    const { error, response_metadata } = await refusal(slack.client.views.open({ trigger_id: "1.2.3", view: wrong }));
    expect(error).toBe("invalid_arguments");
    expect(response_metadata).toMatchObject({
      messages: [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
        "[ERROR] missing required field: submit (the view has input blocks) [json-pointer:/view]",
      ],
    });
  });
});

describe("response URLs", () => {
  async function issued(): Promise<string> {
    let url = "";
    const { createServer } = await import("node:http");
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        if (body.startsWith("{")) return response.end(JSON.parse(body).challenge);
        url = new URLSearchParams(body).get("response_url") ?? "";
        return response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    await slack.service.setHttpDelivery(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`);
    await slack.service.control.command({ user: "U0ADMIN", channel: "C0GENERAL", text: "status", waitMs: 0 });
    server.closeAllConnections();
    server.close();
    return url;
  }

  function respond(url: string, body: unknown): Promise<Response> {
    return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  }

  test("five posts go through, ephemeral unless said otherwise; the sixth does not", async () => {
    const url = await issued();
    await respond(url, { text: "for me" });
    await respond(url, { text: "for all", response_type: "in_channel" });
    for (let count = 0; count < 3; count += 1) expect(await (await respond(url, { text: "more" })).text()).toBe("ok");
    const sixth = await respond(url, { text: "too many" });
    expect(sixth.status).toBe(404);
    expect(await sixth.json()).toEqual({ ok: false, error: "used_url" });
    expect(slack.service.control.messages("C0GENERAL", "U0VIEWER").map(({ text }) => text)).toEqual(["for all"]);
    expect(slack.service.control.messages("C0GENERAL", "U0ADMIN")).toHaveLength(5);
  });

  test("after half an hour it is expired", async () => {
    const url = await issued();
    later(30 * 60 + 1);
    const late = await respond(url, { text: "late" });
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: "expired_url" }]);
  });

  test("blocks that Slack would not take are refused here too", async () => {
    const refused = await respond(await issued(), { text: "x", blocks: [{ type: "header" }] });
    expect(await refused.json()).toMatchObject({ ok: false, error: "invalid_blocks" });
  });
});
