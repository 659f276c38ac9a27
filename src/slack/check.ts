import { WebClient } from "@slack/web-api";
import type { SlackSettings } from "../config/config.ts";
import { ENGLISH } from "../language/language.ts";
import { explainSlackFailure } from "./failure.ts";
import { webClientOptions } from "./web-client.ts";

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => "error" as never,
};

/** Asks Slack whether the tokens are good; rejects with one sentence that says what is wrong and what to do. */
export async function checkSlack(settings: SlackSettings): Promise<string> {
  const options = webClientOptions(settings, silent);
  try {
    const { team, user } = await new WebClient(settings.botToken, options).auth.test();
    if (settings.transport.mode === "http")
      return `workspace ${team} as ${user}, requests over HTTP on port ${settings.transport.port}`;
    await new WebClient(settings.transport.appToken, options).apps.connections.open({});
    return `workspace ${team} as ${user}, Socket Mode`;
  } catch (error) {
    throw new Error(ENGLISH.render(explainSlackFailure(error).statement), { cause: error });
  }
}
