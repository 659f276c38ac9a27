import { afterEach, describe, expect, test } from "vitest";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";

let open: LocalWorld | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

/** Each record with what holds it back, as the bot has it. */
async function known({ store }: LocalWorld): Promise<readonly string[]> {
  const rows = await store.db
    .selectFrom("sync_error as e")
    .innerJoin("affected_record as r", "r.error_id", "e.id")
    .select(["e.category", "e.type", "e.object", "e.id", "r.hubspot_id", "r.salesforce_id"])
    .where("e.resolved_at", "is", null)
    .execute();
  return rows
    .map(
      ({ category, type, object, hubspot_id, salesforce_id }) => `${category}/${type} ${object} ${hubspot_id ?? salesforce_id}`,
    )
    .toSorted();
}

function truth({ sync }: LocalWorld): readonly string[] {
  return sync
    .truth()
    .errors.flatMap(({ category, type, object, records }) =>
      records.map(({ hubspotId, salesforceId }) => `${category}/${type} ${object} ${hubspotId ?? salesforceId}`),
    )
    .toSorted();
}

describe("the world that the sandbox opens with", () => {
  test.each([
    [1, 80],
    [2, 300],
    [3, 80],
    [4, 300],
    [5, 80],
  ])("seed %i with %i contacts shows the errors that are there, and no other, from the first poll on", async (seed, contacts) => {
    open = await openLocalWorld({ seed, contacts, errors: true });
    const groups = async (world: LocalWorld) =>
      (await world.store.db.selectFrom("sync_error").select("id").where("resolved_at", "is", null).execute()).length;
    await open.poll();
    expect(await known(open)).toEqual(truth(open));
    expect(await groups(open)).toBe(open.sync.truth().errors.length);
    open.pass(1_100);
    open.sync.look();
    await open.poll();
    expect(await known(open)).toEqual(truth(open));
    expect(await groups(open)).toBe(open.sync.truth().errors.length);
  });
});
