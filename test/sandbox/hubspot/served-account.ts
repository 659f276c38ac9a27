import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Client } from "@hubspot/api-client";
import { createHubSpotAccount } from "../../../src/sandbox/hubspot/account.ts";
import { createHubSpotApi, type HubSpotApiOptions } from "../../../src/sandbox/hubspot/api.ts";
import type { AccountRecord, HubSpotAccount, ObjectType } from "../../../src/sandbox/hubspot/model.ts";

export const TOKEN = "pat-na1-test";

export interface ServedAccount extends AsyncDisposable {
  readonly account: HubSpotAccount;
  readonly client: Client;
  readonly url: string;
  /** A request past the client, answered with status, headers and JSON. */
  call(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly body: unknown }>;
  seed(object: ObjectType, properties: Readonly<Record<string, string>>): AccountRecord;
}

/** An account served on a free port of 127.0.0.1, search without lag and rates out of the way unless asked for. */
export async function serveAccount(options: HubSpotApiOptions & { readonly clock?: () => Date } = {}): Promise<ServedAccount> {
  const account = createHubSpotAccount({ token: TOKEN, ...(options.clock ? { now: options.clock } : {}) });
  account.state.searchLagMs = 0;
  const rates = { perTenSeconds: 100_000, searchesPerSecond: 100_000, ...options.rates };
  const api = createHubSpotApi(account, { ...options, rates });
  const server = serve({ fetch: api.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    account,
    url,
    client: new Client({ accessToken: TOKEN, basePath: url, numberOfApiCallRetries: 1 }),
    async call(method, path, body, token = TOKEN) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
    },
    seed(object, properties) {
      const written = account.create(object, properties, "IMPORT");
      if (!written.ok) throw new Error(written.refusal.message);
      return written.record;
    },
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
