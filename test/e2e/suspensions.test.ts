import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SUSPENSION_CATALOGUE } from "../../src/health/suspension-catalogue.ts";
import { SUSPENSION_KINDS, type SuspensionKind } from "../../src/health/suspensions.ts";
import { SCENARIOS } from "../../src/sandbox/scenarios/catalogue.ts";
import { type Control, eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import { answerWords, channelMessages, current, eventualMessage, press, repliesTo } from "../support/slack-reading.ts";
import { QUICK, startWorld, type World } from "../support/world.ts";

interface Expected {
  readonly kind: SuspensionKind;
  readonly label: string;
  /** What was seen: code, status, limit, object, field, property. */
  readonly evidence: readonly (string | RegExp)[];
  readonly advice: readonly (string | RegExp)[];
  /** What a clear that comes too early answers. */
  readonly tooEarly: RegExp;
}

const LIMITS: readonly Expected[] = [
  {
    kind: "sf-api-limit-exceeded",
    label: "Salesforce organization API limit exceeded",
    evidence: ["REQUEST_LIMIT_EXCEEDED", "HTTP 403", "to the integration user"],
    advice: ["See in Salesforce which apps use the calls", "Salesforce counts the last 24 hours"],
    tooEarly: /the cause still stands: .*(REQUEST_LIMIT_EXCEEDED|daily API calls are used)/,
  },
  {
    kind: "hubspot-api-limit-exceeded",
    label: "HubSpot API limit exceeded",
    evidence: [/HubSpot made [\d,]+ Salesforce API calls in 24 hours; its allocation is 60,000/],
    advice: ["Raise the allocation in HubSpot under Sync Health, API call use (now 60000)"],
    tooEarly: /the cause still stands: HubSpot made [\d,]+ Salesforce API calls/,
  },
  {
    kind: "missing-field-mappings",
    label: "Missing field mappings",
    evidence: ["The mapped property product_interest of HubSpot's contacts no longer exists"],
    advice: ["restore the mapping of product_interest for contacts"],
    tooEarly: /the cause still stands: The mapped property product_interest/,
  },
  {
    kind: "sf-storage-limit-exceeded",
    label: "Salesforce organization storage limits exceeded",
    evidence: [/Salesforce's data storage of [\d,]+ MB is full/],
    advice: [/Free (data )?storage in Salesforce \(Setup, Storage Usage shows what takes it\), or buy more/],
    tooEarly: /the cause still stands: Salesforce's data storage of [\d,]+ MB is full/,
  },
];

const RIGHTS: readonly Expected[] = [
  {
    kind: "sf-api-access-disabled",
    label: "Salesforce organization API access disabled",
    evidence: [/API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED|API Enabled/],
    advice: [/API Enabled|switch the API on/, "Enter the credentials again in HubSpot"],
    tooEarly: /the cause still stands: .*(API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED|API Enabled)/,
  },
  {
    kind: "sf-object-permissions-missing",
    label: "Salesforce object permissions missing",
    evidence: ["The integration user has no right to create and edit Salesforce's Lead records"],
    advice: ["read, create and edit rights on the object Lead", "HubSpot Integration Permissions"],
    tooEarly: /the cause still stands: The integration user has no right to create and edit Salesforce's Lead records/,
  },
  {
    kind: "sf-field-permissions-missing",
    label: "Salesforce field permissions missing",
    evidence: ["The integration user may not edit the mapped field Contact.Phone"],
    advice: [/read and edit access to .*Phone.* of Contact by field-level security/],
    tooEarly: /the cause still stands: The integration user may not edit the mapped field Contact.Phone/,
  },
];

const OUTAGES: readonly Expected[] = [
  {
    kind: "sf-org-unavailable",
    label: "Salesforce organization unavailable",
    evidence: ["SERVER_UNAVAILABLE", "HTTP 503"],
    advice: ["Trust status", "starts again by itself when Salesforce is back"],
    tooEarly: /the cause still stands: Salesforce answered SERVER_UNAVAILABLE/,
  },
  {
    kind: "sf-server-error",
    label: "Salesforce.com server error",
    evidence: ["UNKNOWN_EXCEPTION", "HTTP 500"],
    advice: ["Trust status", "Salesforce support"],
    tooEarly: /the cause still stands: Salesforce answered UNKNOWN_EXCEPTION/,
  },
  {
    kind: "unknown-error",
    label: "Unknown error",
    evidence: [/\d changed records wait, the oldest since .*Salesforce serves the integration user/],
    advice: ["Look at Sync Health in HubSpot", "contact HubSpot support"],
    tooEarly: /nothing has synced since/,
  },
  {
    kind: "sf-org-locked",
    label: "Salesforce organization locked",
    evidence: ["ORG_LOCKED", "HTTP 403"],
    advice: ["Find out with Salesforce why the org is locked", "the sync usually starts again by itself"],
    tooEarly: /the cause still stands: .*ORG_LOCKED/,
  },
];

const KINDS = [...LIMITS, ...RIGHTS, ...OUTAGES];

/**
 * The native sync looks at nothing by itself here: only a change in HubSpot moves it, such as the nudge of a clear. So a
 * suspension stays until somebody clears it, however slow the machine is.
 */
const LOOKS_AT_NOTHING = { lookEveryMs: 3_600_000, stuckForMs: 3_600_000 } as const;

/**
 * Each scenario edits the same contacts. While Salesforce can't be asked, a change so soon after the sync's own stamp is taken for
 * that stamp.
 */
const STAMP_MS = 5_500;

test("there is an expectation for every kind of suspension, and a scenario that makes it", () => {
  const expected = KINDS.map(({ kind }) => kind).toSorted();
  expect(expected).toEqual(SUSPENSION_KINDS.toSorted());
  const made = SCENARIOS.map(({ id }) => id).filter((id) => id.startsWith("suspension/"));
  expect(made.map((id) => id.replace("suspension/", "")).toSorted()).toEqual(expected);
  for (const { kind, label } of KINDS) expect(SUSPENSION_CATALOGUE[kind].label).toBe(label);
});

describe.concurrent.each([
  ["limits and mappings", LIMITS],
  ["rights", RIGHTS],
  ["outages", OUTAGES],
])("suspensions over HTTP: %s", (_, expectations) => {
  let world: World;
  let control: Control;

  beforeAll(async () => {
    world = await startWorld({ contacts: 40, connection: QUICK, times: LOOKS_AT_NOTHING });
    control = world.control;
    await world.startBot();
    await eventualMessage(control, /acme is healthy: no sync errors/, 40_000);
  }, 90_000);

  afterAll(async () => {
    await world?.close();
  });

  describe.each(expectations)("$kind", { concurrent: false }, ({ kind, label, evidence, advice, tooEarly }) => {
    let alert: SeenMessage;

    beforeAll(() => sleep(STAMP_MS));

    test("is told at once, with evidence and what to do, and the truth agrees", async ({ expect }) => {
      await control.make(`suspension/${kind}`);
      alert = await eventualMessage(control, new RegExp(`acme: the sync is suspended since .* \\(${label}\\)`), 30_000);
      expect((await control.truth()).suspension?.kind).toBe(kind);
      const shows = async () => {
        const { text } = await current(control, alert);
        if (!text.includes("3 changes wait: 3 in HubSpot")) throw new Error(text);
        return true;
      };
      await eventually("the number of changes that wait", shows, 15_000);
      const shown = wordsOf(await current(control, alert));
      const overview = answerWords(await control.command("suspension"));
      for (const what of [...evidence, ...advice]) {
        expect(shown).toMatch(what);
        expect(overview).toMatch(what);
      }
      expect(answerWords(await control.command("status"))).toMatch(new RegExp(`acme is suspended \\(${label}\\)`));
      expect((await control.truth()).errors).toEqual([]);
    }, 60_000);

    test("cleared too early, it still stands, and the thread says why", async ({ expect }) => {
      const answer = await press(control, alert, "syncwarden:clear");
      expect(answerWords(answer)).toContain("The clear has begun");
      const failed = async () =>
        (await repliesTo(control, alert)).find(({ text }) => text.includes("did not work") && tooEarly.test(text));
      await eventually("a note that the clear did not work", failed, 40_000);
      const shown = wordsOf(await current(control, alert));
      expect(shown).toContain("the sync is suspended");
      expect(shown).toMatch(tooEarly);
      expect((await control.truth()).suspension?.kind).toBe(kind);
    }, 60_000);

    test("mended and cleared by its button, the message says by whom and how long it lasted", async ({ expect }) => {
      await control.mend(`suspension/${kind}`);
      expect(answerWords(await press(control, alert, "syncwarden:clear"))).toContain("The clear has begun");
      const over = async () => /the sync runs again after/.test(wordsOf(await current(control, alert)));
      await eventually("the message to say that the sync runs again", over, 40_000);
      const shown = wordsOf(await current(control, alert));
      expect(shown).toMatch(new RegExp(`the sync runs again after \\d+ (s|min) \\(${label}\\)\\. Cleared by <@U0ADMIN>`));
      expect(shown).not.toContain("Clear suspension");
      const noted = async () =>
        (await repliesTo(control, alert)).some(({ text }) => /^<@U0ADMIN> cleared it .* after \d+ /.test(text));
      await eventually("a note that it was cleared", noted, 20_000);
      expect(await control.truth()).toEqual({ suspension: null, errors: [] });

      expect(answerWords(await control.command("suspension"))).toContain("no suspension is known");
      await eventually(
        "a healthy status",
        async () => answerWords(await control.command("status")).includes("acme is healthy"),
        20_000,
      );
      const told = (await channelMessages(control)).filter(({ text }) => text.includes(`(${label})`));
      expect(told).toHaveLength(1);
    }, 90_000);
  });
});

describe("a suspension that nobody clears", () => {
  let world: World;
  let control: Control;

  beforeAll(async () => {
    world = await startWorld({ contacts: 40, connection: QUICK, times: { lookEveryMs: 1_000, retestAfterMs: 1_000 } });
    control = world.control;
    await world.startBot();
    await eventualMessage(control, /acme is healthy: no sync errors/, 40_000);
  }, 90_000);

  afterAll(async () => {
    await world?.close();
  });

  test.each([
    ["sf-api-limit-exceeded", "Salesforce organization API limit exceeded"],
    ["sf-org-unavailable", "Salesforce organization unavailable"],
  ])(
    "%s closes by itself once the sync moves, and its button then says so",
    async (kind, label) => {
      await control.make(`suspension/${kind}`);
      const alert = await eventualMessage(control, new RegExp(`acme: the sync is suspended since .* \\(${label}\\)`), 30_000);
      await control.mend(`suspension/${kind}`);
      const over = async () => /It cleared by itself/.test(wordsOf(await current(control, alert)));
      await eventually("the message to say that it cleared by itself", over, 40_000);
      expect(wordsOf(await current(control, alert))).toMatch(/the sync runs again after \d+ s/);
      const noted = async () =>
        (await repliesTo(control, alert)).some(({ text }) => /^It cleared by itself .* after \d+ s/.test(text));
      await eventually("a note in its thread", noted, 20_000);
      expect(await control.truth()).toEqual({ suspension: null, errors: [] });
      expect(answerWords(await control.command("clear"))).toContain("no suspension is known");
    },
    90_000,
  );
});
