import type { Said } from "../../language/sentence.ts";
import { getRequest, type StoredRequest } from "../../store/requests.ts";
import type { MonitorContext } from "../context.ts";
import type { FinalState } from "./action.ts";

/** What a step of the work on a request leaves to do: the next step now or after so many milliseconds, or nothing. */
export type Next = { readonly after: number } | "at-once" | Ending;

export interface Ending {
  readonly ends: FinalState;
  readonly why?: Said;
}

/** Goes on with a request step by step from wherever it is, until it ends or waits; where the signal aborts, its next job goes on. */
export async function workOn(
  context: MonitorContext,
  { kind, requestId }: { readonly kind: "resync" | "fix"; readonly requestId: string },
  signal: AbortSignal,
  {
    step,
    finish,
  }: {
    readonly step: (request: StoredRequest) => Promise<Next>;
    readonly finish: (request: StoredRequest, ending: Ending) => Promise<void>;
  },
): Promise<void> {
  for (;;) {
    const request = await getRequest(context.db, requestId);
    if (!request || request.finished_at !== null) return;
    const next = await step(request);
    if (next !== "at-once" && "ends" in next) return finish(request, next);
    if (next === "at-once" && !signal.aborted) continue;
    const after = new Date(context.clock.now().getTime() + (next === "at-once" ? 0 : next.after));
    await context.jobs.send({ kind, requestId }, { after });
    return;
  }
}
