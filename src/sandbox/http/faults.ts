import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import type { Fault } from "./exchange.ts";
import { serviceOf } from "./service.ts";

export interface Faults {
  readonly middleware: MiddlewareHandler;
  add(fault: Fault): void;
  /** Whether this very one isn't spent yet. */
  stands(fault: Fault): boolean;
  remove(fault: Fault): void;
  /** Those not spent yet, with what is left of their times. */
  list(): readonly Fault[];
  clear(): void;
}

/** Faults of the network and of services, put before the services themselves. The oldest that fits a request hits it. */
export function createFaults(): Faults {
  let faults: { readonly fault: Fault; left: number }[] = [];
  const waiting = new Set<() => void>();

  function hit(path: string): Fault | null {
    const service = serviceOf(path);
    const found = faults.find(({ fault }) => fault.service === service && path.startsWith(fault.path ?? "/"));
    if (!found) return null;
    found.left -= 1;
    if (found.left <= 0) faults = faults.filter((other) => other !== found);
    return found.fault;
  }

  function delay(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      waiting.add(done);
    });
  }

  return {
    async middleware(c, next) {
      const fault = hit(c.req.path);
      if (!fault) return next();
      if (fault.delayMs) await delay(fault.delayMs);
      if (fault.dropConnection) {
        c.set("faulted", true);
        return drop(c);
      }
      if (fault.status === undefined && fault.body === undefined) return next();
      c.set("faulted", true);
      return answer(fault);
    },
    add(fault) {
      faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    stands: (fault) => faults.some((known) => known.fault === fault),
    remove(fault) {
      faults = faults.filter((known) => known.fault !== fault);
    },
    list: () => faults.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, times: left } : fault)),
    clear() {
      faults = [];
      for (const done of [...waiting]) done();
    },
  };
}

function answer(fault: Fault): Response {
  const status = fault.status ?? 200;
  const headers = new Headers(fault.headers);
  if (fault.body === undefined || status === 204 || status === 304) return new Response(null, { status, headers });
  if (typeof fault.body === "string") return new Response(fault.body, { status, headers });
  if (!headers.has("content-type")) headers.set("content-type", "application/json;charset=utf-8");
  return new Response(JSON.stringify(fault.body), { status, headers });
}

/** Cuts the connection as a broken network does. Without a real connection (a request made in process) there is none to cut. */
function drop(c: Context): Response {
  const { incoming } = c.env as Partial<HttpBindings>;
  incoming?.socket.destroy();
  return new Response(null, { status: 502 });
}
