import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CREDENTIALS } from "../../src/sandbox/world/credentials.ts";
import { checkJournals } from "./check-journals.ts";
import { secretsIn } from "./secrets.ts";

const AT = "2026-01-02T03:04:05.000Z";
const OWNERS = { service: "hubspot", method: "GET", path: "/crm/v3/owners", status: 200, responseBody: { results: [] }, at: AT };
const SLACK = { service: "slack", method: "POST", path: "/api/auth.test", status: 200, at: AT };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "syncwarden-journals-"));
});
afterEach(() => rm(directory, { recursive: true }));

async function write(name: string, ...lines: readonly object[]): Promise<void> {
  await writeFile(join(directory, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

test("sound journals have no findings", async () => {
  await write("a.jsonl", OWNERS, SLACK);
  await write("b.jsonl", OWNERS);
  expect(checkJournals(directory)).toEqual({ findings: [], lines: 3, hubspot: 2, operations: 1 });
});

test("faults of one kind are one finding, with how many and the first place", async () => {
  const unnamed = { type: "PERSON", createdAt: AT, updatedAt: AT, archived: false };
  await write("a.jsonl", SLACK, { ...OWNERS, responseBody: { results: [unnamed, unnamed] } });
  expect(checkJournals(directory).findings).toEqual([
    "2 × GET /crm/v3/owners: answer 200.results[…].id: missing (first at a.jsonl:2)",
  ]);
});

test("a secret in any line is a finding", async () => {
  await write("a.jsonl", SLACK, { ...SLACK, requestBody: { text: `Bearer ${CREDENTIALS.hubspotToken}` } });
  expect(checkJournals(directory).findings).toEqual(["1 × HubSpot's token stands in the journal (first at a.jsonl:2)"]);
});

test("secrets that services hand out are found, redacted ones are not", () => {
  expect(secretsIn("00DgK000001csTI!AQEAQ.abcdefgh")).toEqual(["a session of Salesforce"]);
  expect(secretsIn('"ws://127.0.0.1:1/slack/socket/7fb86c86-e813"')).toEqual(["a ticket of Socket Mode"]);
  expect(secretsIn('"ws://127.0.0.1:1/slack/socket/[redacted]","access_token":"[redacted]"')).toEqual([]);
});
