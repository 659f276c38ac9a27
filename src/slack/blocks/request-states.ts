import type { RequestState } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";

/** How a request is, by itself: "at work". */
export function requestState(t: Language, state: RequestState): string {
  switch (state) {
    case "requested":
      return t.say("about to start");
    case "running":
      return t.say("at work");
    case "verifying":
      return t.say("being verified");
    case "done":
      return t.say("done");
    case "failed":
      return t.say("failed");
    case "cancelled":
      return t.say("cancelled");
    case "expired":
      return t.say("out of time");
  }
}

/** "It took 4 mins." once a request is over; else nothing. */
export function tookText(t: Language, request: { readonly requestedAt: Date; readonly finishedAt: Date | null }): string[] {
  if (request.finishedAt === null) return [];
  return [t.say("It took {duration}.", { duration: t.duration(request.finishedAt.getTime() - request.requestedAt.getTime()) })];
}
