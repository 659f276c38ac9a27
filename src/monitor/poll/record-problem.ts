import type { Transaction } from "kysely";
import type { Refusal } from "../../health/refusal.ts";
import { refusalStatement } from "../../health/refusal-statement.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { type CrmSystem, SYSTEM_NAMES } from "../../records/record.ts";
import type { Database, PollOutcome } from "../../store/schema.ts";
import { announceToSubscribers } from "../announcements/announce.ts";
import type { MonitorContext } from "../context.ts";

type Failed = Extract<PollOutcome, { state: "failed" }>;

/** Refusals that don't pass by themselves: told at once. Others are told when the next poll meets them too. */
const LASTING = /^(INVALID_AUTHENTICATION|MISSING_SCOPES|EXPIRED_AUTHENTICATION|invalid_)/i;

/** What a poll that could not look leaves behind, told once for as long as it lasts. */
export async function recordFailure(
  trx: Transaction<Database>,
  context: MonitorContext,
  connection: string,
  refusal: Refusal,
  before: PollOutcome | null,
  now: Date,
): Promise<Failed> {
  const statement = refusalStatement(refusal);
  const evidence = { at: now.toISOString(), statement, refusal };
  const same = failureOf(before, refusal.system);
  const since = same?.since ?? now.toISOString();
  if (same?.announced) return { state: "failed", evidence, since, announced: true };
  const isCertain = same !== null || LASTING.test(refusal.code) || refusal.httpStatus === 401 || refusal.httpStatus === 403;
  if (isCertain) {
    const about = refusal.system === "hubspot" ? ("hubspot-unreachable" as const) : ("salesforce-unreachable" as const);
    const problem = { about, statement, instruction: instructionFor(refusal), at: now.toISOString() };
    const subject = problemSubject(connection, refusal.system, since);
    await announceToSubscribers(trx, context, { connection, subject, content: { kind: "problem", problem } });
  }
  return { state: "failed", evidence, since, announced: isCertain };
}

/** Tells that a problem which was announced is over. */
export async function recordRecovery(
  trx: Transaction<Database>,
  context: MonitorContext,
  connection: string,
  before: PollOutcome | null,
  now: Date,
): Promise<void> {
  if (before?.state !== "failed" || !before.announced) return;
  const system = before.evidence.refusal?.system ?? "hubspot";
  const about = system === "hubspot" ? ("hubspot-recovered" as const) : ("salesforce-recovered" as const);
  const subject = `${problemSubject(connection, system, before.since ?? before.evidence.at)}:recovered`;
  const content = { kind: "problem", problem: { about, at: now.toISOString() } } as const;
  await announceToSubscribers(trx, context, { connection, subject, content });
}

function problemSubject(connection: string, system: CrmSystem, since: string): string {
  return `problem:${connection}:${system}:${since}`;
}

function failureOf(outcome: PollOutcome | null, system: CrmSystem): Failed | null {
  return outcome?.state === "failed" && outcome.evidence.refusal?.system === system ? outcome : null;
}

function instructionFor({ system: of, code, httpStatus }: Refusal): Sentence {
  const system = SYSTEM_NAMES[of];
  if (of === "salesforce" && /^invalid_|^unsupported_|^inactive_/i.test(code)) {
    return sentence(
      "See in Salesforce whether Syncwarden's app is still approved and runs as HubSpot's integration user, and whether the secrets that Syncwarden logs in with are still its own; `syncwarden doctor` shows whether the login works.",
    );
  }
  if (code === "MISSING_SCOPES" || httpStatus === 403) {
    return sentence(
      "Give {system}'s token the scopes that the README lists, then run `syncwarden doctor` to see that none is missing.",
      { system },
    );
  }
  if (httpStatus === 401) {
    return sentence("Make a new {system} token, set it where Syncwarden reads its secrets, and restart Syncwarden.", { system });
  }
  if (httpStatus === 429) {
    return sentence("Syncwarden tries again by itself. If this stays, see which other apps use up {system}'s API limits.", {
      system,
    });
  }
  return sentence(
    "Syncwarden tries again at every poll. If this stays, check {system}'s status page and the network that Syncwarden runs in.",
    { system },
  );
}
