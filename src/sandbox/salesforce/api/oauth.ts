import { Hono } from "hono";
import { importSPKI, jwtVerify } from "jose";
import { outage } from "../connection.ts";
import type { OrgUser } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import type { ConnectedClient, Sessions } from "./sessions.ts";

/** A refused login: HTTP 400 with `error` and `error_description`, as RFC 6749 has it and Salesforce words it. */
interface LoginRefusal {
  readonly error: string;
  readonly error_description: string;
}

type Login = { readonly user: OrgUser; readonly client: ConnectedClient } | LoginRefusal;

export interface LoginOptions {
  readonly clients: readonly ConnectedClient[];
  /** The password of every user, with the security token at its end. */
  readonly password: string;
}

const AUDIENCES = ["https://login.salesforce.com", "https://test.salesforce.com"];

function refuse(error: string, error_description: string): LoginRefusal {
  return { error, error_description };
}

/** Token endpoint, userinfo, revocation and identity. `origin` is how the request reached us. */
export function createLoginApi(data: OrgData, sessions: Sessions, options: LoginOptions, origin: (url: string) => string): Hono {
  const app = new Hono();

  app.post("/services/oauth2/token", async (c) => {
    const down = outage(data.state);
    if (down !== null)
      return typeof down.body === "string" ? c.html(down.body, 503) : c.json(down.body as object, down.status as 500);
    const form = new URLSearchParams(await c.req.text());
    const login = await logIn(data, options, form, origin(c.req.url));
    if ("error" in login) return c.json(login, 400);
    const base = origin(c.req.url);
    return c.json({
      access_token: sessions.begin(login.user, login.client.app),
      signature: Buffer.from(`${login.user.id}${data.now().getTime()}`).toString("base64"),
      scope: "api",
      instance_url: base,
      id: `${base}/id/${data.organizationId}/${login.user.id}`,
      token_type: "Bearer",
      issued_at: String(data.now().getTime()),
    });
  });

  app.post("/services/oauth2/revoke", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    sessions.end(form.get("token") ?? "");
    return c.body(null, 200);
  });

  app.on(["GET", "POST"], ["/services/oauth2/userinfo", "/id/:organization/:user"], (c) => {
    const down = outage(data.state);
    if (down !== null)
      return typeof down.body === "string" ? c.html(down.body, 503) : c.json(down.body as object, down.status as 500);
    const token = c.req.header("authorization")?.replace(/^Bearer\s+/i, "") ?? c.req.query("oauth_token") ?? "";
    const session = sessions.find(token);
    if (session === null) return c.text("Bad_OAuth_Token", 403);
    return c.json(identity(data, session.user, origin(c.req.url)));
  });

  return app;
}

function identity(data: OrgData, user: OrgUser, base: string): Record<string, unknown> {
  return {
    sub: `${base}/id/${data.organizationId}/${user.id}`,
    user_id: user.id,
    organization_id: data.organizationId,
    preferred_username: user.username,
    username: user.username,
    nickname: user.username.split("@")[0],
    display_name: user.name,
    name: user.name,
    email: user.email,
    email_verified: true,
    active: user.isActive,
    user_type: user.userType.toUpperCase(),
    language: "en_US",
    locale: "en_US",
    utcOffset: -28_800_000,
    urls: {
      rest: `${base}/services/data/v{version}/`,
      sobjects: `${base}/services/data/v{version}/sobjects/`,
      query: `${base}/services/data/v{version}/query/`,
    },
  };
}

async function logIn(data: OrgData, options: LoginOptions, form: URLSearchParams, base: string): Promise<Login> {
  const grant = form.get("grant_type");
  if (grant === "urn:ietf:params:oauth:grant-type:jwt-bearer") return logInByAssertion(data, options, form, base);
  const client = options.clients.find((candidate) => candidate.clientId === form.get("client_id"));
  if (client === undefined) return refuse("invalid_client_id", "client identifier invalid");
  if (client.clientSecret !== form.get("client_secret")) return refuse("invalid_client", "invalid client credentials");
  switch (grant) {
    case "client_credentials": {
      const user = data.users.find((candidate) => candidate.username === (client.runAs ?? data.integrationUser.username));
      if (user === undefined) return refuse("invalid_grant", "no client credentials user enabled");
      return admit(data, user, client, "no client credentials user enabled");
    }
    case "password": {
      const user = data.users.find((candidate) => candidate.username === form.get("username"));
      if (user === undefined || form.get("password") !== options.password)
        return refuse("invalid_grant", "authentication failure");
      return admit(data, user, client, "authentication failure");
    }
    case "refresh_token":
      if (client.refreshToken === undefined || client.refreshToken !== form.get("refresh_token")) {
        return refuse("invalid_grant", "expired access/refresh token");
      }
      return admit(data, data.integrationUser, client, "expired access/refresh token");
    default:
      return refuse("unsupported_grant_type", "grant type not supported");
  }
}

/** `revoked` is what the flow says once the user's approval has been taken back. */
function admit(data: OrgData, user: OrgUser, client: ConnectedClient, revoked: string): Login {
  if (!user.isActive) return refuse("invalid_grant", "inactive user");
  if (user === data.integrationUser && data.access.loginsRefused) return refuse("invalid_grant", revoked);
  return { user, client };
}

async function logInByAssertion(data: OrgData, options: LoginOptions, form: URLSearchParams, base: string): Promise<Login> {
  const assertion = form.get("assertion") ?? "";
  let claims: { readonly iss?: unknown };
  try {
    claims = JSON.parse(Buffer.from(assertion.split(".")[1] ?? "", "base64url").toString("utf8")) as { iss?: unknown };
  } catch {
    return refuse("invalid_grant", "invalid assertion");
  }
  const client = options.clients.find((candidate) => candidate.clientId === claims.iss);
  if (client === undefined) return refuse("invalid_client_id", "client identifier invalid");
  if (client.publicKey === undefined) return refuse("invalid_grant", "invalid assertion");
  try {
    const key = await importSPKI(client.publicKey, "RS256");
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ["RS256"],
      audience: [...AUDIENCES, base],
      currentDate: data.now(),
      requiredClaims: ["exp", "sub"],
    });
    const user = data.users.find((candidate) => candidate.username === payload.sub);
    if (user === undefined) return refuse("invalid_grant", "user hasn't approved this consumer");
    return admit(data, user, client, "user hasn't approved this consumer");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ERR_JWT_EXPIRED") return refuse("invalid_grant", "expired authorization code");
    if (code === "ERR_JWT_CLAIM_VALIDATION_FAILED") return refuse("invalid_grant", "audience is invalid");
    return refuse("invalid_grant", "invalid assertion");
  }
}
