import type { Comparison, PlayedWorld } from "./play-world.ts";
import { type HeldRecord, keyOf } from "./told.ts";

/** How many were true, told, and both. */
export interface Score {
  readonly worlds: number;
  readonly truth: number;
  readonly told: number;
  readonly right: number;
}

/** Where a world's telling differs from its truth: one line each. */
export interface Failure {
  readonly seed: number;
  readonly kind: string;
  readonly lines: readonly string[];
}

export interface Scores {
  readonly errors: ReadonlyMap<string, Score>;
  readonly suspensions: ReadonlyMap<string, Score>;
  readonly failures: readonly Failure[];
}

const NOTHING: Score = { worlds: 0, truth: 0, told: 0, right: 0 };

export function scoreOf(worlds: readonly PlayedWorld[]): Scores {
  const errors = new Map<string, Score>();
  const suspensions = new Map<string, Score>();
  const failures: Failure[] = [];
  for (const world of worlds) {
    const seen = { errors: new Set<string>(), suspensions: new Set<string>() };
    const count = (scores: Map<string, Score>, names: Set<string>, name: string, more: Partial<Score>) => {
      const { worlds, truth, told, right } = scores.get(name) ?? NOTHING;
      const isNew = !names.has(name) && (more.truth ?? 0) > 0;
      if (isNew) names.add(name);
      scores.set(name, {
        worlds: worlds + (isNew ? 1 : 0),
        truth: truth + (more.truth ?? 0),
        told: told + (more.told ?? 0),
        right: right + (more.right ?? 0),
      });
    };
    for (const { truth, told, suspension } of world.comparisons) {
      const toldKeys = new Set(told.map(keyOf));
      for (const record of truth) {
        const right = toldKeys.has(keyOf(record)) ? 1 : 0;
        count(errors, seen.errors, record.type, { truth: 1, right });
      }
      for (const record of told) count(errors, seen.errors, record.type, { told: 1 });
      if (suspension.truth !== null) {
        const right = suspension.told === suspension.truth ? 1 : 0;
        count(suspensions, seen.suspensions, suspension.truth, { truth: 1, right });
      }
      if (suspension.told !== null) count(suspensions, seen.suspensions, suspension.told, { told: 1 });
    }
    for (const { type } of world.falseErrors.filter((record) => !isCompared(record, world.comparisons))) {
      count(errors, seen.errors, type, { told: 1 });
    }
    for (const { kind } of world.falseSuspensions) count(suspensions, seen.suspensions, kind, { told: 1 });
    const lines = linesOf(world);
    if (lines.length > 0) failures.push({ seed: world.plan.seed, kind: world.plan.kind, lines });
  }
  return { errors, suspensions, failures };
}

/** Whether a false telling stood when truth and telling were compared, and has been counted there. */
function isCompared(record: HeldRecord, comparisons: readonly Comparison[]): boolean {
  return comparisons.some(({ told }) => told.some((other) => keyOf(other) === keyOf(record)));
}

function linesOf({ comparisons, falseErrors, falseSuspensions }: PlayedWorld): string[] {
  const lines = comparisons.flatMap(({ when, truth, told, suspension }) => {
    const trueKeys = new Set(truth.map(keyOf));
    const toldKeys = new Set(told.map(keyOf));
    const missed = truth.filter((record) => !toldKeys.has(keyOf(record)));
    const wrong = told.filter((record) => !trueKeys.has(keyOf(record)));
    return [
      ...(suspension.truth === suspension.told
        ? []
        : [`${when}: suspended for ${suspension.truth}, told ${suspension.told} (${suspension.statement})`]),
      ...missed.map((record) => `${when}: missed ${described(record)}`),
      ...wrong.map((record) => `${when}: false ${described(record)}`),
    ];
  });
  const passing = falseErrors.filter((record) => !isCompared(record, comparisons));
  return [
    ...lines,
    ...passing.map((record) => `for a while: false ${described(record)}`),
    ...falseSuspensions.map(({ kind, at, statement }) => `at ${at}: false suspension ${kind} (${statement})`),
  ];
}

function described({ type, direction, object, record, field, message }: HeldRecord): string {
  return `${type} ${direction} of ${object} ${record}${field === null ? "" : ` (${field})`}: ${message}`;
}

export function precision({ told, right }: Score): number {
  return told === 0 ? 1 : right / told;
}

export function recall({ truth, right }: Score): number {
  return truth === 0 ? 1 : right / truth;
}
