import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "../support/world.ts";

const LONG = 60_000;

let world: World;
let directory: string;

beforeAll(async () => {
  world = await startWorld({ contacts: 10 });
  directory = await mkdtemp(join(tmpdir(), "syncwarden-doctor-"));
});

afterAll(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

/** No secret may be in what people copy into a ticket. */
function expectNoSecrets(output: string): void {
  for (const [name, value] of Object.entries(world.sandbox.environment)) {
    if (/TOKEN|SECRET/.test(name)) expect(output, name).not.toContain(value);
  }
}

test("all is well: one line for each part, and the code 0, before the bot has run and while it does", {
  timeout: LONG,
}, async () => {
  const expected = [
    /^✓ Configuration: 1 connection/,
    /^✓ Database: the data directory \S+ can be used$/,
    /^✓ Slack: workspace .* Socket Mode$/,
    /^✓ HubSpot \(acme\): account \d+/,
    /^✓ Salesforce \(acme\): .*API calls left today$/,
  ];
  const { code, output } = await world.run("doctor");
  const lines = output.trim().split("\n");
  expect(lines).toEqual(expected.map((line) => expect.stringMatching(line)));
  expect(code).toBe(0);
  expectNoSecrets(output);

  const bot = await world.startBot();
  const meanwhile = await world.run("doctor");
  expect(meanwhile.output).toMatch(new RegExp(`✓ Database: .* is in use by process ${bot.pid}, as it is while Syncwarden runs`));
  expect(meanwhile.code).toBe(0);
  const second = await world.run("start");
  expect(second).toEqual({ code: 1, output: expect.stringMatching(/^The data directory \S+ is in use by process \d+\. Stop/) });
  expect(await bot.stop()).toBe(0);
});

test("everything is wrong: all of it is told at once, with what to do, and the code 1", { timeout: LONG }, async () => {
  const { sandbox, control } = world;
  await control.send("POST", "/slack/token", { token: "bot", state: "account_inactive" });
  sandbox.account.state.tokenRevoked = true;
  sandbox.org.revokeAccess(true);
  const { code, output } = await world.run("doctor", { DATABASE_URL: "postgresql://syncwarden:hunter2@127.0.0.1:1/syncwarden" });
  await control.send("POST", "/slack/token", { token: "bot", state: "active" });
  sandbox.account.state.tokenRevoked = false;
  sandbox.org.restoreAccess();
  expect(output).toMatch(
    /✗ Database: The PostgreSQL database 127\.0\.0\.1:1\/syncwarden can't be used \(ECONNREFUSED.*DATABASE_URL/,
  );
  expect(output).toMatch(/✗ Slack: The Slack app was removed from the workspace: install it again/);
  expect(output).toMatch(/✗ HubSpot \(acme\): .*Check the token and its scopes/);
  expect(output).toMatch(/✗ Salesforce \(acme\): .*Check the login URL, the app's consumer key and secret/);
  expect(output).not.toContain("hunter2");
  expectNoSecrets(output);
  expect(code).toBe(1);
});

test("missing scopes, a mapping without its property and services that are down are told", { timeout: LONG }, async () => {
  const { sandbox, control } = world;
  sandbox.account.state.scopes.delete("crm.schemas.contacts.read");
  sandbox.account.state.scopes.delete("crm.objects.contacts.read");
  await control.fault({ service: "slack", dropConnection: true });
  const first = await world.run("doctor");
  sandbox.account.state.scopes.add("crm.schemas.contacts.read").add("crm.objects.contacts.read");
  await control.noFaults();
  expect(first.output).toMatch(/✗ HubSpot \(acme\): .*MISSING_SCOPES|✗ HubSpot \(acme\): .*scopes/);
  expect(first.output).toMatch(/✗ Slack: Slack is out of reach \(.*\): check the network/);
  expect(first.code).toBe(1);

  const file = join(directory, "mapping.yaml");
  const mapping =
    "{ object: contacts, salesforceObject: Contact, hubspotProperty: no_such, salesforceField: Title, rule: two-way }";
  await writeFile(file, `connections: [{ name: acme, objects: [contacts], mappings: [${mapping}] }]\n`);
  const second = await world.run("doctor", { SYNCWARDEN_CONFIG: file });
  expect(second.output).toMatch(/✗ HubSpot \(acme\): mapped contacts properties that do not exist: no_such/);
  expect(second.code).toBe(1);
});

test("a wrong configuration: start, doctor and every mistake at once, each with its place, what was found and what is expected", {
  timeout: LONG,
}, async () => {
  const file = join(directory, "wrong.yaml");
  await writeFile(
    file,
    `connections:
  - name: Acme Inc
    poll: { cron: "every minute", timeZone: Oslo }
    grace: soon
    objects: [contact]
    colour: blue
channels:
  - { channel: revops, notify: hourly }
`,
  );
  const environment = { SYNCWARDEN_CONFIG: file, SLACK_BOT_TOKEN: "secret-of-another-kind", HUBSPOT_TOKEN: undefined };
  for (const command of ["start", "doctor"]) {
    const { code, output } = await world.run(command, environment);
    expect(code, command).toBe(1);
    for (const place of [
      /connections\[0\]\.name .*found "Acme Inc", expected a short name/,
      /connections\[0\]\.poll\.cron .*found "every minute", expected a cron expression/,
      /connections\[0\]\.poll\.timeZone .*found "Oslo", expected the name of a time zone/,
      /connections\[0\]\.grace .*found "soon", expected a duration/,
      /connections\[0\]\.objects\[0\] .*found "contact", expected one of contacts, companies, deals/,
      /connections\[0\]\.colour .*a key that does not exist/,
      /channels\[0\]\.channel .*found "revops", expected the id of a Slack channel/,
      /SLACK_BOT_TOKEN \(environment\): found another form, expected the app's bot token/,
    ]) {
      expect(output, command).toMatch(place);
    }
    expect(output).not.toContain("secret-of-another-kind");
    expect(output).not.toMatch(/^\s+at /m);
  }
});

test("an unreachable database ends the start with one sentence", { timeout: LONG }, async () => {
  const ended = await world.run("start", { DATABASE_URL: "postgresql://syncwarden:hunter2@127.0.0.1:1/syncwarden" });
  expect(ended.code).toBe(1);
  expect(ended.output).toMatch(/^The PostgreSQL database 127\.0\.0\.1:1\/syncwarden can't be used/);
  expect(ended.output).not.toMatch(/hunter2|^\s+at /m);
});
