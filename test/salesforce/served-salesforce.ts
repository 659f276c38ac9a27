import type { SalesforceLogin } from "../../src/config/config.ts";
import { createSalesforce, type SalesforceOptions } from "../../src/salesforce/client.ts";
import type { Salesforce } from "../../src/salesforce/salesforce.ts";
import { createSalesforceApi, type SalesforceApiOptions } from "../../src/sandbox/salesforce/api.ts";
import { createSalesforceOrg, type LocalOrg } from "../../src/sandbox/salesforce/org.ts";
import { type ServedApi, serveApi } from "../support/served-api.ts";

export const CLIENT = { clientId: "client-of-this-test", clientSecret: "secret-of-this-test", app: "Syncwarden" };
export const PASSWORD = "password-of-this-test";

export interface ServedSalesforce extends ServedApi {
  readonly org: LocalOrg;
  readonly client: Salesforce;
  connect(login?: SalesforceLogin, options?: Partial<SalesforceOptions>): Salesforce;
  /** What the sandbox takes for now, in epoch milliseconds; moves only when told. */
  readonly time: { now: number };
  readonly waits: number[];
}

/** Salesforce's emulator and our client, logged in with client credentials. */
export async function serveSalesforce(options: Partial<SalesforceApiOptions> = {}): Promise<ServedSalesforce> {
  const time = { now: Date.parse("2026-03-01T10:00:00Z") };
  const org = createSalesforceOrg({ now: () => new Date(time.now) });
  const served = await serveApi(createSalesforceApi(org, { clients: [CLIENT], password: PASSWORD, ...options }));
  const waits: number[] = [];
  const connect = (
    login: SalesforceLogin = { flow: "client-credentials", clientId: CLIENT.clientId, clientSecret: CLIENT.clientSecret },
    own: Partial<SalesforceOptions> = {},
  ): Salesforce =>
    createSalesforce(
      { loginUrl: served.url, login, loginExpires: null },
      {
        clock: { now: () => new Date(time.now) },
        random: () => 0.5,
        sleep: async (ms) => {
          waits.push(ms);
        },
        ...own,
      },
    );
  return {
    ...served,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
    org,
    time,
    waits,
    connect,
    client: connect(),
  };
}
