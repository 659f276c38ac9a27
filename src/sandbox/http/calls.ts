import type { MiddlewareHandler } from "hono";
import type { ServiceName } from "./exchange.ts";
import { serviceOf } from "./service.ts";

/** Calls by operation: method and path with ids blanked. */
export type CallsByOperation = Readonly<Record<string, number>>;

export interface CallCounter {
  readonly middleware: MiddlewareHandler;
  counts(): Readonly<Record<ServiceName, CallsByOperation>>;
}

/** Counts the calls that come over HTTP, which are all the bot's. */
export function createCallCounter(): CallCounter {
  const counts: Record<ServiceName, Record<string, number>> = { salesforce: {}, hubspot: {}, slack: {} };
  return {
    async middleware(c, next) {
      const service = serviceOf(c.req.path);
      if (service) {
        const operation = `${c.req.method} ${operationPath(c.req.path)}${(await isAllOrNone(c.req.raw)) ? ALL_OR_NONE : ""}`;
        counts[service][operation] = (counts[service][operation] ?? 0) + 1;
      }
      await next();
    },
    counts: () => structuredClone(counts),
  };
}

/** Ends the operation of a composite that is undone as a whole when one of its requests fails. */
export const ALL_OR_NONE = " (all or none)";

async function isAllOrNone(request: Request): Promise<boolean> {
  if (request.method !== "POST" || !request.url.endsWith("/composite")) return false;
  const text = await request.clone().text();
  return /^\{[^[]*"allOrNone"\s*:\s*true/.test(text);
}

const SALESFORCE_ID = /^(?=.*\d)[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?(?:-\d+)?$/;
const OPAQUE = /^(?=.*\d)[\w-]{16,}$/;

/** A path whose ids are `{id}`, so that calls of one kind are one operation. */
export function operationPath(path: string): string {
  return path
    .split("/")
    .map((part) => (/^\d+$/.test(part) || SALESFORCE_ID.test(part) || OPAQUE.test(part) ? "{id}" : part))
    .join("/");
}
