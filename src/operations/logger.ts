import { type Logger, pino } from "pino";
import type { Config } from "../config/config.ts";

/** Keys whose values never reach the log, at any of the depths that our objects have. */
const SECRET_KEYS = [
  "token",
  "botToken",
  "appToken",
  "signingSecret",
  "clientSecret",
  "privateKey",
  "password",
  "accessToken",
  "authorization",
  "Authorization",
  "databaseUrl",
];
const REDACTED = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** Tokens of the services in free text, such as an error's message. */
const SECRET_FORMS = /xox[abposer]-[\w-]+|xapp-[\w-]+|pat-[\w-]{8,}|00D[A-Za-z0-9]{12,15}![\w.]+|postgres(?:ql)?:\/\/[^@\s]+@/g;

/** JSON lines on standard output, with secrets taken out by key and by form. */
export function createLogger(level: Config["logLevel"], destination?: { write(line: string): void }): Logger {
  const stream = destination ?? process.stdout;
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: REDACTED, censor: "[secret]" } },
    { write: (line: string) => void stream.write(line.replace(SECRET_FORMS, "[secret]")) },
  );
}
