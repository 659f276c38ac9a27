import { z } from "zod";
import type { StoredRequest } from "../../store/requests.ts";

const parametersSchema = z.object({
  /** What is resynced, in words, e.g. "error E7K3Q". */
  target: z.string(),
  strategy: z.enum(["touch", "write"]),
});

const progressSchema = z.object({
  /** Why it waits just now, where it does. */
  pause: z.string().nullable().default(null),
  /** Until when verification waits for the native sync, ISO 8601; null while sending. */
  verifyUntil: z.string().nullable().default(null),
});

export type ResyncParameters = z.infer<typeof parametersSchema>;
export type ResyncProgress = z.infer<typeof progressSchema>;

export function resyncParameters(request: StoredRequest): ResyncParameters {
  return parametersSchema.parse(request.parameters);
}

export function resyncProgress(request: StoredRequest): ResyncProgress {
  return progressSchema.parse(request.progress);
}
