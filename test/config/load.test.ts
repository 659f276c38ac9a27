import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { ConfigurationError, type Mistake } from "../../src/config/mistakes.ts";
import { TASK_MAPPINGS } from "../../src/records/default-mappings.ts";

const SECRETS = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_APP_TOKEN: "xapp-1",
  HUBSPOT_TOKEN: "pat-eu1-1",
  SALESFORCE_CLIENT_ID: "id",
  SALESFORCE_CLIENT_SECRET: "secret",
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "syncwarden-config-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(yaml: string, environment: Record<string, string> = SECRETS) {
  const path = join(folder, "syncwarden.yaml");
  writeFileSync(path, yaml);
  return loadConfig({ ...environment, SYNCWARDEN_CONFIG: path });
}

function mistakes(yaml: string, environment?: Record<string, string>): readonly Mistake[] {
  try {
    load(yaml, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
  throw new Error("The configuration was taken as good.");
}

describe("a configuration of secrets alone", () => {
  test("is one connection with HubSpot's default mappings and safe times", () => {
    const { connections, slack, roles } = load("");
    expect(connections).toHaveLength(1);
    const [connection] = connections;
    expect(connection).toMatchObject({
      name: "default",
      objects: ["contacts", "companies", "deals", "tasks"],
      graceMs: 30 * 60_000,
      resync: { strategy: "write" },
    });
    expect(
      connection?.mappings.some((mapping) => mapping.salesforceField === "LastName" && mapping.salesforceObject === "Lead"),
    ).toBe(true);
    expect(slack).toEqual({
      botToken: "xoxb-1",
      apiUrl: "https://slack.com/api/",
      transport: { mode: "socket", appToken: "xapp-1" },
    });
    expect(roles).toBeNull();
  });

  test("with a signing secret and no app token, Slack comes over HTTP", () => {
    const { SLACK_APP_TOKEN: _, ...others } = SECRETS;
    const { slack } = load("", { ...others, SLACK_SIGNING_SECRET: "s", PORT: "3123" });
    expect(slack.transport).toEqual({ mode: "http", signingSecret: "s", port: 3123 });
  });

  test("picks the login flow by the variables that are there", () => {
    const { SALESFORCE_CLIENT_SECRET: _, ...others } = SECRETS;
    const key = "-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----";
    const jwt = load("", { ...others, SALESFORCE_PRIVATE_KEY: key, SALESFORCE_USERNAME: "sync@acme.example" });
    expect(jwt.connections[0]?.salesforce.login).toMatchObject({
      flow: "jwt-bearer",
      privateKey: expect.stringContaining("\nabc\n"),
    });
    const { SALESFORCE_CLIENT_ID: __, ...old } = others;
    const password = load("", { ...old, SALESFORCE_PASSWORD: "p", SALESFORCE_USERNAME: "sync@acme.example" });
    expect(password.connections[0]?.salesforce.login.flow).toBe("username-password");
  });
});

test("syncwarden.example.yaml shows the defaults", () => {
  const example = readFileSync(new URL("../../syncwarden.example.yaml", import.meta.url), "utf8");
  expect(load(example)).toEqual(load(""));
});

describe("mistakes", () => {
  test("are all told at once, each with its path, what was found and what is expected", () => {
    const yaml = `
connections:
  - name: acme
    polll: {}
    grace: soon
    poll: { cron: "61 * * * *", timeZone: Mars/Olympus }
    mappings:
      - { object: contacts, salesforceObject: Account, hubspotProperty: phone, salesforceField: Phone, rule: two-way }
      - { object: contacts, salesforceObject: Contact, hubspotProperty: phone, salesforceField: Phone, rule: both }
channels:
  - { channel: general, notify: sometimes }
`;
    const found = mistakes(yaml, { SLACK_BOT_TOKEN: "abc" });
    const byPath = Object.fromEntries(found.map((mistake) => [mistake.path, mistake]));
    expect(byPath["connections[0].polll"]?.found).toBe("a key that does not exist");
    expect(byPath["connections[0].grace"]).toMatchObject({ found: '"soon"', expected: expect.stringContaining("30s") });
    expect(byPath["connections[0].poll.cron"]?.expected).toContain("cron expression");
    expect(byPath["connections[0].poll.timeZone"]?.found).toBe('"Mars/Olympus"');
    expect(byPath["connections[0].mappings[1].rule"]).toMatchObject({
      found: '"both"',
      expected: expect.stringContaining("two-way"),
    });
    expect(byPath["channels[0].channel"]?.expected).toContain("id of a Slack channel");
    expect(byPath.SLACK_BOT_TOKEN?.expected).toContain("xoxb-");
    expect(byPath.SLACK_BOT_TOKEN?.found).not.toContain("abc");
  });

  test("that only show across values are told too", () => {
    const found = mistakes(`
connections:
  - name: acme
    resync: { strategy: touch, touchProperties: { contacts: last_touch } }
    mappings:
      - { object: contacts, salesforceObject: Account, hubspotProperty: phone, salesforceField: Phone, rule: two-way }
  - { name: acme }
channels:
  - { channel: C0REVOPS, connection: emea, notify: "daily 25:00", categories: [picklist] }
`);
    expect(found.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "connections[0].mappings[0].salesforceObject",
        "connections[0].resync.touchProperties.contacts",
        "connections[0].resync.touchProperties.companies",
        "connections[1].name",
        "channels[0].connection",
        "channels[0].categories",
        "channels[0].notify",
        "HUBSPOT_TOKEN_ACME",
      ]),
    );
  });

  test("in the settings of audits are told, and audits keep to half of the budget unless told otherwise", () => {
    const found = mistakes(`
connections:
  - { name: acme, audit: { cron: nightly, timeZone: Mars/Base, shareOfDailyLimit: 0 } }
`);
    expect(found.map(({ path }) => path)).toEqual([
      "connections[0].audit.cron",
      "connections[0].audit.timeZone",
      "connections[0].audit.shareOfDailyLimit",
    ]);
    const [tooMuch] = mistakes("connections:\n  - { name: acme, audit: { shareOfDailyLimit: 0.05 } }\n");
    expect(tooMuch).toMatchObject({ path: "connections[0].audit.shareOfDailyLimit", expected: expect.stringContaining("0.02") });
    const [small] = load("connections: [{ name: acme, budget: { shareOfDailyLimit: 0.004 } }]").connections;
    expect(small?.audit).toEqual({ cron: "0 2 * * *", timeZone: "UTC", shareOfDailyLimit: 0.002 });
    expect(load("connections: [{ name: acme, audit: { cron: null } }]").connections[0]?.audit.cron).toBeNull();
  });

  test("in YAML itself name the line", () => {
    expect(mistakes("connections:\n  - name: acme\n   grace: 3m\n")[0]).toMatchObject({
      path: "line 3",
      expected: "well-formed YAML",
    });
  });

  test("a file that is named and isn't there", () => {
    expect(() => loadConfig({ ...SECRETS, SYNCWARDEN_CONFIG: join(folder, "none.yaml") })).toThrow(
      /none\.yaml.*expected the path of a file that exists/,
    );
  });
});

describe("a mappings CSV", () => {
  const YAML = "connections:\n  - { name: acme, mappings: ./mappings.csv }\n";

  test("with HubSpot's columns covers both partners of a contact", () => {
    writeFileSync(
      join(folder, "mappings.csv"),
      "\uFEFFHubSpot Field Name,Salesforce Field Name,Sync Rule\nphone,Phone,Prefer Salesforce unless blank\njobtitle,Title,Two-way\n",
    );
    const { mappings } = load(YAML).connections[0] ?? { mappings: [] };
    // Nobody has to list those of tasks.
    expect(mappings.filter(({ object }) => object === "tasks")).toEqual(TASK_MAPPINGS);
    expect(mappings.filter(({ object }) => object !== "tasks")).toEqual([
      {
        object: "contacts",
        salesforceObject: "Contact",
        hubspotProperty: "phone",
        salesforceField: "Phone",
        rule: "prefer-salesforce",
      },
      {
        object: "contacts",
        salesforceObject: "Lead",
        hubspotProperty: "phone",
        salesforceField: "Phone",
        rule: "prefer-salesforce",
      },
      { object: "contacts", salesforceObject: "Contact", hubspotProperty: "jobtitle", salesforceField: "Title", rule: "two-way" },
      { object: "contacts", salesforceObject: "Lead", hubspotProperty: "jobtitle", salesforceField: "Title", rule: "two-way" },
    ]);
  });

  test("tells each bad line", () => {
    writeFileSync(
      join(folder, "mappings.csv"),
      "HubSpot Field Name,Salesforce Field Name,Sync Rule\nphone,Phone,maybe\n,Title,Two-way\n",
    );
    expect(mistakes(YAML).map(({ path, source }) => `${source} ${path}`)).toEqual([
      "./mappings.csv line 2",
      "./mappings.csv line 3",
    ]);
  });

  test("that lacks a column says which", () => {
    writeFileSync(join(folder, "mappings.csv"), "HubSpot,Salesforce\nphone,Phone\n");
    expect(mistakes(YAML).map(({ expected }) => expected)).toContain("a column named Sync Rule");
  });
});
