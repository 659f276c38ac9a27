import type { Context } from "hono";
import type { z } from "zod";
import { invalidRequest, notFound } from "./api-refusal.ts";
import type { ObjectType } from "./model.ts";

const OBJECT_TYPE_IDS: Readonly<Record<string, ObjectType>> = {
  contacts: "contacts",
  contact: "contacts",
  "0-1": "contacts",
  companies: "companies",
  company: "companies",
  "0-2": "companies",
  deals: "deals",
  deal: "deals",
  "0-3": "deals",
  tasks: "tasks",
  task: "tasks",
  "0-27": "tasks",
};

/** HubSpot takes an object type by its name or its id; null: there is none of that name. */
export function objectTypeNamed(given: string): ObjectType | null {
  return OBJECT_TYPE_IDS[given] ?? null;
}

/** The object type that a path names. */
export function objectType(context: Context, parameter = "objectType"): ObjectType {
  const given = context.req.param(parameter) ?? "";
  const object = objectTypeNamed(given);
  if (!object) throw notFound(`Unable to infer object type from: ${given}`);
  return object;
}

/** The JSON body in its schema; keys that the schema lacks are refused. */
export async function readBody<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await context.req.text();
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  throw invalidRequest(`Invalid input JSON: ${faults.join("; ")}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest("Invalid input JSON on line 1, column 1: the body is no JSON.");
  }
}

/** A list in the query: repeated, comma-separated or both. */
export function queryList(context: Context, name: string): readonly string[] {
  return (context.req.queries(name) ?? []).flatMap((part) => part.split(",")).filter((part) => part !== "");
}

export function queryFlag(context: Context, name: string): boolean {
  return context.req.query(name) === "true";
}

/** A page size; HubSpot refuses one outside its bounds. */
export function pageSize(context: Context, fallback: number, most: number): number {
  const given = context.req.query("limit");
  if (given === undefined) return fallback;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  throw invalidRequest(`limit must be a number from 1 to ${most}, but was ${given}.`);
}

/** A cursor of a page, a number in the sandbox's answers. */
export function pageCursor(context: Context): string | null {
  const after = context.req.query("after");
  if (after === undefined || after === "") return null;
  if (/^\d+$/.test(after)) return after;
  throw invalidRequest(`Cannot deserialize value of after: ${after} is not a valid cursor.`);
}

/** `paging` of an answer with more to come: the same request again with `after`. */
export function nextPage(context: Context, after: string): { readonly next: { readonly after: string; readonly link: string } } {
  const url = new URL(context.req.url);
  url.searchParams.set("after", after);
  return { next: { after, link: url.toString() } };
}
