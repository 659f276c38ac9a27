import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lookAfterTables } from "../../src/store/upkeep.ts";

let pglite: PGlite;

beforeAll(async () => {
  pglite = await PGlite.create();
  await pglite.exec(`create table "a ""table" (a text, b text, primary key (a, b)); create table small (a int)`);
});
afterAll(() => pglite.close());

/** PostgreSQL counts changes once a second at the most, unless it is told to. */
async function change(statement: string): Promise<void> {
  await pglite.exec("select pg_stat_force_next_flush()");
  await pglite.exec(statement);
  await pglite.exec("select pg_stat_force_next_flush()");
}

const grow = (from: number, to: number) =>
  change(`insert into "a ""table" select 'same', 'row ' || n from generate_series(${from}, ${to}) n`);

/** The rows that PostgreSQL expects of a table, and how it would find some of them. */
async function planned(): Promise<{ readonly rows: number; readonly way: string }> {
  const { rows } = await pglite.query<{ "QUERY PLAN": [{ Plan: { "Node Type": string; "Plan Rows": number } }] }>(
    `explain (format json) select * from "a ""table" where a = 'same' and b in ('row 1', 'row 2', 'row 3')`,
  );
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  return { rows: plan?.["Plan Rows"] ?? -1, way: plan?.["Node Type"] ?? "" };
}

test("a table that has grown has statistics, by which a few of its rows are found by their key", async () => {
  await grow(1, 6_000);
  expect((await planned()).rows).not.toBe(3);
  expect(await lookAfterTables(pglite)).toEqual([`public."a ""table"`]);
  expect(await planned()).toEqual({ rows: 3, way: expect.stringContaining("Index") });
});

test("what has changed little is left alone", async () => {
  await change("insert into small select generate_series(1, 900)");
  await grow(6_001, 6_500);
  expect(await lookAfterTables(pglite)).toEqual([]);
});

test("the room of dead rows is used again", async () => {
  const size = async () =>
    (await pglite.query<{ size: number }>(`select pg_relation_size('"a ""table"') as size`)).rows[0]?.size ?? 0;
  const before = await size();
  for (let round = 0; round < 4; round += 1) {
    await change(`update "a ""table" set b = b || '.'`);
    await lookAfterTables(pglite);
  }
  expect(await size()).toBeLessThan(3 * before);
});
