import type { SalesforceLogin, SlackSettings } from "./config.ts";
import type { Mistake } from "./mistakes.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads named variables and remembers what was missing, so that all of it is told at once. */
export class EnvironmentReader {
  readonly mistakes: Mistake[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  optional(name: string): string | undefined {
    return this.#environment[name]?.trim() || undefined;
  }

  required(name: string, expected: string, form?: RegExp): string {
    const value = this.optional(name);
    if (value !== undefined && (form?.test(value) ?? true)) return value;
    this.mistakes.push({ path: name, source: "environment", found: value === undefined ? "nothing" : "another form", expected });
    return "";
  }

  /** An https URL (or http to this machine), without trailing slash. */
  url(name: string, fallback: string): string {
    const value = this.optional(name) ?? fallback;
    if (/^https:\/\/\S+$|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/\S*)?$/.test(value))
      return value.replace(/\/+$/, "");
    this.mistakes.push({
      path: name,
      source: "environment",
      found: value,
      expected: "a URL that starts with https:// (http:// to this machine alone)",
    });
    return value;
  }
}

/**
 * Slack's settings. Socket Mode with `SLACK_APP_TOKEN`; signed HTTP with `SLACK_SIGNING_SECRET` and no app token, or where
 * `SLACK_MODE=http` says so.
 */
export function readSlackSettings(reader: EnvironmentReader): SlackSettings {
  const botToken = reader.required("SLACK_BOT_TOKEN", "the app's bot token, which starts with xoxb-", /^xoxb-/);
  const apiUrl = `${reader.url("SLACK_API_URL", "https://slack.com/api")}/`;
  return { botToken, apiUrl, transport: readTransport(reader) };
}

function readTransport(reader: EnvironmentReader): SlackSettings["transport"] {
  const mode =
    reader.optional("SLACK_MODE") ??
    (reader.optional("SLACK_APP_TOKEN") || !reader.optional("SLACK_SIGNING_SECRET") ? "socket" : "http");
  if (mode === "socket") {
    const appToken = reader.required("SLACK_APP_TOKEN", "the app-level token for Socket Mode, which starts with xapp-", /^xapp-/);
    return { mode, appToken };
  }
  if (mode !== "http") {
    reader.mistakes.push({ path: "SLACK_MODE", source: "environment", found: mode, expected: "socket or http" });
  }
  const signingSecret = reader.required("SLACK_SIGNING_SECRET", "the app's signing secret, for requests over HTTP");
  return { mode: "http", signingSecret, port: readPort(reader, "PORT", 3000) };
}

/** A TCP port from the environment. */
export function readPort(reader: EnvironmentReader, name: string, fallback: number): number {
  const text = reader.optional(name) ?? String(fallback);
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  reader.mistakes.push({ path: name, source: "environment", found: text, expected: "a port number from 0 to 65535" });
  return fallback;
}

/** How to log in as the integration user, by which variables are there. `suffix` tells connections apart, e.g. `_EMEA`. */
export function readSalesforceLogin(reader: EnvironmentReader, suffix: string): SalesforceLogin {
  const named = (name: string) => `${name}${suffix}`;
  const clientId = reader.optional(named("SALESFORCE_CLIENT_ID"));
  if (clientId && reader.optional(named("SALESFORCE_PRIVATE_KEY"))) {
    const privateKey = reader.required(
      named("SALESFORCE_PRIVATE_KEY"),
      "the private key of the app's certificate in PEM form",
      /-----BEGIN (?:RSA )?PRIVATE KEY-----/,
    );
    const username = reader.required(named("SALESFORCE_USERNAME"), "the username of the integration user");
    return { flow: "jwt-bearer", clientId, username, privateKey: privateKey.replaceAll("\\n", "\n") };
  }
  const password = reader.optional(named("SALESFORCE_PASSWORD"));
  if (!clientId && password) {
    return {
      flow: "username-password",
      username: reader.required(named("SALESFORCE_USERNAME"), "the username of the integration user"),
      password,
    };
  }
  return {
    flow: "client-credentials",
    clientId: reader.required(
      named("SALESFORCE_CLIENT_ID"),
      "the consumer key of an External Client App that runs as the integration user",
    ),
    clientSecret: reader.required(
      named("SALESFORCE_CLIENT_SECRET"),
      "the consumer secret of that app (or SALESFORCE_PRIVATE_KEY for the JWT bearer flow)",
    ),
  };
}
