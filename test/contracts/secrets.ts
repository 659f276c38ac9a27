import { CREDENTIALS } from "../../src/sandbox/world/credentials.ts";

const { slack, salesforce, salesforcePassword, hubspotToken } = CREDENTIALS;
const GIVEN: Readonly<Record<string, string>> = {
  "Slack's bot token": slack.botToken,
  "Slack's app token": slack.appToken,
  "Slack's signing secret": slack.signingSecret,
  "Salesforce's client secret": salesforce.clientSecret,
  "Salesforce's password": salesforcePassword,
  "HubSpot's token": hubspotToken,
};
/** What the services hand out while they run. */
const ISSUED: Readonly<Record<string, RegExp>> = {
  "a session of Salesforce": /\b00D[\dA-Za-z]{12,15}![\w.]{8,}/,
  "a signed assertion": /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/,
  "a ticket of Socket Mode": /wss?:\/\/[^"\s]*\/(?:slack\/socket\/|\?ticket=)[\w-]{8,}/i,
};

/** Names of the sandbox's secrets that stand in a text. */
export function secretsIn(text: string): readonly string[] {
  return [
    ...Object.keys(GIVEN).filter((name) => text.includes(GIVEN[name] ?? "")),
    ...Object.keys(ISSUED).filter((name) => ISSUED[name]?.test(text)),
  ];
}
