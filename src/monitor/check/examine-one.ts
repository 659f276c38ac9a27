import { recordKey } from "../../records/pairing.ts";
import type { Connection } from "../context.ts";
import type { Examination } from "../poll/examination.ts";
import { changeOf, examineSituated, isWaiting } from "../poll/examine.ts";
import type { SchemaCache } from "../poll/schema.ts";
import type { Situated } from "../poll/situation.ts";
import type { Trial } from "./check-report.ts";
import type { Stored } from "./stored.ts";

/** Salesforce calls that a rolled-back write of the one record may cost. */
const TRIAL_CALLS = 2;

/** Examined as by a poll, with a rolled-back write where one may be made. */
export async function examineOne(
  connection: Connection,
  cache: SchemaCache,
  situated: Situated,
  stored: Stored,
  now: Date,
): Promise<{ readonly examination: Examination; readonly trial: Trial }> {
  const { settings } = connection;
  const key = recordKey(situated.reference);
  const held = await whyNotTried(connection, situated, stored, now);
  const triedAt = stored.tracked?.tried_at ?? null;
  const isRecent = triedAt !== null && now.getTime() - triedAt.getTime() < settings.diagnosis.retryAfterMs;
  const version = stored.tracked?.tried_version ?? null;
  const tried = new Map(version === null ? [] : [[key, { version, isDue: !isRecent }]]);
  let isTriedAlike = false;
  const examinations = await examineSituated(
    connection,
    cache,
    new Map([[key, situated]]),
    {
      trial: held === null,
      maxTrialCalls: TRIAL_CALLS,
      maxTrials: 1,
      tried,
      onCause: () => {
        isTriedAlike = true;
      },
    },
    now,
  );
  const examination = examinations.get(key) ?? { state: "gone", reference: situated.reference };
  if (examination.state !== "out-of-step") return { examination, trial: { state: "not-needed" } };
  if (examination.triedVersion !== null) {
    return { examination, trial: { state: examination.findings.length > 0 ? "refused" : "nothing-refused" } };
  }
  if (examination.diagnosis === "not-tried") {
    return { examination, trial: { state: "not-tried", because: isTriedAlike ? "undecided" : (held ?? "undecided") } };
  }
  if (examination.earlierStands && triedAt !== null) return { examination, trial: { state: "tried-before", at: triedAt } };
  return { examination, trial: { state: "not-needed" } };
}

/** Why no rolled-back write is made, where none is: the same manners as a poll's. */
async function whyNotTried(
  connection: Connection,
  { situation }: Situated,
  { suspension }: Stored,
  now: Date,
): Promise<"off" | "grace" | "suspended" | null> {
  const { diagnosis, graceMs } = connection.settings;
  if (!diagnosis.rolledBackWrites) return "off";
  if (suspension?.state === "open") return "suspended";
  if (!isWaiting(situation)) return null;
  const { userId } = await connection.salesforce.identity();
  return now.getTime() < changeOf(situation, userId).changedAt.getTime() + graceMs ? "grace" : null;
}
