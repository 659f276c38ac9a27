import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Control, eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import { type DrivenWorld, openDrivenWorld } from "../support/driven-world.ts";
import { answerWords, channelMessages, directMessages, eventualMessage, listedErrors } from "../support/slack-reading.ts";
import { QUICK } from "../support/world.ts";

const RULE = "error/custom-code/custom-validation-rule";
const TOO_LONG = "error/property-values/string-too-long";
const PICKLIST = "error/picklists/restricted-picklist-value";
const SUSPENSION = "suspension/sf-api-limit-exceeded";

let world: DrivenWorld;
let control: Control;

beforeAll(async () => {
  const evening = "2026-11-23T21:30:00+01:00";
  world = await openDrivenWorld(evening, {
    contacts: 120,
    connection: { ...QUICK, stall: "30s", ownerMessages: "daily 9am Europe/Oslo" },
    settings: {
      channels: [{ channel: "C0REVOPS", notify: "immediate", quietHours: "22:00 to 07:00", timeZone: "Europe/Oslo" }],
    },
  });
  control = world.control;
  await eventually(
    "the first poll",
    async () => answerWords(await control.command("status")).includes("acme is healthy"),
    60_000,
  );
}, 120_000);

afterAll(() => world?.close());

/** Lets records fail, and waits until the bot knows. */
async function failing(scenario: string, count: number): Promise<string> {
  const known = new Set((await listedErrors(control)).map(({ id }) => id));
  await control.make(scenario, count);
  world.sandbox.sync.look();
  return eventually(
    `an error of ${scenario}`,
    async () => (await listedErrors(control)).find(({ id, row }) => !known.has(id) && row.includes(`${count} contacts`))?.id,
    60_000,
    300,
  );
}

const messages = async () => (await channelMessages(control)).map(wordsOf);

/** What somebody has been told of their own records, privately. */
async function aboutOwnRecords(user: string) {
  return (await directMessages(control, user)).filter(isAboutOwnRecords);
}

function isAboutOwnRecords({ metadata }: SeenMessage): boolean {
  return metadata?.event_payload?.key?.startsWith("owners:") ?? false;
}

describe("quiet hours", () => {
  test("in the evening an error is told at once", async () => {
    const id = await failing(RULE, 12);
    await eventualMessage(control, new RegExp(id), 30_000);
  }, 90_000);

  test("in the night no error is told, but a suspension is", async () => {
    await world.reach("2026-11-23T22:30:00+01:00");
    const before = await messages();
    const [one, two] = [await failing(TOO_LONG, 2), await failing(PICKLIST, 4)];
    await control.make(SUSPENSION);
    await eventualMessage(control, /acme: the sync is suspended since/, 60_000);
    await control.mend(SUSPENSION);
    await control.send("POST", "/native-sync/clear");
    await eventualMessage(control, /the sync runs again/, 60_000);
    await world.reach("2026-11-24T06:58:00+01:00");
    // As long as a message takes that is posted now.
    await sleep(1_500);
    const since = (await messages()).slice(before.length);
    expect(since).toHaveLength(1);
    expect(since.join()).not.toMatch(new RegExp(`${one}|${two}`));
  }, 180_000);

  test("in the morning all of it is told once, in one message", async () => {
    const before = (await messages()).length;
    await world.reach("2026-11-24T07:00:00+01:00");
    const held = await eventualMessage(
      control,
      /String too long[\s\S]*Restricted picklist value|Restricted picklist value[\s\S]*String too long/,
    );
    expect(wordsOf(held)).toMatch(/2 new sync errors, 6 affected records/);
    await world.reach("2026-11-24T07:01:00+01:00");
    expect(await messages()).toHaveLength(before + 1);
  }, 60_000);
});

describe("messages to the owners of records", () => {
  const OWNERS = { U0OPERATOR: "ola.nordmann@northwind-sales.example", U0VIEWER: "kari.vik@northwind-sales.example" } as const;

  /** How many records of an owner fail by the truth, those of some errors left out. */
  async function failingOf(user: keyof typeof OWNERS, but: readonly string[] = []): Promise<number> {
    const { account } = world.sandbox;
    const owner = account.owners().find(({ email }) => email.toLowerCase() === OWNERS[user]);
    const { errors } = await control.truth();
    const ids = errors.flatMap(({ type, records }) =>
      but.includes(type) ? [] : records.map(({ hubspotId }) => hubspotId ?? ""),
    );
    return new Set(ids.filter((id) => account.get("contacts", id)?.properties.hubspot_owner_id === owner?.id)).size;
  }

  /** Waits until somebody has been told so many times; answers the newest. */
  function told(user: string, times: number): Promise<SeenMessage & { readonly channel: string }> {
    return eventually(`message ${times} to ${user}`, async () => {
      const all = await aboutOwnRecords(user);
      return all.length === times ? all.at(-1) : null;
    });
  }

  test("each hears of their own records at nine, and nobody else does", async () => {
    expect(await aboutOwnRecords("U0OPERATOR")).toEqual([]);
    await world.reach("2026-11-24T09:00:00+01:00");
    for (const user of ["U0OPERATOR", "U0VIEWER"] as const) {
      const own = await failingOf(user);
      expect(own).toBeGreaterThan(0);
      const { text, blocks } = await told(user, 1);
      expect(text).toMatch(new RegExp(`(?<!\\d)${own}(?!\\d)`));
      expect(JSON.stringify(blocks).match(/record\/0-1\/\d+/g)).toHaveLength(Math.min(own, 10));
    }
    expect(await aboutOwnRecords("U0ADMIN")).toEqual([]);
    await world.reach("2026-11-24T15:00:00+01:00");
    expect(await aboutOwnRecords("U0OPERATOR")).toHaveLength(1);
  }, 60_000);

  test("who stops them hears no more, others go on, and what is muted isn't told", async () => {
    const { ts, channel } = await told("U0VIEWER", 1);
    await control.click({ ts, channel }, "syncwarden:owner-messages", { user: "U0VIEWER" });
    const muted = (await listedErrors(control)).find(({ label }) => label === "Salesforce custom field validation rule");
    await control.command(`mute ${muted?.id} until fixed`);
    await world.reach("2026-11-25T09:00:00+01:00");
    const { text } = await told("U0OPERATOR", 2);
    const left = await failingOf("U0OPERATOR", ["custom-validation-rule"]);
    expect(left).toBeLessThan(await failingOf("U0OPERATOR"));
    expect(text).toMatch(new RegExp(`(?<!\\d)${left}(?!\\d)`));
    expect(await aboutOwnRecords("U0VIEWER")).toHaveLength(1);
  }, 60_000);

  test("who wants them again hears again", async () => {
    await control.command("mine on", { user: "U0VIEWER" });
    await world.reach("2026-11-26T09:00:00+01:00");
    await told("U0VIEWER", 2);
    await told("U0OPERATOR", 3);
  }, 60_000);
});
