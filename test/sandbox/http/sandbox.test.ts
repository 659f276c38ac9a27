import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { SandboxOptions } from "../../../src/sandbox/sandbox.ts";
import { type OpenSandbox, openSandbox, startSandbox } from "../../../src/sandbox/start.ts";

const open: OpenSandbox[] = [];

async function sandbox(options: Partial<SandboxOptions> = {}): Promise<OpenSandbox> {
  const started = await openSandbox({ port: 0, seed: 1, contacts: 60, healthy: true, journal: null, ...options }, {});
  open.push(started);
  return started;
}

afterEach(async () => {
  for (const started of open.splice(0)) await started.close();
});

function post(url: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });
}

async function salesforceToken({ url, environment }: OpenSandbox): Promise<string> {
  const form = {
    grant_type: "client_credentials",
    client_id: environment.SALESFORCE_CLIENT_ID ?? "",
    client_secret: environment.SALESFORCE_CLIENT_SECRET ?? "",
  };
  const answer = await fetch(`${url}/services/oauth2/token`, { method: "POST", body: new URLSearchParams(form) });
  return ((await answer.json()) as { access_token: string }).access_token;
}

describe("the sandbox", () => {
  it("serves the three services on one port with the credentials it gives out", async () => {
    const started = await sandbox();
    const { url, environment } = started;
    const token = await salesforceToken(started);
    const limits = await fetch(`${url}/services/data/v60.0/limits`, { headers: { authorization: `Bearer ${token}` } });
    const contacts = await fetch(`${url}/crm/v3/objects/contacts`, {
      headers: { authorization: `Bearer ${environment.HUBSPOT_TOKEN}` },
    });
    const auth = await post(
      `${environment.SLACK_API_URL}auth.test`,
      {},
      { authorization: `Bearer ${environment.SLACK_BOT_TOKEN}` },
    );
    expect([limits.status, contacts.status]).toEqual([200, 200]);
    expect(await auth.json()).toMatchObject({ ok: true });
    expect(await readFile(environment.SYNCWARDEN_CONFIG ?? "", "utf8")).toContain("name: acme");
  });

  it("lets each service refuse in its own words", async () => {
    const { url } = await sandbox();
    const hubspot = await fetch(`${url}/crm/v3/objects/contacts`);
    const salesforce = await fetch(`${url}/services/data/v60.0/limits`);
    expect(await hubspot.json()).toMatchObject({ category: "INVALID_AUTHENTICATION" });
    expect(await salesforce.json()).toMatchObject([{ errorCode: "INVALID_SESSION_ID" }]);
  });

  it("takes Socket Mode connections on the same port", async () => {
    const { url, environment } = await sandbox();
    const opened = await post(`${url}/api/apps.connections.open`, {}, { authorization: `Bearer ${environment.SLACK_APP_TOKEN}` });
    const socket = new WebSocket(((await opened.json()) as { url: string }).url);
    const hello = await new Promise<string>((resolve, reject) => {
      socket.once("message", (data) => resolve(String(data)));
      socket.once("error", reject);
    });
    expect(JSON.parse(hello)).toMatchObject({ type: "hello" });
    socket.terminate();
  });

  it("says so when its port is taken", async () => {
    const { port } = await sandbox();
    await expect(startSandbox({ port, seed: 1, contacts: 10, healthy: true, journal: null })).rejects.toThrow(
      new RegExp(`Port ${port} .* in use`),
    );
  });

  it("leaves nothing behind when it closes", async () => {
    const { url, environment, close } = await sandbox();
    await post(`${url}/sandbox/faults`, { service: "hubspot", delayMs: 500_000 });
    const hanging = fetch(`${url}/crm/v3/owners`).catch(() => "cut");
    await close();
    await hanging;
    await expect(fetch(`${url}/sandbox/truth`)).rejects.toThrow();
    await expect(stat(environment.SYNCWARDEN_CONFIG ?? "")).rejects.toThrow();
  });

  it("starts a world of 10,000 contacts in seconds", async () => {
    const start = performance.now();
    const { account } = await sandbox({ contacts: 10_000, healthy: false });
    expect([...account.records("contacts")].length).toBeGreaterThanOrEqual(10_000);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});

describe("the journal", () => {
  it("has a line for each exchange with the services, without secrets, and none for faults and wrong calls on purpose", async () => {
    const journal = join(tmpdir(), `syncwarden-journal-${process.pid}.jsonl`);
    const started = await sandbox({ journal });
    const { url, environment, close } = started;
    const token = await salesforceToken(started);
    await fetch(`${url}/services/data/v60.0/query?q=SELECT+Id+FROM+Lead+LIMIT+1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await post(`${url}/crm/v3/objects/contacts/search`, { limit: 1 }, { authorization: `Bearer ${environment.HUBSPOT_TOKEN}` });
    await fetch(`${environment.SLACK_API_URL}auth.test`, {
      method: "POST",
      body: new URLSearchParams({ token: environment.SLACK_BOT_TOKEN ?? "" }),
    });
    await post(`${url}/crm/v3/objects/contacts/search`, { limit: 2 }, { "x-sandbox-no-journal": "1" });
    await post(`${url}/sandbox/faults`, { service: "hubspot", status: 500, times: 1 });
    await fetch(`${url}/crm/v3/owners`);
    await close();
    const text = await readFile(journal, "utf8");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ service, method, path, status }) => [service, method, path, status])).toEqual([
      ["salesforce", "POST", "/services/oauth2/token", 200],
      ["salesforce", "GET", "/services/data/v60.0/query", 200],
      ["hubspot", "POST", "/crm/v3/objects/contacts/search", 200],
      ["slack", "POST", "/api/auth.test", 200],
    ]);
    expect(lines[1]).toMatchObject({ query: { q: "SELECT Id FROM Lead LIMIT 1" }, responseBody: { totalSize: 1 } });
    expect(lines[2]).toMatchObject({ requestBody: { limit: 1 }, responseBody: { total: 60 } });
    for (const secret of [token, environment.SLACK_BOT_TOKEN, environment.HUBSPOT_TOKEN, environment.SALESFORCE_CLIENT_SECRET]) {
      expect(text).not.toContain(secret);
    }
  });

  it("that can't be written is said before anything starts", async () => {
    await expect(sandbox({ journal: "/nowhere/at/all.jsonl" })).rejects.toThrow(/journal .* can't be written/);
  });
});

describe("faults", () => {
  it("answer instead of the service as often as they say, then are spent", async () => {
    const { url } = await sandbox();
    const fault = {
      service: "hubspot",
      path: "/crm/v3/owners",
      status: 429,
      headers: { "retry-after": "7" },
      body: { policyName: "DAILY" },
      times: 1,
    };
    await post(`${url}/sandbox/faults`, fault);
    expect((await fetch(`${url}/crm/v3/lists/1`)).status).toBe(401);
    const hit = await fetch(`${url}/crm/v3/owners`);
    expect([hit.status, hit.headers.get("retry-after"), await hit.json()]).toEqual([429, "7", { policyName: "DAILY" }]);
    expect((await fetch(`${url}/crm/v3/owners`)).status).toBe(401);
    expect(await (await fetch(`${url}/sandbox/faults`)).json()).toEqual({ faults: [] });
  });

  it("delay and drop connections, until they are taken away", async () => {
    const { url } = await sandbox();
    await post(`${url}/sandbox/faults`, { service: "slack", delayMs: 80 });
    await post(`${url}/sandbox/faults`, { service: "salesforce", dropConnection: true });
    const start = performance.now();
    expect((await post(`${url}/api/auth.test`)).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(75);
    await expect(fetch(`${url}/services/data/v60.0/limits`)).rejects.toThrow();
    await fetch(`${url}/sandbox/faults`, { method: "DELETE" });
    expect((await fetch(`${url}/services/data/v60.0/limits`)).status).toBe(401);
  });

  it("must say what goes wrong, and where", async () => {
    const { url } = await sandbox();
    const nothing = await post(`${url}/sandbox/faults`, { service: "hubspot" });
    const nowhere = await post(`${url}/sandbox/faults`, { service: "jira", status: 500 });
    expect([nothing.status, nowhere.status]).toEqual([400, 400]);
    expect(((await nothing.json()) as { error: string }).error).toContain("status, delayMs or dropConnection");
  });
});
