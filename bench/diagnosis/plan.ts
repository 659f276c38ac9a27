import { SCENARIOS } from "../../src/sandbox/scenarios/catalogue.ts";
import { createRandom, type Random } from "../../src/sandbox/world/random.ts";

const MINUTE_MS = 60_000;

/** Something that goes wrong in a world, and when, in milliseconds from its beginning. */
export interface PlannedScenario {
  readonly id: string;
  readonly count: number;
  readonly from: number;
  /** Null: it stands until all is mended at the end. */
  readonly until: number | null;
}

/** What one world is like. The same seed makes the same one. */
export interface WorldPlan {
  readonly seed: number;
  readonly kind: "healthy" | "alone" | "together" | "suspended";
  readonly contacts: number;
  readonly scenarios: readonly PlannedScenario[];
  /** How long people and the sync go on before everybody goes home. */
  readonly busyMs: number;
  /** Edits an hour. */
  readonly traffic: number;
  readonly searchLagMs: number;
  readonly stampOnFailure: boolean;
  readonly rolledBackShows: "every-failure" | "first-failure";
  readonly graceMs: number;
  readonly stallMs: number;
  readonly retryAfterMs: number;
  /** The least and most between two polls. */
  readonly pollEvery: readonly [number, number];
  /** How soon the native sync reacts to a change in HubSpot, at most. */
  readonly reactionMs: number;
}

const ERRORS = SCENARIOS.map(({ id }) => id).filter((id) => id.startsWith("error/"));
const SUSPENSIONS = SCENARIOS.map(({ id }) => id).filter((id) => id.startsWith("suspension/"));

/**
 * Of every eight worlds four have one scenario, which goes round all of them; two have a handful of errors, one a suspension
 * over errors or over another suspension, and one is healthy.
 */
export function planWorld(seed: number): WorldPlan {
  const random = createRandom(Math.imul(seed, 0x9e3779b1));
  const place = seed % 8;
  const round = Math.floor(seed / 8);
  const common = {
    seed,
    contacts: random.integer(70, 190),
    searchLagMs: random.pick([0, 1_000, 5_000, 12_000]),
    stampOnFailure: random.chance(0.5),
    rolledBackShows: random.pick(["every-failure", "first-failure"] as const),
    graceMs: random.pick([0, 5, 20, 30]) * MINUTE_MS,
    stallMs: 45 * MINUTE_MS,
    retryAfterMs: random.pick([20, 60, 360]) * MINUTE_MS,
    pollEvery: random.pick([
      [3 * MINUTE_MS, 7 * MINUTE_MS],
      [8 * MINUTE_MS, 16 * MINUTE_MS],
    ] as const),
    reactionMs: random.pick([20_000, 60_000, 4 * MINUTE_MS]),
  };
  const busyMs = random.integer(70, 130) * MINUTE_MS;
  if (place === 7) return { ...common, kind: "healthy", scenarios: [], busyMs: 2 * busyMs, traffic: random.integer(60, 240) };
  const traffic = random.integer(0, 90);
  if (place % 2 === 0) {
    const alone = round * 4 + place / 2;
    const id = [...ERRORS, ...SUSPENSIONS][alone % (ERRORS.length + SUSPENSIONS.length)] ?? "";
    return { ...common, kind: "alone", scenarios: [planned(id, busyMs, random)], busyMs, traffic };
  }
  if (place === 5) return { ...common, kind: "suspended", scenarios: suspended(round, busyMs, random), busyMs, traffic };
  const handful = some(ERRORS, random.integer(2, 7), random).map((id) => planned(id, busyMs, random));
  return { ...common, kind: "together", scenarios: handful, busyMs, traffic };
}

function suspended(round: number, busyMs: number, random: Random): readonly PlannedScenario[] {
  const first = SUSPENSIONS[round % SUSPENSIONS.length] ?? "";
  const others = some(
    SUSPENSIONS.filter((id) => id !== first),
    random.chance(0.3) ? 1 : 0,
    random,
  );
  const errors = some(ERRORS, random.integer(1, 3), random);
  return [...errors.map((id) => planned(id, busyMs / 2, random)), ...[first, ...others].map((id) => planned(id, busyMs, random))];
}

function planned(id: string, busyMs: number, random: Random): PlannedScenario {
  const from = random.integer(0, busyMs - 20 * MINUTE_MS);
  const usual = SCENARIOS.find((scenario) => scenario.id === id)?.count ?? 1;
  const count = random.integer(1, usual + 3);
  return { id, count, from, until: random.chance(0.2) ? random.integer(from + 10 * MINUTE_MS, busyMs) : null };
}

function some<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  const left = [...items];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(random.integer(0, left.length - 1), 1)[0]).filter(
    (item) => item !== undefined,
  );
}
