export type Answer<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly error: string; readonly blockId: string | null };

/** Asks the sandbox; a refusal, or a sandbox that is gone, comes back as a sentence. */
export async function ask<Body>(method: "GET" | "POST" | "DELETE", path: string, content?: unknown): Promise<Answer<Body>> {
  try {
    const response = await fetch(path, {
      method,
      ...(content === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(content) }),
    });
    const body = await response.json();
    if (response.ok) return { ok: true, body };
    return { ok: false, error: String(body.error ?? response.statusText), blockId: body.block_id ?? null };
  } catch {
    return { ok: false, error: "The sandbox does not answer. Is it still running?", blockId: null };
  }
}

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

/** A path of the page with who reads it, and where they are. */
export function pagePath(path: string, parameters: Readonly<Record<string, string | null>>): string {
  const given = Object.entries({ ...parameters, tz: timeZone, locale: navigator.language });
  return `/page/${path}?${new URLSearchParams(given.filter((entry): entry is [string, string] => entry[1] !== null))}`;
}
