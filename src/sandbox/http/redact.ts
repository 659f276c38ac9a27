const SECRET_NAME = /(?:^|_|[a-z])(?:token|secret|password|assertion|signature|code_verifier|ticket|sessionId)$/i;
/** Tokens of any of the three services, wherever they stand in a text. */
const SECRET_TEXT = /\bxox[a-z]-[\w-]+|\bxapp-[\w-]+|\bpat-[\w-]+|\b00D\w{12,15}![\w.]+/g;
const SECRET_IN_URL = /([?&](?:ticket|token|access_token|code)=)[^&\s"]+/gi;
/** What Slack gives out to open one WebSocket with. */
const SECRET_IN_PATH = /(\/slack\/socket\/)[\w-]+/g;
const SECRET_IN_XML = /(<(?:\w+:)?(?:password|sessionId)>)[^<]*(<)/gi;

export const REDACTED = "[redacted]";

/** A value without its secrets: by the name of what holds them and by the form of the text. */
export function redact(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      name,
      typeof held === "string" && SECRET_NAME.test(name) ? REDACTED : redact(held),
    ]),
  );
}

export function redactText(text: string): string {
  return text
    .replaceAll(SECRET_TEXT, REDACTED)
    .replaceAll(SECRET_IN_URL, `$1${REDACTED}`)
    .replaceAll(SECRET_IN_PATH, `$1${REDACTED}`)
    .replaceAll(SECRET_IN_XML, `$1${REDACTED}$2`);
}
