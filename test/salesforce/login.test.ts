import { generateKeyPairSync } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import type { SalesforceLogin } from "../../src/config/config.ts";
import { RefusedError } from "../../src/health/refusal.ts";
import { jwtAudience, orgUrl } from "../../src/salesforce/org-url.ts";
import { CLIENT, PASSWORD, type ServedSalesforce, serveSalesforce } from "./served-salesforce.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const privateKey = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const publicKey = keys.publicKey.export({ type: "spki", format: "pem" }).toString();

let served: ServedSalesforce;
afterEach(() => served[Symbol.asyncDispose]());

function jwtLogin(own: Partial<Extract<SalesforceLogin, { flow: "jwt-bearer" }>> = {}): SalesforceLogin {
  const username = served.org.integrationUser.username;
  return { flow: "jwt-bearer", clientId: CLIENT.clientId, username, privateKey, ...own };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(() => null).catch((thrown: unknown) => thrown);
  if (!(error instanceof RefusedError)) throw new Error(`not refused but ${String(error)}`);
  const shown = JSON.stringify(error.refusal) + error.message + String(error.stack);
  for (const secret of [CLIENT.clientSecret, PASSWORD, privateKey]) expect(shown).not.toContain(secret);
  return error.refusal.code;
}

describe("login", () => {
  test("works with client credentials, as the integration user", async () => {
    served = await serveSalesforce();
    expect(await served.client.identity()).toEqual({
      organizationId: served.org.organizationId,
      organizationName: served.org.organizationName,
      instanceUrl: served.url,
      userId: served.org.integrationUser.id,
      username: served.org.integrationUser.username,
    });
    await served.client.identity();
    expect(served.client.callsMade()).toBe(1);
  });

  test("works with a JWT, its key in PKCS#8 or PKCS#1, line ends written out or not", async () => {
    served = await serveSalesforce({ clients: [{ ...CLIENT, publicKey }] });
    const pkcs1 = keys.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    for (const key of [privateKey, pkcs1, privateKey.replaceAll("\n", "\\n")]) {
      const identity = await served.connect(jwtLogin({ privateKey: key })).identity();
      expect(identity.userId).toBe(served.org.integrationUser.id);
    }
  });

  test("works with username and password", async () => {
    served = await serveSalesforce();
    const { username } = served.org.integrationUser;
    const identity = await served.connect({ flow: "username-password", username, password: PASSWORD }).identity();
    expect(identity.username).toBe(username);
  });

  test("tells the refusals of a login apart, and shows no secret", async () => {
    served = await serveSalesforce({ clients: [{ ...CLIENT, publicKey }] });
    const { username } = served.org.integrationUser;
    const wrongSecret = { flow: "client-credentials", clientId: CLIENT.clientId, clientSecret: "wrong" } as const;
    expect(await codeOf(served.connect(wrongSecret).identity())).toBe("invalid_client");
    const wrongId = { ...wrongSecret, clientId: "nobody" };
    expect(await codeOf(served.connect(wrongId).identity())).toBe("invalid_client_id");
    expect(await codeOf(served.connect(jwtLogin({ privateKey: "no key" })).identity())).toBe("INVALID_PRIVATE_KEY");
    expect(await codeOf(served.connect(jwtLogin({ username: "nobody@example.com" })).identity())).toBe("invalid_grant");
    const wrongPassword = { flow: "username-password", username, password: "wrong-password" } as const;
    expect(await codeOf(served.connect(wrongPassword).identity())).toBe("INVALID_LOGIN");
    served.org.revokeAccess(true);
    expect(await codeOf(served.client.identity())).toBe("invalid_grant");
  });

  test("happens once for callers at the same time, and again where the session has been taken away", async () => {
    served = await serveSalesforce();
    const logins = (): number => served.requests.filter((request) => request.endsWith("/token")).length;
    await Promise.all([served.client.users([]), served.client.schemas(["Contact"]), served.client.schemas(["Lead"])]);
    expect(logins()).toBe(1);
    served.org.revokeAccess(false);
    await Promise.all([served.client.schemas(["Contact"]), served.client.schemas(["Lead"])]);
    expect(logins()).toBe(2);
  });

  test("is not tried for ever where a fresh session is refused too", async () => {
    served = await serveSalesforce();
    served.intercept((context) =>
      context.req.path.startsWith("/services/data")
        ? context.json([{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }], 401)
        : null,
    );
    expect(await codeOf(served.client.schemas(["Contact"]))).toBe("INVALID_SESSION_ID");
    expect(served.requests.filter((request) => request.endsWith("/token"))).toHaveLength(2);
  });
});

describe("an address of an org", () => {
  test("leads to the host that serves the API", async () => {
    served = await serveSalesforce();
    expect(orgUrl("https://acme.lightning.force.com/lightning/page/home")).toBe("https://acme.my.salesforce.com");
    expect(orgUrl("https://acme--uat.sandbox.lightning.force.com/")).toBe("https://acme--uat.sandbox.my.salesforce.com");
    expect(orgUrl("https://acme.my.salesforce-setup.com/")).toBe("https://acme.my.salesforce.com");
    expect(orgUrl("http://127.0.0.1:4100/")).toBe("http://127.0.0.1:4100");
  });

  test("names whom a JWT is for", () => {
    expect(jwtAudience("https://acme.my.salesforce.com")).toBe("https://login.salesforce.com");
    expect(jwtAudience("https://acme--uat.sandbox.my.salesforce.com")).toBe("https://test.salesforce.com");
    expect(jwtAudience("http://127.0.0.1:4100")).toBe("http://127.0.0.1:4100");
  });
});
