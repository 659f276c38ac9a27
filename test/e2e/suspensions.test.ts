import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, test } from "vitest";
import { SUSPENSION_CATALOGUE } from "../../src/health/suspension-catalogue.ts";
import { SUSPENSION_KINDS } from "../../src/health/suspensions.ts";
import { SCENARIOS } from "../../src/sandbox/scenarios/catalogue.ts";
import { type Control, eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import {
  answerMessage,
  answerWords,
  channelMessages,
  current,
  eventualMessage,
  press,
  repliesTo,
} from "../support/slack-reading.ts";
import { QUICK, startWorld, type World } from "../support/world.ts";
import { EXPECTED_SUSPENSIONS } from "./expected-suspensions.ts";

/**
 * The native sync looks at nothing by itself here: only a change in HubSpot moves it, such as the nudge of a clear, or being told
 * to look. So a suspension stays until somebody clears it or a test lets it heal, however slow the machine is.
 */
const LOOKS_WHEN_TOLD = { lookEveryMs: 3_600_000, stuckForMs: 3_600_000, resumeAfterMs: 0 } as const;

/**
 * Each scenario edits the same contacts. While Salesforce can't be asked, a change so soon after the sync's own stamp is taken for
 * that stamp.
 */
const STAMP_MS = 5_500;

/** Four worlds share the machine, which may have other work too. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 300;

/** Waits for a line in the thread of a message; answers it. */
function eventualReply(control: Control, alert: SeenMessage, what: RegExp): Promise<SeenMessage> {
  const look = async () => (await repliesTo(control, alert)).find(({ text }) => what.test(text));
  return eventually(`a reply like ${what}`, look, PATIENCE_MS, LOOK_EVERY_MS);
}

/** Waits until a message shows something; answers all that it shows. */
function eventuallyShows(control: Control, alert: SeenMessage, what: RegExp): Promise<string> {
  const look = async () => {
    const shown = wordsOf(await current(control, alert));
    if (!what.test(shown)) throw new Error(shown);
    return shown;
  };
  return eventually(`the message to show ${what}`, look, PATIENCE_MS, LOOK_EVERY_MS);
}

test("there is an expectation for every kind of suspension, and a scenario that makes it", ({ expect }) => {
  const all = EXPECTED_SUSPENSIONS.flatMap(([, group]) => group);
  const expected = all.map(({ kind }) => kind).toSorted();
  expect(expected).toEqual(SUSPENSION_KINDS.toSorted());
  const made = SCENARIOS.map(({ id }) => id).filter((id) => id.startsWith("suspension/"));
  expect(made.map((id) => id.replace("suspension/", "")).toSorted()).toEqual(expected);
  for (const { kind, label } of all) expect(SUSPENSION_CATALOGUE[kind].label).toBe(label);
});

describe.concurrent.each(EXPECTED_SUSPENSIONS)("suspensions over HTTP: %s", (_, expectations) => {
  let world: World;
  let control: Control;
  let resumedAt = 0;

  beforeAll(async () => {
    // A stall is soon noticed where it is what the world is about; elsewhere it would be taken for another cause.
    const stall = expectations.some(({ remains }) => remains === undefined) ? QUICK.stall : "15s";
    const poll = { ...QUICK.poll, cron: "*/2 * * * * *" };
    world = await startWorld({ contacts: 40, connection: { ...QUICK, poll, stall }, times: LOOKS_WHEN_TOLD });
    control = world.control;
    await world.startBot();
    await eventualMessage(control, /acme is healthy: no sync errors/, 40_000);
    resumedAt = Date.now();
  }, 120_000);

  afterAll(async () => {
    await world?.close();
  });

  /** Makes the scenario, and answers the alert that it brings, other than the ones before. */
  async function alerted(kind: string, label: string, before: readonly string[] = []): Promise<SeenMessage> {
    await sleep(Math.max(0, resumedAt + STAMP_MS - Date.now()));
    await control.make(`suspension/${kind}`);
    const suspended = new RegExp(`acme: the sync is suspended since .* \\(${label}\\)`);
    const look = async () =>
      (await channelMessages(control)).find(({ ts, text }) => suspended.test(text) && !before.includes(ts));
    return eventually(`an alert of ${kind}`, look, PATIENCE_MS, LOOK_EVERY_MS);
  }

  describe.each(expectations)("$kind", { concurrent: false }, ({ kind, label, evidence, advice, remains, mendedAt }) => {
    let alert: SeenMessage;

    test("is told at once, with evidence, what to do and who waits, and the truth agrees", async ({ expect }) => {
      alert = await alerted(kind, label);
      expect((await control.truth()).suspension?.kind).toBe(kind);
      const shown = await eventuallyShows(control, alert, /3 changes wait: 3 in HubSpot, the oldest since/);
      const overview = answerWords(await control.command("suspension"));
      for (const what of [...evidence, ...advice]) {
        expect(shown).toMatch(what);
        expect(overview).toMatch(what);
      }
      expect(answerWords(await control.command("status"))).toMatch(new RegExp(`acme is suspended, ${label}`));
      const backlog = answerWords(await control.command("backlog"));
      expect(backlog).toMatch(/acme: 3 changes wait: 3 in HubSpot, the oldest since .*The sync is suspended: how long/);
      expect(backlog.match(/changed in HubSpot/g)).toHaveLength(3);
      expect((await control.truth()).errors).toEqual([]);
      await press(control, alert, "syncwarden:acknowledge");
    }, 120_000);

    test.runIf(remains !== undefined)(
      "cleared too early, it says what remains and where that is put right",
      async ({ expect }) => {
        const answer = await press(control, await current(control, alert), "syncwarden:clear");
        expect(answerWords(answer)).toContain("The clear has begun");
        const { text } = await eventualReply(control, alert, /did not work/);
        const shown = await eventuallyShows(control, alert, /\*Clear\* did not work/);
        for (const told of [text, shown]) {
          expect(told).toMatch(new RegExp(`\\*What remains\\*\\n• ${label}: `));
          expect(told).toMatch(remains ?? /$/);
          expect(told).toMatch(mendedAt);
        }
        expect(shown).toContain("• Look whether the cause is gone: *failed* – the cause still stands");
        expect(shown).toContain("the sync is suspended");
        expect((await control.truth()).suspension?.kind).toBe(kind);
      },
      60_000,
    );

    test.runIf(remains === undefined)(
      "cleared too early, it asks for HubSpot's own button and goes on watching",
      async ({ expect }) => {
        await press(control, await current(control, alert), "syncwarden:clear");
        const { text } = await eventualReply(control, alert, /needs HubSpot's own button/);
        expect(text).toMatch(mendedAt);
        const shown = await eventuallyShows(control, alert, /Press Clear Suspension on/);
        expect(shown).toMatch(/I go on watching until .* and close this by myself as soon as the sync moves/);
        const preview = answerMessage(await control.command("clear"));
        const second = answerWords(await control.click(preview, "syncwarden:clear"));
        expect(second).toContain("<@U0ADMIN> has already asked for this and it is at work");
        expect((await control.truth()).suspension?.kind).toBe(kind);
      },
      60_000,
    );

    test("mended and cleared, it says each step, who and how long, and is summed up once", async ({ expect }) => {
      await control.mend(`suspension/${kind}`);
      if (remains === undefined) await control.send("POST", "/native-sync/clear");
      else expect(answerWords(await press(control, await current(control, alert), "syncwarden:clear"))).toContain("has begun");
      const shown = await eventuallyShows(control, alert, /See the backlog worked off: done/);
      resumedAt = Date.now();
      expect(shown).toMatch(new RegExp(`the sync runs again after \\d+ (?:secs?|mins?) \\(${label}\\)\\. Cleared by <@U0ADMIN>`));
      for (const step of ["Look whether the cause is gone", "Nudge one waiting record", "Watch for the sync to move"])
        expect(shown).toContain(`• ${step}: done`);
      expect(shown).not.toContain("Clear suspension");
      await eventualReply(control, alert, /^<@U0ADMIN> cleared it .* after \d+ /);
      const { text } = await eventualReply(control, alert, /Summed up/);
      expect(text).toMatch(
        new RegExp(`${label}, suspended for \\d+ (?:secs?|mins?)\\. Acknowledged by <@U0ADMIN>\\. Cleared by <@U0ADMIN>\\.`),
      );
      expect(text).toMatch(/It held back at most 3 records\. Since then: 3 settled as the sync worked off the backlog\./);
      expect(await control.truth()).toEqual({ suspension: null, errors: [] });
      expect(answerWords(await control.command("suspension"))).toContain("no suspension is known");
      const status = async () => answerWords(await control.command("status")).includes("acme is healthy");
      await eventually("a healthy status", status, 20_000);
      expect((await channelMessages(control)).filter(({ text: said }) => said.includes(`(${label})`))).toHaveLength(1);
    }, 180_000);

    test("healing by itself, it closes by itself, is summed up, and its old buttons say so", async ({ expect }) => {
      const again = await alerted(kind, label, [alert.ts]);
      const old = await current(control, again);
      await control.mend(`suspension/${kind}`);
      await control.send("POST", "/native-sync/look");
      const shown = await eventuallyShows(control, again, /It cleared by itself/);
      resumedAt = Date.now();
      expect(shown).toMatch(new RegExp(`the sync runs again after \\d+ (?:secs?|mins?) \\(${label}\\)`));
      await eventualReply(control, again, /^It cleared by itself .* after \d+ /);
      const { text } = await eventualReply(control, again, /Summed up/);
      expect(text).toContain("Nobody acknowledged it. It ended by itself.");
      const summaries = (await repliesTo(control, again)).filter((reply) => reply.text.includes("Summed up"));
      expect(summaries).toHaveLength(1);
      expect(await control.truth()).toEqual({ suspension: null, errors: [] });
      expect(wordsOf(old)).toContain("the sync is suspended");
      expect(answerWords(await control.command("clear"))).toContain("no suspension is known");
    }, 180_000);
  });
});
