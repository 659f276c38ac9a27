import { type Logger as BoltLogger, LogLevel } from "@slack/logger";
import type { Logger } from "pino";

const SECRETS = /xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|wss?:\/\/\S*ticket\S*|https:\/\/hooks\.slack\.com\/\S+/gi;

/**
 * Bolt's log lines in ours. Its debug lines hold whole payloads with response addresses and trigger ids, so they are left out
 * whatever our own level is; tokens are taken out of the rest.
 */
export function createBoltLogger(logger: Logger): BoltLogger {
  const write = (level: "info" | "warn" | "error", parts: readonly unknown[]) => {
    logger[level]({ slack: withoutSecrets(parts.map(describe).join(" ")) }, "Slack client");
  };
  return {
    debug: () => undefined,
    info: (...parts) => write("info", parts),
    warn: (...parts) => write("warn", parts),
    error: (...parts) => write("error", parts),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

export function withoutSecrets(text: string): string {
  return text.replace(SECRETS, "[secret]");
}

function describe(part: unknown): string {
  if (part instanceof Error) return part.message;
  return typeof part === "string" ? part : "";
}
