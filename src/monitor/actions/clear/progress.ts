import { z } from "zod";
import type { ClearReport, ClearStep } from "../../../health/report.ts";
import { SUSPENSION_KINDS } from "../../../health/suspensions.ts";
import type { Said } from "../../../language/sentence.ts";
import { saidSchema } from "../../../language/stored.ts";
import { SYNCED_OBJECTS } from "../../../records/record.ts";
import type { StoredRequest } from "../../../store/requests.ts";
import { outcomeOf } from "../action.ts";

/** What a clear does, in order. */
export const CLEAR_STEPS = ["retest", "nudge", "watch", "backlog"] as const satisfies readonly ClearStep[];

const progressSchema = z.object({
  steps: z.array(
    z.object({
      step: z.enum(CLEAR_STEPS),
      state: z.enum(["waiting", "running", "done", "failed"]),
      note: saidSchema.nullable(),
    }),
  ),
  /** The record to be touched, chosen before it is: another attempt touches the same one. */
  nudge: z
    .object({ object: z.enum(SYNCED_OBJECTS), hubspotId: z.string() })
    .nullish()
    .default(null),
  /** When the nudge was given and the watching began, ISO 8601. */
  watchedSince: z.string().nullable(),
  /** When people were asked to press HubSpot's own button, ISO 8601. */
  askedAt: z.string().nullish().default(null),
  /** Causes that were met again. */
  remaining: z
    .array(z.object({ kind: z.enum(SUSPENSION_KINDS), statement: saidSchema, url: z.string().nullable() }))
    .nullish()
    .transform((remaining) => remaining ?? []),
});

export type ClearProgress = z.infer<typeof progressSchema>;

export const NEW_CLEAR: ClearProgress = {
  steps: CLEAR_STEPS.map((step) => ({ step, state: "waiting", note: null })),
  nudge: null,
  watchedSince: null,
  askedAt: null,
  remaining: [],
};

/** Unfinished requests with the same identity are one. */
export function clearIdentity(suspensionId: string): string {
  return `clear:${suspensionId}`;
}

export function clearProgress(request: StoredRequest): ClearProgress {
  return progressSchema.parse(request.progress);
}

export function clearedSuspensionId(request: StoredRequest): string {
  return z.object({ suspensionId: z.string() }).parse(request.parameters).suspensionId;
}

/** The progress with one step in another state. */
export function withStep(
  progress: ClearProgress,
  step: ClearStep,
  state: ClearProgress["steps"][number]["state"],
  note: Said | null = null,
): ClearProgress {
  return { ...progress, steps: progress.steps.map((entry) => (entry.step === step ? { step, state, note } : entry)) };
}

export function stateOfStep(progress: ClearProgress, step: ClearStep): ClearProgress["steps"][number]["state"] {
  return progress.steps.find((entry) => entry.step === step)?.state ?? "waiting";
}

/** A clear request as it is shown. */
export function clearReport(request: StoredRequest): ClearReport {
  const { steps, askedAt, remaining } = clearProgress(request);
  const { state } = request;
  const atWork = state === "requested" || state === "running" || state === "verifying";
  return {
    requestId: request.id,
    requestedBy: request.requested_by,
    expiresAt: request.expires_at,
    state: atWork ? "running" : state,
    steps,
    asksHubSpot: atWork && askedAt !== null && steps.some(({ step, state: at }) => step === "watch" && at === "running"),
    remaining,
    cancelledBy: request.cancel_requested_by,
    outcome: outcomeOf(request),
  };
}
