import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CATEGORY_LABELS, SYNC_ERROR_CATALOGUE } from "../../src/health/sync-error-catalogue.ts";
import { SCENARIOS } from "../../src/sandbox/scenarios/catalogue.ts";
import { type Control, eventually, type SeenMessage, type Truth, wordsOf } from "../support/control.ts";
import {
  answerMessage,
  answerWords,
  channelMessages,
  eventualMessage,
  listedErrors,
  press,
  type ShownError,
  shownError,
} from "../support/slack-reading.ts";
import { QUICK, startWorld, type World } from "../support/world.ts";
import { EXPECTED_ERRORS, type ExpectedError } from "./expected-errors.ts";

interface Expected extends ExpectedError {
  readonly scenario: string;
  readonly count: number;
}

const ERROR_SCENARIOS = SCENARIOS.filter(({ id }) => id.startsWith("error/"));

const ERRORS: readonly Expected[] = ERROR_SCENARIOS.flatMap(({ id, count }) => {
  const expected = EXPECTED_ERRORS[id];
  return expected ? [{ scenario: id, count, ...expected }] : [];
});

/** Without those whose records join another's error. */
const ONE_OF_EACH = ERRORS.filter(({ sameErrorAs }) => sameErrorAs === undefined);

/** Refusals that HubSpot has no type for are named by what Salesforce says, and are all of the type `other`. */
function typeOf({ scenario }: Expected): string {
  const [, category = "", type = ""] = scenario.split("/");
  return category === "other" ? "other" : type;
}

/** All that are made of the same cause: they are one error. */
function ofOneError(expected: Expected): readonly Expected[] {
  const leading = expected.sameErrorAs ?? expected.scenario;
  return ERRORS.filter(({ scenario, sameErrorAs }) => scenario === leading || sameErrorAs === leading);
}

function countOf(expected: Expected): number {
  return ofOneError(expected).reduce((sum, { count }) => sum + count, 0);
}

/** Records with what they fail for, as the truth has them. */
function failuresIn({ errors }: Truth): readonly string[] {
  return errors.flatMap(({ category, type, records }) => keysOf(records).map((key) => `${category} ${type} ${key}`)).toSorted();
}

function keysOf(records: readonly { readonly hubspotId: string | null; readonly salesforceId: string | null }[]): string[] {
  return records.map(({ hubspotId, salesforceId }) => `${hubspotId} ${salesforceId}`).toSorted();
}

describe("what is expected in Slack", () => {
  test("has an entry for every scenario of an error, and for every type of the catalogue", () => {
    expect(Object.keys(EXPECTED_ERRORS).toSorted()).toEqual(ERROR_SCENARIOS.map(({ id }) => id).toSorted());
    const types = Object.entries(SYNC_ERROR_CATALOGUE).map(([type, { label, category }]) => [
      type,
      label,
      CATEGORY_LABELS[category],
    ]);
    const expected = new Map(ERRORS.map((one) => [typeOf(one), [typeOf(one), one.label, one.category]]));
    expect([...expected.values()].toSorted()).toEqual(types.toSorted());
  });
});

describe("sync errors over HTTP", () => {
  let world: World;
  let control: Control;
  /** What fails in truth since each scenario was made. */
  const made = new Map<string, readonly string[]>();
  const shown = new Map<string, ShownError>();

  function idOf(expected: Expected): string {
    const { label } = expected;
    const records = madeBy(expected).map((failure) => failure.split(" ").slice(2).join(" "));
    const sameLabel = [...shown].filter(([, { words }]) => words.includes(`${label}: `));
    const [found] = sameLabel.filter(([, error]) => records.every((key) => keysOf(error.records).includes(key)));
    if (found && records.length > 0) return found[0];
    const others = sameLabel.map(([id, error]) => `${id} (${keysOf(error.records).join(", ")}): ${error.words}`);
    throw new Error(`No error is shown as ${label} with ${records.join(", ")}, but:\n${others.join("\n")}`);
  }

  function madeBy({ scenario }: Expected): readonly string[] {
    return made.get(scenario) ?? [];
  }

  /** So many at once are one message in the channel; each has its own details. */
  async function detailsOf(expected: Expected): Promise<SeenMessage> {
    return answerMessage(await control.command(`error ${idOf(expected)}`));
  }

  beforeAll(async () => {
    world = await startWorld({ contacts: 240, connection: QUICK });
    control = world.control;
    await world.startBot();
    await eventualMessage(control, /acme is healthy: no sync errors/, 30_000);
    for (const { scenario, count } of ERRORS) {
      const before = new Set(failuresIn(await control.truth()));
      await control.make(scenario, count);
      world.sandbox.sync.look();
      made.set(
        scenario,
        failuresIn(await control.truth()).filter((failure) => !before.has(failure)),
      );
    }
    const wanted = ONE_OF_EACH.map(({ label }) => label).toSorted();
    await eventually(
      "every error to be listed with its records",
      async () => {
        const listed = await listedErrors(control);
        const labels = listed.map(({ label }) => label).toSorted();
        if (JSON.stringify(labels) !== JSON.stringify(wanted)) throw new Error(`Listed: ${labels.join(", ")}`);
        for (const { id } of listed) shown.set(id, await shownError(control, id));
        return ERRORS.map(idOf);
      },
      60_000,
    );
  }, 150_000);

  afterAll(async () => {
    await world?.close();
  });

  test("the list is the truth: nothing is missing, nothing is too much, and the sync is not suspended", async () => {
    const truth = await control.truth();
    expect(truth.suspension).toBeNull();
    expect(failuresIn(truth)).toEqual([...made.values()].flat().toSorted());
    expect(answerWords(await control.command("suspension"))).toContain("no suspension is known");
    expect((await channelMessages(control)).map(wordsOf).filter((words) => words.includes("suspended"))).toEqual([]);
  });

  test.each(ERRORS)(
    "$scenario: Slack has its evidence, its records and what to do",
    async (expected) => {
      const { words, records } = await shownError(control, idOf(expected));
      const total = countOf(expected);
      expect(words).toContain(`${expected.label}: ${total} `);
      expect(words).toContain(`· ${expected.category} ·`);
      for (const what of [...expected.evidence, ...expected.advice]) expect(words).toMatch(what);

      const kind = `${expected.scenario.split("/")[1]} ${typeOf(expected)} `;
      expect(keysOf(records).map((key) => `${kind}${key}`)).toEqual(ofOneError(expected).flatMap(madeBy).toSorted());
      const own = records.filter((record) => madeBy(expected).includes(`${kind}${keysOf([record])}`));
      expect(own).toHaveLength(expected.count);
      for (const record of own) {
        const value = /^Value: `(.*)`$/m.exec(record.words)?.[1] ?? null;
        if (expected.value === null) expect(value).toBeNull();
        else expect(value).toMatch(expected.value);
        // Each has a name of its own beside its links.
        expect(record.words).toMatch(/^[^\s(].{2,} \(</);
      }
    },
    90_000,
  );

  test("the channel hears of so many at once in one message that counts them", async () => {
    const told = (await channelMessages(control)).map(({ text }) => text);
    expect(told.filter((text) => /: \d+ new sync errors, \d+ affected records/.test(text))).toHaveLength(1);
    expect(told.filter((text) => /do(?:es)? not sync/.test(text)).length).toBeLessThanOrEqual(13);
  });

  test("the list can be narrowed to a category and an object", async () => {
    expect((await listedErrors(control, "picklists")).map(({ label }) => label).toSorted()).toEqual(
      ONE_OF_EACH.filter(({ category }) => category === "Picklists")
        .map(({ label }) => label)
        .toSorted(),
    );
    expect((await listedErrors(control, "picklists deals")).map(({ label }) => label).toSorted()).toEqual([
      "Default sales process unavailable",
      "Inactive opportunity stage",
      "Missing or invalid opportunity stage",
    ]);
    expect(answerWords(await control.command("errors property-mappings deals"))).toMatch(/no open sync errors/);
  });

  test("a resync before anything is mended says that the records still fail, and why", async () => {
    const tooLong = ERRORS.find(({ scenario }) => scenario === "error/property-values/string-too-long");
    if (!tooLong) throw new Error("no such error");
    await press(control, await detailsOf(tooLong), "syncwarden:resync");
    const done = await eventualMessage(control, new RegExp(`resync of .*${idOf(tooLong)}.* is done`), 40_000);
    expect(wordsOf(done)).toContain("3 of 3 sent, 0 verified as synced, 3 still failing");
    expect(wordsOf(done)).toMatch(/3 records: .*takes 128 characters/);
    expect(failuresIn(await control.truth())).toEqual(expect.arrayContaining([...madeBy(tooLong)]));
  }, 60_000);

  test("mended and resynced, each record is verified, each error resolved, and the truth is empty", async () => {
    const started: { readonly expected: Expected; readonly channel: string; readonly earlier: readonly string[] }[] = [];
    for (const [index, expected] of ONE_OF_EACH.entries()) {
      const byButton = index % 2 === 0;
      const channel = byButton ? "C0REVOPS" : "C0SALES";
      const earlier = (await resyncMessages(channel, expected)).map(({ ts }) => ts);
      const begin = byButton ? await resyncByButton(await detailsOf(expected), expected) : await resyncByCommand(idOf(expected));
      for (const { scenario } of ofOneError(expected)) await control.mend(scenario);
      const answer = await begin();
      expect(answer).toMatch(/The resync has begun|It has begun/);
      started.push({ expected, channel, earlier });
    }

    for (const { expected, channel, earlier } of started) {
      const count = countOf(expected);
      const { onlyInSalesforce = false } = expected;
      const words = await eventually(
        `the end of the resync of ${expected.scenario}`,
        async () => {
          const newest = (await resyncMessages(channel, expected)).filter(({ ts }) => !earlier.includes(ts)).at(-1);
          return newest !== undefined && / is done:/.test(newest.text) ? wordsOf(newest) : null;
        },
        90_000,
      );
      expect(words).not.toMatch(/[1-9]\d* still failing/);
      // What the sync has taken up by itself before its turn comes isn't sent.
      const isSynced = new RegExp(`\\d+ of ${count} sent, ${count} verified as synced`).test(words);
      if (onlyInSalesforce && !isSynced) {
        expect(words).toContain(`0 of ${count} sent, 0 verified as synced, ${count} skipped`);
        expect(words).toContain("HubSpot has no such record yet: only the native sync can make it");
      } else expect(words).toMatch(new RegExp(`\\d+ of ${count} sent, ${count} verified as synced`));
    }

    await eventually(
      "the truth to be empty",
      async () => {
        const truth = (await control.truth()).errors.map(({ type, records }) => `${type} of ${records.length} in truth`);
        const left = [...truth, ...(await listedErrors(control)).map(({ label }) => label)];
        if (left.length > 0) throw new Error(`Left: ${left.join("; ")}`);
        return true;
      },
      60_000,
    );
    for (const expected of ONE_OF_EACH) {
      expect(answerWords(await control.command(`error ${idOf(expected)}`))).toContain("It is resolved since");
    }
    await eventualMessage(control, /new sync errors? (?:is|are) resolved/, 90_000);
    expect(answerWords(await control.command("errors"))).toContain("no open sync errors are known");
    expect(answerWords(await control.command("status"))).toContain("acme is healthy");
  }, 240_000);

  test("buttons of an error that is resolved say so and resync nothing", async () => {
    const [expected] = ONE_OF_EACH;
    if (!expected) throw new Error("no error");
    const errorId = idOf(expected);
    expect(wordsOf(await detailsOf(expected))).not.toContain("Resync");
    expect(answerWords(await control.command(`resync ${errorId}`))).toContain(`Error ${errorId} is resolved already`);
  });

  /** Those of resyncs that have been told as under way or done. */
  async function resyncMessages(channel: string, expected: Expected): Promise<readonly SeenMessage[]> {
    const messages = (await channelMessages(control, channel)).filter(({ text }) => text.includes(idOf(expected)));
    return messages.filter(({ text }) => text.includes("the resync of"));
  }

  /** More than ten records are asked about once more in a dialog, which then says what came of it. */
  async function resyncByButton(alert: SeenMessage, expected: Expected): Promise<() => Promise<string>> {
    const count = countOf(expected);
    if (count <= 10) return async () => answerWords(await press(control, alert, "syncwarden:resync"));
    const { view } = await press(control, alert, "syncwarden:resync");
    expect(JSON.stringify(view)).toContain(`covers ${count} records`);
    const submission = { user: "U0ADMIN", view_id: view?.id, values: {} };
    return async () => {
      const answer = await control.send<{ readonly view?: unknown }>("POST", "/slack/submit", submission);
      return eventually("what came of it, in the dialog", async () => {
        const shown = JSON.stringify([answer, await control.get("/slack/views?user=U0ADMIN")]);
        return /The resync has begun/.test(shown) && shown;
      });
    };
  }

  async function resyncByCommand(id: string): Promise<() => Promise<string>> {
    const preview = answerMessage(await control.command(`resync ${id}`, { channel: "C0SALES" }));
    expect(preview.text).toMatch(/covers \d+ records?\. It touches .* It costs about \d+ /);
    return async () => answerWords(await press(control, preview, "syncwarden:confirm-resync", { channel: "C0SALES" }));
  }
});
