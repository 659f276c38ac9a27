import { cpus } from "node:os";
import type { Acknowledgements } from "./acknowledgements.ts";
import type { Calls } from "./calls.ts";
import { type Allowed, allowed, IDLE, isKept, LONGEST_ACKNOWLEDGEMENT_MS, MEMORY_GROWTH } from "./promises.ts";

/** What one poll cost. Memory in bytes. */
export interface Measurement {
  /** `looking`: nothing has changed, and records that are refused are looked at. */
  readonly kind: "first" | "idle" | "changed" | "looking";
  readonly what: string;
  /** Changed records; those of the whole world in the very first poll. */
  readonly count: number;
  /** How many of them Salesforce refuses. */
  readonly refused: number;
  readonly calls: Calls;
  readonly memory: { readonly before: number; readonly after: number; readonly peak: number };
  readonly seconds: number;
  /** The calls of the poll after it. */
  readonly next: Calls | null;
}

export interface Report {
  readonly markdown: string;
  /** A sentence for each promise that was broken. */
  readonly broken: readonly string[];
}

const HEAD = [
  "| a poll with | Salesforce calls (allowed) | rolled-back writes (allowed) | HubSpot calls (allowed) | of them searches | memory, MB: before → after (peak) | seconds |",
  "|---|---|---|---|---|---|---|",
];

/** The table for the README, and what is wrong with it. */
export function report(measurements: readonly Measurement[], acknowledged: Acknowledgements): Report {
  const idle = worst(measurements.filter(({ kind }) => kind === "idle"));
  const rows = [idle, ...measurements.filter(({ kind }) => kind !== "idle")].map(row);
  const { commands, duringPoll, median, percentile99, longest } = acknowledged;
  const lines = [
    ...HEAD,
    ...rows,
    "",
    `\`/sync status\` is acknowledged within ${percentile99} ms (99th percentile of ${commands} commands, ${duringPoll} of them while a poll of the most changed contacts ran; median ${median} ms, longest ${longest} ms).`,
    "",
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}).`,
  ];
  return {
    markdown: lines.join("\n"),
    broken: [...brokenByCalls(measurements), ...brokenByMemory(measurements), ...brokenBy(acknowledged)],
  };
}

/** The most of everything that any of these cost. */
function worst(measurements: readonly Measurement[]): Measurement {
  const [first] = measurements;
  if (first === undefined) throw new Error("No idle poll was measured");
  const of = (value: (measurement: Measurement) => number) => Math.max(...measurements.map(value));
  const costliest = measurements.toSorted((one, other) => total(other.calls) - total(one.calls))[0] ?? first;
  return {
    ...costliest,
    what: `${first.what} (the costliest of ${measurements.length})`,
    memory: { before: first.memory.before, after: of(({ memory }) => memory.after), peak: of(({ memory }) => memory.peak) },
    seconds: of(({ seconds }) => seconds),
  };
}

function total({ salesforce, hubspot }: Calls): number {
  return salesforce.reads + salesforce.trials + hubspot.searches + hubspot.lookups + hubspot.settings;
}

function hubspotTotal({ hubspot }: Calls): number {
  return hubspot.searches + hubspot.lookups + hubspot.settings;
}

function row(measurement: Measurement): string {
  const { what, count, calls, memory, seconds } = measurement;
  const limits = allowed(measurement);
  const cells = [
    count > 0 ? `${count.toLocaleString("en")} ${what}` : what,
    `${calls.salesforce.reads}${bracketed(limits?.salesforce)}`,
    `${calls.salesforce.trials}${bracketed(limits?.trials)}`,
    `${hubspotTotal(calls)}${bracketed(limits?.hubspot)}`,
    String(calls.hubspot.searches),
    `${megabytes(memory.before)} → ${megabytes(memory.after)} (${megabytes(memory.peak)})`,
    seconds.toFixed(1),
  ];
  return `| ${cells.join(" | ")} |`;
}

function bracketed(limit: number | undefined): string {
  return limit === undefined ? "" : ` (${limit})`;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

function brokenByCalls(measurements: readonly Measurement[]): string[] {
  return measurements.flatMap((measurement) => {
    const { what, count, calls, next } = measurement;
    const name = `${count} ${what}`;
    return [
      ...exceeded(name, calls, allowed(measurement)),
      ...(next === null ? [] : exceeded(`The poll after ${name}`, next, IDLE)),
    ];
  });
}

function exceeded(name: string, calls: Calls, limits: Allowed | null): string[] {
  if (limits === null || isKept(calls, limits)) return [];
  const { salesforce, trials, hubspot, searches } = limits;
  const used = `${calls.salesforce.reads} Salesforce calls, ${calls.salesforce.trials} rolled-back writes, ${hubspotTotal(calls)} HubSpot calls, ${calls.hubspot.searches} searches`;
  return [`${name}: ${used}; allowed are ${salesforce}, ${trials}, ${hubspot} and ${searches}.`];
}

/** Ten times the records must not need much more memory. */
function brokenByMemory(measurements: readonly Measurement[]): string[] {
  const changed = measurements.filter(({ kind }) => kind === "changed");
  return changed.flatMap((larger) => {
    const smaller = changed.find(({ what, count }) => count * 10 === larger.count && sameKind(what, larger.what));
    if (smaller === undefined || larger.memory.after <= smaller.memory.after * MEMORY_GROWTH) return [];
    const [after, before] = [megabytes(larger.memory.after), megabytes(smaller.memory.after)];
    return [`${larger.count} ${larger.what}: ${after} MB, and ${before} MB after a tenth of them.`];
  });
}

/** What follows the comma tells how many were refused. */
function sameKind(one: string, other: string): boolean {
  return one.split(",")[0] === other.split(",")[0];
}

function brokenBy({ percentile99 }: Acknowledgements): string[] {
  if (percentile99 <= LONGEST_ACKNOWLEDGEMENT_MS) return [];
  return [`99 % of the commands were acknowledged within ${percentile99} ms; the promise is ${LONGEST_ACKNOWLEDGEMENT_MS} ms.`];
}
