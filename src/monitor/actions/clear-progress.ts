import { z } from "zod";
import type { ClearStep } from "../../health/report.ts";
import type { StoredRequest } from "../../store/requests.ts";

/** What a clear does, in order. */
export const CLEAR_STEPS = ["retest", "nudge", "watch", "close"] as const satisfies readonly ClearStep[];

const progressSchema = z.object({
  steps: z.array(
    z.object({
      step: z.enum(CLEAR_STEPS),
      state: z.enum(["waiting", "running", "done", "failed"]),
      note: z.string().nullable(),
    }),
  ),
  /** When the nudge was given and the watching began, ISO 8601. */
  watchedSince: z.string().nullable(),
});

export type ClearProgress = z.infer<typeof progressSchema>;

export const NEW_CLEAR: ClearProgress = {
  steps: CLEAR_STEPS.map((step) => ({ step, state: "waiting", note: null })),
  watchedSince: null,
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
  note: string | null = null,
): ClearProgress {
  return { ...progress, steps: progress.steps.map((entry) => (entry.step === step ? { step, state, note } : entry)) };
}
