import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
// From its parts, as the bot has it: of a process that has loaded these, the whole library loads incompletely.
import "jsforce/lib/api/tooling.js";
import { Connection } from "jsforce/lib/connection.js";
import { createSalesforceApi, type SalesforceApiOptions } from "../../../src/sandbox/salesforce/api.ts";
import type { Caller, SaveError, SaveResult } from "../../../src/sandbox/salesforce/model.ts";
import { createSalesforceOrg, type LocalOrg } from "../../../src/sandbox/salesforce/org.ts";

export const CLIENT = { clientId: "client", clientSecret: "secret", app: "Syncwarden" };

export interface LocalSalesforce {
  readonly org: LocalOrg;
  readonly url: string;
  /** Logged in by the client-credentials flow, as the integration user. */
  connect(): Promise<Connection>;
  close(): Promise<void>;
}

/** A new org on a port of 127.0.0.1. */
export async function startSalesforce(options: SalesforceApiOptions = {}): Promise<LocalSalesforce> {
  const org = createSalesforceOrg();
  const api = createSalesforceApi(org, { clients: [CLIENT], ...options });
  const server = serve({ fetch: api.fetch, port: 0, hostname: "127.0.0.1", serverOptions: { maxHeaderSize: 65_536 } });
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    org,
    url,
    async connect() {
      const connection = new Connection({
        oauth2: { loginUrl: url, clientId: CLIENT.clientId, clientSecret: CLIENT.clientSecret },
        version: "60.0",
        callOptions: { client: "syncwarden/test" },
        maxRequest: 10,
      });
      await connection.authorize({ grant_type: "client_credentials" });
      return connection;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export function integrationUser(org: LocalOrg): Caller {
  return { userId: org.integrationUser.id, app: "HubSpot" };
}

/** The first error of one save. */
export function firstError(result: SaveResult | undefined): SaveError {
  const error = result?.errors[0];
  if (error === undefined) throw new Error("The save was not refused.");
  return error;
}

/** What a rejected jsforce call says. */
export async function refusalOf(call: PromiseLike<unknown>): Promise<{ errorCode: string; message: string; data: unknown }> {
  try {
    await call;
  } catch (error) {
    return error as { errorCode: string; message: string; data: unknown };
  }
  throw new Error("The call was not refused.");
}
