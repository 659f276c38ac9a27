import { mkdtemp, readdir, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ENGLISH as LANGUAGE } from "../../../src/language/language.ts";
import { sentence } from "../../../src/language/sentence.ts";
import { type ImportOutcome, importErrors } from "../../../src/monitor/import/import-errors.ts";
import type { Actor } from "../../../src/monitor/monitor.ts";
import { type ExportForm, exportErrors } from "../../../src/sandbox/native-sync/export.ts";
import { csvOf, inPieces } from "../../health/import/files.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";

const ACTOR: Actor = { userId: "U0OPERATOR", channel: "C0REVOPS", messageTs: null, allowedAs: null };
const RULE = "error/custom-code/custom-validation-rule";
const ENGLISH: ExportForm = { language: "en", delimiter: "comma", encoding: "utf-8" };

let local: LocalWorld | null = null;
afterEach(async () => {
  await local?.close();
  local = null;
});

async function openWorld(settings: Parameters<typeof openLocalWorld>[0] = {}): Promise<LocalWorld> {
  local = await openLocalWorld({ contacts: 40, ...settings });
  return local;
}

async function bring(world: LocalWorld, file: Uint8Array | string, actor = ACTOR): Promise<ImportOutcome> {
  const connection = world.context.connections.get("main");
  if (!connection) throw new Error("There is no connection.");
  const bytes = inPieces(typeof file === "string" ? Buffer.from(file) : file);
  return importErrors(world.context, connection, { name: "errors.csv", bytes, exportedAt: new Date("2026-03-01T10:00Z") }, actor);
}

async function summaryOf(world: LocalWorld, file: Uint8Array | string) {
  const outcome = await bring(world, file);
  if (outcome.state !== "imported") throw new Error(JSON.stringify(outcome));
  return outcome.summary;
}

function exported({ sync, world }: LocalWorld, form: ExportForm = ENGLISH): Uint8Array {
  const file = exportErrors(sync.truth(), world, form);
  if (file === null) throw new Error("The encoding has no such letters.");
  return file;
}

async function stored({ store }: LocalWorld) {
  return store.db
    .selectFrom("affected_record as r")
    .innerJoin("sync_error as e", "e.id", "r.error_id")
    .select(["r.record_key", "e.type", "e.category", "r.evidence", "r.shown_in_hubspot_at", "r.hubspot_id", "r.error_id"])
    .orderBy("r.record_key")
    .orderBy("r.error_id")
    .execute();
}

/** Mends the rule and the values that it refused, so that the sync carries them over. */
function putRight({ scenarios, sync, world }: LocalWorld): void {
  const records = sync.truth().errors.flatMap((error) => error.records);
  scenarios.mend(RULE);
  for (const { hubspotId } of records) world.account.update("contacts", hubspotId ?? "", { phone: "+47 22 11 00 99" }, "CRM_UI");
  sync.look();
}

/** Polls until nothing is left to be looked at. */
async function pollAll(world: LocalWorld): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await world.poll();
    await sleep(50);
  }
}

describe("an import of HubSpot's own export", () => {
  test("holds what nobody knew for true until a poll has looked, which confirms it", async () => {
    const world = await openWorld();
    await world.poll();
    world.scenarios.make(RULE, 5);
    world.sync.look();
    const summary = await summaryOf(world, exported(world));
    expect(summary).toMatchObject({ lines: 5, new: 5, confirmed: 0, absent: 0, notUnderstood: 0 });
    const [first] = await stored(world);
    expect(first).toMatchObject({ type: "custom-validation-rule", category: "custom-code" });
    expect(first?.evidence.importedBy).toBe("U0OPERATOR");
    expect(LANGUAGE.render(first?.evidence.statement ?? "")).toMatch(/^HubSpot's own export of .*Phone must start/);
    expect(world.jobs).toContainEqual({ kind: "poll", connection: "main" });

    await pollAll(world);
    const after = await stored(world);
    expect(after).toHaveLength(5);
    for (const row of after)
      expect(row.evidence.refusal?.code ?? LANGUAGE.render(row.evidence.statement)).toMatch(/FIELD_CUSTOM_VALIDATION_EXCEPTION/);
  });

  test("is settled by a poll where nothing is wrong any more, and by none before", async () => {
    const world = await openWorld();
    await world.poll();
    world.scenarios.make(RULE, 4);
    world.sync.look();
    const file = exported(world);
    putRight(world);
    expect(await summaryOf(world, file)).toMatchObject({ new: 4 });
    expect(await stored(world)).toHaveLength(4);
    await sleep(200);
    world.sync.look();
    await pollAll(world);
    expect(await stored(world)).toEqual([]);
    expect(await world.store.db.selectFrom("tracked_record").selectAll().execute()).toEqual([]);
  });

  test("confirms what is known, counts what the file lacks and removes none of it", async () => {
    const world = await openWorld({ errors: true });
    await pollAll(world);
    const before = await stored(world);
    expect(before.length).toBeGreaterThan(8);
    const whole = Buffer.from(exported(world)).toString();
    const rows = whole.split("\r\n");
    const summary = await summaryOf(world, exported(world));
    expect(summary).toMatchObject({
      lines: rows.length - 2,
      new: 0,
      absent: before.length - summary.confirmed,
      notUnderstood: 0,
    });
    expect(summary.confirmed).toBeGreaterThan(before.length * 0.9);
    const after = await stored(world);
    expect(after.map(({ record_key, error_id }) => [record_key, error_id])).toEqual(
      before.map(({ record_key, error_id }) => [record_key, error_id]),
    );
    const half = `${rows.slice(0, 8).join("\r\n")}\r\n`;
    const part = await summaryOf(world, half);
    expect(part).toMatchObject({ new: 0, confirmed: 7, absent: before.length - 7 });
    expect(await stored(world)).toHaveLength(before.length);
  });

  for (const form of [
    { language: "de", delimiter: "semicolon", encoding: "windows-1252" },
    { language: "ja", delimiter: "tab", encoding: "utf-16le" },
    { language: "it", delimiter: "comma", encoding: "utf-8-bom" },
    { language: "ja", delimiter: "semicolon", encoding: "utf-16be" },
  ] as const) {
    test(`says the same of the export in ${form.language}, ${form.encoding}, ${form.delimiter}`, async () => {
      const world = await openWorld({ errors: true });
      await world.poll();
      const english = exported(world);
      const other = exported(world, form);
      const inEnglish = await summaryOf(world, english);
      const keys = (await stored(world)).map(({ record_key, type }) => [record_key, type]);
      const inOther = await summaryOf(world, other);
      expect(inOther).toMatchObject({
        lines: inEnglish.lines,
        new: 0,
        notUnderstood: 0,
        confirmed: inEnglish.new + inEnglish.confirmed,
      });
      expect((await stored(world)).map(({ record_key, type }) => [record_key, type])).toEqual(keys);
    });
  }

  test("changes nothing the second time, even after the polls have settled it", async () => {
    const world = await openWorld();
    await world.poll();
    world.scenarios.make(RULE, 3);
    world.sync.look();
    const file = exported(world);
    await summaryOf(world, file);
    const before = await stored(world);
    expect(await bring(world, file, { ...ACTOR, userId: "U0ADMIN" })).toMatchObject({
      state: "known",
      importedBy: "U0OPERATOR",
      summary: { new: 3 },
    });
    expect(await stored(world)).toEqual(before);
    putRight(world);
    await sleep(200);
    world.sync.look();
    await pollAll(world);
    expect(await bring(world, file)).toMatchObject({ state: "known" });
    expect(await stored(world)).toEqual([]);
  });

  test("does the same lines once, whatever file they come in", async () => {
    const world = await openWorld();
    await world.poll();
    world.scenarios.make(RULE, 3);
    world.sync.look();
    const text = Buffer.from(exported(world)).toString();
    await summaryOf(world, text);
    const before = await stored(world);
    const [header = "", ...rows] = text.trimEnd().split("\r\n");
    const twice = [header, ...rows, ...rows].join("\r\n");
    expect(await summaryOf(world, twice)).toMatchObject({ lines: 6, new: 0, confirmed: 3, repeated: 3 });
    const mark = (row: (typeof before)[number]) => ({ ...row, shown_in_hubspot_at: null });
    expect((await stored(world)).map(mark)).toEqual(before.map(mark));
  });

  test("keeps HubSpot's reason for a record that is out of step without another", async () => {
    const world = await openWorld({ settings: { diagnosis: { rolledBackWrites: false, retryAfterMs: 60_000 } } });
    await world.poll();
    world.scenarios.make(RULE, 2);
    world.sync.look();
    await summaryOf(world, exported(world));
    await pollAll(world);
    const rows = await stored(world);
    expect(rows.map(({ type }) => type)).toEqual(["custom-validation-rule", "custom-validation-rule"]);
    expect(rows[0]?.evidence.importedBy).toBe("U0OPERATOR");
  });

  test("finds records by a link, a Salesforce id, or an email that HubSpot knows", async () => {
    const world = await openWorld();
    await world.poll();
    world.scenarios.make(RULE, 3);
    world.sync.look();
    const records = world.sync.truth().errors[0]?.records ?? [];
    const [one, two, three] = records;
    const contact = world.world.account.get("contacts", one?.hubspotId ?? "");
    const file = csvOf([
      ["Email", "Salesforce ID", "Record link", "Error"],
      [String(contact?.properties.email).toUpperCase(), "", "", "Salesforce custom field validation rule"],
      ["", two?.salesforceId ?? "", "", "Salesforce custom field validation rule"],
      ["", "", `https://app.hubspot.com/contacts/1/record/0-1/${three?.hubspotId}`, "Salesforce custom field validation rule"],
      ["nobody@nowhere.example", "", "", "Salesforce custom field validation rule"],
    ]);
    const summary = await summaryOf(world, file);
    expect(summary).toMatchObject({ lines: 4, new: 3, notUnderstood: 1 });
    expect(summary.rejects).toEqual([
      { line: 5, reason: sentence("HubSpot has no contact with the email {email}", { email: "nobody@nowhere.example" }) },
    ]);
    await pollAll(world);
    const found = await stored(world);
    expect(found.map((row) => row.hubspot_id)).toEqual(records.map((record) => record.hubspotId).toSorted());
    for (const row of found) expect(row.evidence.importedBy).toBeUndefined();
  });

  test("leaves a line in the action log, for a file that is none too, and no file behind", async () => {
    const world = await openWorld();
    const aside = await mkdtemp(join(tmpdir(), "syncwarden-test-"));
    vi.stubEnv("TMPDIR", aside);
    const outcome = await bring(world, "City,Population\nOslo,1\nBergen,2\n");
    expect(outcome).toMatchObject({ state: "unreadable", why: { english: expect.stringMatching(/no column names/) } });
    expect(await bring(world, "Record ID,Object,Error\n5,Contact,String too long\n")).toMatchObject({ state: "imported" });
    const log = await world.store.db.selectFrom("action_log").selectAll().orderBy("id").execute();
    expect(log).toMatchObject([
      { action: "import sync errors", user_id: "U0OPERATOR", target: "errors.csv", outcome: "failed" },
      {
        action: "import sync errors",
        outcome: "done",
        detail: expect.stringContaining('"lines":1,"fresh":1,"confirmed":0'),
      },
    ]);
    expect(await readdir(aside)).toEqual([]);
    vi.unstubAllEnvs();
    await rmdir(aside);
  });

  test("a file that somebody is importing just now is not imported beside", async () => {
    const world = await openWorld();
    const file = "Record ID,Object,Error\n5,Contact,String too long\n";
    const outcomes = await Promise.all([bring(world, file), bring(world, file, { ...ACTOR, userId: "U0ADMIN" })]);
    expect(outcomes.map(({ state }) => state).toSorted()).not.toEqual(["imported", "imported"]);
  });
});
