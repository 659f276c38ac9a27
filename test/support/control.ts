/** The sandbox's control paths, as a test drives them over HTTP. */

export interface SeenMessage {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly text: string;
  readonly blocks?: readonly Record<string, unknown>[];
  readonly metadata?: { readonly event_payload?: { readonly key?: string } };
  readonly ephemeral?: boolean;
}

export interface Answer {
  readonly ack: { readonly acknowledged?: boolean; readonly ackMs?: number } | null;
  readonly responses: readonly SeenMessage[];
  readonly view?: Record<string, unknown> | null;
}

export interface Truth {
  readonly suspension: { readonly kind: string } | null;
  readonly errors: readonly {
    readonly category: string;
    readonly type: string;
    readonly object: string;
    readonly records: readonly { readonly hubspotId: string | null; readonly salesforceId: string | null }[];
  }[];
}

export interface Control {
  readonly url: string;
  get<T>(path: string): Promise<T>;
  send<T>(method: string, path: string, body?: unknown): Promise<T>;
  command(text: string, options?: { user?: string; channel?: string; waitMs?: number; quietMs?: number }): Promise<Answer>;
  click(message: { channel?: string; ts: string }, actionId: string, options?: Record<string, unknown>): Promise<Answer>;
  messages(channel?: string, user?: string): Promise<readonly SeenMessage[]>;
  truth(): Promise<Truth>;
  make(scenario: string, count?: number): Promise<unknown>;
  mend(scenario: string): Promise<unknown>;
  fault(fault: Record<string, unknown>): Promise<unknown>;
  noFaults(): Promise<unknown>;
}

const CHANNEL = "C0REVOPS";
const USER = "U0ADMIN";
/** How long to wait for the first sign of an answer: a busy machine takes its time. */
const PATIENCE_MS = 10_000;

export function controlOf(url: string): Control {
  async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/sandbox${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /sandbox${path} answered ${response.status}: ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  }
  return {
    url,
    send,
    get: (path) => send("GET", path),
    command: (text, { user = USER, channel = CHANNEL, waitMs = PATIENCE_MS, quietMs } = {}) =>
      send("POST", "/slack/command", { user, channel, text, waitMs, quietMs }),
    click: ({ channel = CHANNEL, ts }, actionId, options = {}) =>
      send("POST", "/slack/action", { user: USER, channel, ts, action_id: actionId, waitMs: PATIENCE_MS, ...options }),
    messages: async (channel = CHANNEL, user = USER) =>
      (await send<{ messages: SeenMessage[] }>("GET", `/slack/messages?channel=${channel}&user=${user}`)).messages,
    truth: () => send("GET", "/truth"),
    make: (scenario, count) => send("POST", `/scenarios/${scenario}`, count === undefined ? {} : { count }),
    mend: (scenario) => send("DELETE", `/scenarios/${scenario}`),
    fault: (fault) => send("POST", "/faults", fault),
    noFaults: () => send("DELETE", "/faults"),
  };
}

/** Everything a message says, its text and all text in its blocks, as one string to look in. */
export function wordsOf(message: Pick<SeenMessage, "text" | "blocks">): string {
  const words: string[] = [message.text];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const inner of node) walk(inner);
    else if (node !== null && typeof node === "object") {
      for (const [key, value] of Object.entries(node)) {
        if ((key === "text" || key === "url" || key === "title") && typeof value === "string") words.push(value);
        else walk(value);
      }
    }
  };
  walk(message.blocks ?? []);
  return words.join("\n");
}

/** Asks again and again until `look` answers something (not undefined, null or false); fails with what it last threw or saw. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | null | false>,
  timeoutMs = 20_000,
  everyMs = 150,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
