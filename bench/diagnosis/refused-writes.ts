import type { LinkedRecord } from "../../src/sandbox/scenarios/play.ts";
import { type LocalWorld, openLocalWorld } from "../../test/support/local-world.ts";
import { allowed } from "../promises.ts";

const CHANGED = 10_000;
const REFUSED = 500;
/** With room for leads, and for contacts that don't sync. */
const CONTACTS = 13_500;
/** One refused write at least is explained by each call, and a poll makes this many. */
const CALLS_A_POLL = 10;
const MOST_POLLS = 60;

/** What finding out why 500 of 10,000 changed contacts are refused costs. */
export interface RefusedWrites {
  readonly rolledBackShows: "every-failure" | "first-failure";
  /** Of the poll that finds them. */
  readonly first: {
    readonly salesforce: number;
    readonly trials: number;
    readonly hubspot: number;
    readonly allowed: { readonly salesforce: number; readonly trials: number; readonly hubspot: number };
  };
  /** Told with the right type when the last was told. */
  readonly told: number;
  /** Those that only a write tells of; the others, Salesforce's schema does. */
  readonly onlyByWriting: number;
  readonly polls: number;
  /** Rolled-back writes of all these polls. */
  readonly trials: number;
}

/** What keeps contacts from Salesforce, each an equal part of them. The first two only a write tells. */
const REFUSALS = [
  { type: "custom-validation-rule", values: { phone: "phone unknown" } },
  { type: "salesforce-automation", values: { zip: "00-1" } },
  { type: "string-too-long", values: { jobtitle: "Deputy ".repeat(20) } },
  { type: "invalid-value", values: { health_score: "12345" } },
] as const;
const ONLY_BY_WRITING = 2;

export async function measureRefusedWrites(rolledBackShows: RefusedWrites["rolledBackShows"]): Promise<RefusedWrites> {
  let nowMs = Date.parse("2026-03-02T06:00:00Z");
  const settings = { graceMs: 60_000, stallMs: 3_600_000, diagnosis: { rolledBackWrites: true, retryAfterMs: 86_400_000 } };
  const world = await openLocalWorld({ contacts: CONTACTS, seed: 1, now: () => new Date(nowMs), settings });
  try {
    world.world.org.state.rolledBackShows = rolledBackShows;
    let trials = 0;
    world.faults.beforeWrite = () => {
      trials += 1;
    };
    const poll = async () => {
      nowMs += 5 * 60_000;
      const before = { ...world.calls(), trials };
      await world.poll();
      const { salesforce, hubspot } = world.calls();
      const used = trials - before.trials;
      return { salesforce: salesforce - before.salesforce - used, hubspot: hubspot - before.hubspot, trials: used };
    };
    await poll();
    await poll();
    change(world);
    const cost = await poll();
    const limits = allowed({ kind: "changed", count: CHANGED, refused: REFUSED });
    if (limits === null) throw new Error("A poll of changes has limits");
    let polls = 1;
    for (; (await told(world)) < REFUSED && polls < MOST_POLLS; polls++) await poll();
    const onlyByWriting = (REFUSED * ONLY_BY_WRITING) / REFUSALS.length;
    return { rolledBackShows, first: { ...cost, allowed: limits }, told: await told(world), onlyByWriting, polls, trials };
  } finally {
    await world.close();
  }
}

/** People change 10,000 contacts in HubSpot; the sync carries all that Salesforce takes. */
function change({ world, play, sync }: LocalWorld): void {
  world.org.addRule({
    kind: "validation",
    rule: {
      name: "Phone_in_international_form",
      object: "Contact",
      errorMessage: "Give the phone number in its international form.",
      errorField: "Phone",
      refuses: ({ Phone }) => Phone === REFUSALS[0].values.phone,
    },
  });
  world.org.addRule({
    kind: "trigger",
    rule: {
      name: "ContactRouting",
      object: "Contact",
      run: ({ MailingPostalCode }) =>
        MailingPostalCode === REFUSALS[1].values.zip ? "System.NullPointerException: no territory" : null,
    },
  });
  const contacts: readonly LinkedRecord[] = play.linked("Contact", CHANGED);
  for (const [index, { hubspot }] of contacts.entries()) {
    const refusal = index < REFUSED ? REFUSALS[index % REFUSALS.length] : undefined;
    play.editHubSpot(hubspot, refusal?.values ?? { jobtitle: `Adviser ${index}` });
  }
  sync.look();
}

/** How many contacts the bot tells of with the type that holds them back, by the native sync's account. */
async function told({ store, sync }: LocalWorld): Promise<number> {
  const truth = new Set(
    sync.truth().errors.flatMap(({ type, records }) => records.map(({ hubspotId }) => `${type} ${hubspotId}`)),
  );
  const rows = await store.db
    .selectFrom("sync_error as e")
    .innerJoin("affected_record as r", "r.error_id", "e.id")
    .select(["e.type", "r.hubspot_id"])
    .where("e.resolved_at", "is", null)
    .execute();
  return rows.filter(({ type, hubspot_id }) => truth.has(`${type} ${hubspot_id}`)).length;
}

/** The table for the README. */
export function refusedWritesTable(measured: readonly RefusedWrites[]): string {
  const rows = measured.map(({ rolledBackShows, first, told, onlyByWriting, polls, trials }) => {
    const cells = [
      rolledBackShows === "every-failure" ? "every failing record" : "only the first failure",
      `${first.salesforce} (${first.allowed.salesforce})`,
      `${first.trials} (${first.allowed.trials})`,
      `${first.hubspot} (${first.allowed.hubspot})`,
      `${told} in ${polls} ${polls === 1 ? "poll" : "polls"}`,
      `${trials} (${boundOf(onlyByWriting)})`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    `A poll of ${CHANGED.toLocaleString("en")} changed contacts, ${REFUSED} of them refused for ${REFUSALS.length} reasons, ` +
      "by what Salesforce shows of a write that is rolled back; allowed in brackets:",
    "",
    "| shows | Salesforce calls | rolled-back writes | HubSpot calls | told rightly | rolled-back writes in all (at most) |",
    "|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** Each write that is rolled back explains one record at least, and the last of a poll may show that nothing is left. */
function boundOf(records: number): number {
  return records + Math.ceil(records / (CALLS_A_POLL - 1));
}

/** A sentence for each promise that was broken. */
export function brokenByRefusedWrites(measured: readonly RefusedWrites[]): string[] {
  return measured.flatMap(({ rolledBackShows, first, told, onlyByWriting, trials }) => [
    ...(first.salesforce > first.allowed.salesforce ||
    first.hubspot > first.allowed.hubspot ||
    first.trials > first.allowed.trials
      ? [`With ${rolledBackShows}, the poll of ${CHANGED} changes cost more calls than it may.`]
      : []),
    ...(told < REFUSED ? [`With ${rolledBackShows}, ${REFUSED - told} refused contacts were never explained.`] : []),
    ...(trials > boundOf(onlyByWriting) ? [`With ${rolledBackShows}, ${trials} rolled-back writes were needed.`] : []),
  ]);
}
