import type { PlayedWorld } from "./play-world.ts";
import { precision, recall, type Score, type Scores } from "./score.ts";

/** What the promises ask for: of suspensions everything, of each type of error nearly. */
const LEAST_FOR_TYPES = 0.98;

const HEAD = ["| | worlds | true | told | right | precision | recall |", "|---|---|---|---|---|---|---|"];

export function report(worlds: readonly PlayedWorld[], { suspensions, errors, failures }: Scores): string {
  const polls = worlds.reduce((sum, world) => sum + world.polls, 0);
  const seconds = worlds.reduce((sum, world) => sum + world.seconds, 0);
  const leftOut = worlds.flatMap((world) => world.leftOut);
  return [
    ...failures.flatMap(({ seed, kind, lines }) => [`World ${seed} (${kind}):`, ...lines.map((line) => `  ${line}`)]),
    ...(failures.length > 0 ? [""] : []),
    ...HEAD,
    ...rowsOf(suspensions, "all suspensions"),
    ...rowsOf(errors, "all sync errors"),
    "",
    `${worlds.length} worlds, ${of(worlds, "healthy")} of them healthy, ${polls} polls, ${Math.round(seconds)} s of work. ` +
      `Told wrongly or missed something: ${failures.length} worlds. Scenarios that a world was too small for: ${leftOut.length}.`,
  ].join("\n");
}

function of(worlds: readonly PlayedWorld[], kind: string): number {
  return worlds.filter(({ plan }) => plan.kind === kind).length;
}

function rowsOf(scores: ReadonlyMap<string, Score>, total: string): string[] {
  const rows = [...scores]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, score]) => row(`\`${name}\``, score));
  const sum = (value: (score: Score) => number) => [...scores.values()].reduce((all, score) => all + value(score), 0);
  const all = {
    worlds: sum(({ worlds }) => worlds),
    truth: sum(({ truth }) => truth),
    told: sum(({ told }) => told),
    right: sum(({ right }) => right),
  };
  return [...rows, row(`**${total}**`, all)];
}

function row(name: string, score: Score): string {
  const { worlds, truth, told, right } = score;
  return `| ${[name, worlds, truth, told, right, precision(score).toFixed(3), recall(score).toFixed(3)].join(" | ")} |`;
}

/** A sentence for each promise that was broken. */
export function brokenBy(worlds: readonly PlayedWorld[], { suspensions, errors }: Scores): string[] {
  const healthy = worlds.filter(({ plan }) => plan.kind === "healthy");
  return [
    ...below(suspensions, 1),
    ...below(errors, LEAST_FOR_TYPES),
    ...healthy.flatMap(({ plan, falseErrors, falseSuspensions }) =>
      falseErrors.length + falseSuspensions.length === 0 ? [] : [`The healthy world ${plan.seed} was not told so.`],
    ),
  ];
}

function below(scores: ReadonlyMap<string, Score>, least: number): string[] {
  return [...scores].flatMap(([name, score]) => {
    if (precision(score) >= least && recall(score) >= least) return [];
    return [
      `${name} has a precision of ${precision(score).toFixed(3)} and a recall of ${recall(score).toFixed(3)}, not ${least}.`,
    ];
  });
}
