import { z } from "zod";
import { saidSchema } from "../../../language/stored.ts";
import type { StoredRequest } from "../../../store/requests.ts";

const parametersSchema = z.object({
  /** What is resynced, in words, e.g. "error E7K3Q". */
  target: saidSchema,
  strategy: z.enum(["touch", "write"]),
  /** When the preview was seen, ISO 8601: what people have changed since is left alone. */
  asOf: z.string(),
  /** The one record was named, not known to be in error: it is sent whatever polls know of it. */
  isNamed: z.boolean(),
});

const progressSchema = z.object({
  /** Why it waits just now, where it does. */
  pause: saidSchema.nullable().default(null),
  /** How often in a row it has had to wait for a system that refuses. */
  refusedInARow: z.number().default(0),
  /** While verifying: how many have no verdict yet, and until when more are awaited, ISO 8601. */
  undecided: z.number().nullable().default(null),
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

/** What the messages about a resync are about. */
export function resyncSubject(request: Pick<StoredRequest, "id">): string {
  return `request:${request.id}`;
}
