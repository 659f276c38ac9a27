import type { Context } from "hono";
import { z } from "zod";
import { ControlRefusal } from "./refusal.ts";

/** The request's JSON body, checked. An empty one counts as `{}`. */
export async function readBody<Shape>(c: Context, schema: z.ZodType<Shape>): Promise<Shape> {
  const text = await c.req.text();
  let body: unknown = {};
  if (text.trim() !== "") {
    try {
      body = JSON.parse(text);
    } catch {
      throw new ControlRefusal(400, "The body must be JSON.");
    }
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ControlRefusal(400, z.prettifyError(parsed.error));
}
