import type { Context } from "hono";
import { isRecord } from "../block-kit/shape.ts";
import { refuse, refuseWith } from "./refusal.ts";

/** The arguments of a call, whichever way they came: a query, a form (nested values as JSON text) or a JSON body. */
export interface Arguments {
  has(name: string): boolean;
  /** Undefined where absent or empty; numbers and booleans of a JSON body become text. */
  string(name: string): string | undefined;
  /** `invalid_arguments` where it is absent. */
  needed(name: string): string;
  flag(name: string): boolean;
  /** `invalid_limit` where it isn't a number of 1 or more; `most` caps it. */
  limit(usual: number, most: number): number;
  /** A nested value, parsed; `refusal` where it is text that is not JSON. */
  json(name: string, refusal: string): unknown;
}

/** Reads a request's arguments. Refuses with `invalid_json` or `json_not_object` where a JSON body is none. */
export async function readArguments(c: Context): Promise<Arguments> {
  const query = c.req.query();
  if (c.req.method === "GET") return argumentsOf(query);
  const type = c.req.header("content-type") ?? "";
  if (type.startsWith("application/json")) return argumentsOf({ ...query, ...parsedBody(await c.req.text()) });
  if (type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data")) {
    return argumentsOf({ ...query, ...(await c.req.parseBody()) });
  }
  if ((await c.req.text()) !== "") refuse("invalid_post_type");
  return argumentsOf(query);
}

function parsedBody(body: string): Readonly<Record<string, unknown>> {
  if (body.trim() === "") return {};
  const value = parseJson(body);
  if (value === undefined) refuse("invalid_json");
  if (!isRecord(value)) refuse("json_not_object");
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Arguments that are an object already. */
export function argumentsOf(given: Readonly<Record<string, unknown>>): Arguments {
  function string(name: string): string | undefined {
    const value = given[name];
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    return typeof value === "string" && value !== "" ? value : undefined;
  }
  return {
    has: (name) => given[name] !== undefined && given[name] !== null,
    string,
    needed(name) {
      return string(name) ?? refuseWith("invalid_arguments", [`missing required field: ${name}`]);
    },
    flag: (name) => ["true", "1"].includes(string(name) ?? ""),
    limit(usual, most) {
      const text = string("limit");
      if (text === undefined) return usual;
      const limit = Number(text);
      if (!Number.isInteger(limit) || limit < 1) refuse("invalid_limit");
      return Math.min(limit, most);
    },
    json(name, refusal) {
      const value = given[name];
      if (typeof value !== "string") return value ?? undefined;
      if (value === "") return undefined;
      return parseJson(value) ?? refuse(refusal);
    },
  };
}
