import { createPrivateKey, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import type { Connection } from "jsforce/lib/connection.js";
import type { SalesforceLogin, SalesforceSettings } from "../config/config.ts";
import type { Clock } from "../health/clock.ts";
import { RefusedError } from "../health/refusal.ts";
import { jwtAudience, orgUrl } from "./org-url.ts";
import { refusedBy } from "./refusal.ts";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/** Salesforce takes no assertion that lives longer than three minutes. */
const ASSERTION_SECONDS = 180;

/**
 * Gives the connection a fresh session as the integration user. Rejects with `RefusedError`: OAuth's `invalid_grant`,
 * `invalid_client` …, SOAP's `INVALID_LOGIN` …, or no answer at all. Costs no API call but for username-password.
 */
export async function login(connection: Connection, settings: SalesforceSettings, clock: Clock): Promise<void> {
  try {
    await loginBy(connection, settings, clock);
  } catch (error) {
    // A session that Salesforce has refused must not look like one.
    connection.accessToken = undefined;
    throw withAdvice(refusedBy(error));
  }
  if (connection.instanceUrl !== "") connection.instanceUrl = orgUrl(connection.instanceUrl);
}

/** What must never appear in a message or a log line. */
export function secretsOf(login: SalesforceLogin): readonly string[] {
  switch (login.flow) {
    case "client-credentials":
      return [login.clientSecret];
    case "jwt-bearer":
      return [login.privateKey];
    case "username-password":
      return [login.password];
  }
}

async function loginBy(connection: Connection, settings: SalesforceSettings, clock: Clock): Promise<void> {
  const { login: how } = settings;
  switch (how.flow) {
    case "client-credentials":
      await connection.authorize({
        grant_type: "client_credentials",
        client_id: how.clientId,
        client_secret: how.clientSecret,
      });
      return;
    case "jwt-bearer":
      await connection.authorize({
        grant_type: JWT_BEARER,
        assertion: await assertion(how, jwtAudience(orgUrl(settings.loginUrl)), clock),
      });
      return;
    case "username-password":
      await connection.login(how.username, how.password);
  }
}

async function assertion(how: Extract<SalesforceLogin, { flow: "jwt-bearer" }>, audience: string, clock: Clock): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(how.clientId)
    .setSubject(how.username)
    .setAudience(audience)
    .setExpirationTime(Math.floor(clock.now().getTime() / 1000) + ASSERTION_SECONDS)
    .sign(privateKeyOf(how.privateKey));
}

/** PKCS#8 and PKCS#1 alike; environment variables often carry the line ends as `\n`. */
function privateKeyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem.replaceAll("\\n", "\n"));
  } catch {
    throw new RefusedError({
      system: "salesforce",
      code: "INVALID_PRIVATE_KEY",
      message: "The private key of the jwt-bearer login is no PEM-encoded RSA key.",
      fields: [],
    });
  }
}

/** jsforce throws a plain error for a login that succeeds with an expired password. */
function withAdvice(error: RefusedError): RefusedError {
  if (error.refusal.code !== "UNREADABLE" || !/password has expired/.test(error.refusal.message)) return error;
  return new RefusedError({
    system: "salesforce",
    code: "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
    message: "The password of the integration user has expired.",
    fields: [],
  });
}
