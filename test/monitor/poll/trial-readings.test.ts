import { afterEach, describe, expect, test } from "vitest";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";

let world: LocalWorld;

afterEach(() => world.close());

const FAILING = 24;
const FINE = 12;

/** Everything that stands in the org, as text. */
function wholeOrg(): string {
  const { org } = world.world;
  const objects = [...org.data.metadata.values()].map(({ name }) => name).toSorted();
  return JSON.stringify(objects.map((name) => [name, [...org.records(name)]]));
}

async function recordsInError(): Promise<ReadonlySet<string | null>> {
  const rows = await world.store.db.selectFrom("affected_record").select("hubspot_id").execute();
  return new Set(rows.map(({ hubspot_id }) => hubspot_id));
}

describe.each(["every-failure", "first-failure"] as const)("where Salesforce shows %s of a rolled-back write", (reading) => {
  test("each failing record is diagnosed within a known number of calls, and nothing is left behind", async () => {
    const settings = {
      diagnosis: { rolledBackWrites: true, retryAfterMs: 3_600_000 },
      // A look ahead at changed rules costs calls of its own, and comes as often as a sync may stand still.
      stallMs: 3_600_000,
    };
    world = await openLocalWorld({ contacts: 150, settings });
    const { org } = world.world;
    org.state.rolledBackShows = reading;
    for (let round = 0; round < 5; round++) await world.poll();
    // Two rules and a trigger, none of which a schema shows.
    for (const digit of [1, 2]) {
      org.addRule({
        kind: "validation",
        rule: {
          name: `Phone_Rule_${digit}`,
          object: "Contact",
          errorMessage: `Phone is refused for reason ${digit}.`,
          errorField: "Phone",
          refuses: (record) => String(record.Phone).startsWith(`+${digit}99`),
        },
      });
    }
    org.addRule({
      kind: "trigger",
      rule: {
        name: "PhoneTrigger",
        object: "Contact",
        run: (record) => (String(record.Phone).startsWith("+399") ? "System.LimitException: Too many" : null),
      },
    });
    const records = world.play.linked("Contact", FAILING + FINE);
    const failing = records.slice(0, FAILING);
    for (const [index, { hubspot }] of records.entries()) {
      const phone = index < FAILING ? `+${(index % 3) + 1}99 ${index}` : `+47 ${index}`;
      world.play.editHubSpot(hubspot, { phone });
    }
    const before = wholeOrg();
    const made = world.calls().salesforce;
    let polls = 0;
    for (; polls < 10 && (await recordsInError()).size < FAILING; polls++) await world.poll();
    expect(await recordsInError()).toEqual(new Set(failing.map(({ hubspot }) => hubspot.id)));
    const errors = await world.store.db.selectFrom("sync_error").select("details").execute();
    expect(errors.map(({ details }) => details.rule ?? details.trigger).toSorted()).toEqual([
      "PhoneTrigger",
      "Phone_Rule_1",
      "Phone_Rule_2",
    ]);
    // Each poll: two of its own, two to read the records and the rules' names; each trial one, and one for each failing record
    // where only the first failure shows.
    const trials = reading === "every-failure" ? 2 : FAILING + polls;
    expect(world.calls().salesforce - made).toBeLessThanOrEqual(4 * polls + trials);
    expect(polls).toBeLessThanOrEqual(reading === "every-failure" ? 1 : Math.ceil(FAILING / 10) + 1);
    expect(wholeOrg()).toBe(before);
    expect(org.writes()).toEqual([]);
  });
});
