import { Hono } from "hono";
import type { SlackContext } from "./context.ts";

/** Upload URLs, and private files, which a token with files:read opens; anyone else gets Slack's sign-in page. */
export function createFileTransfer(context: SlackContext): Hono {
  const app = new Hono();

  app.post("/slack/upload/:id", async (c) => {
    const content = await uploadedBytes(c.req.raw);
    if (!context.uploads.receive(c.req.param("id"), content)) return c.text("Bad upload", 400);
    return c.text(`OK - ${content.byteLength}`);
  });

  app.get("/slack/files/:id/:name", (c) => {
    const token = /^Bearer (.*)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const file = context.workspace.files.get(c.req.param("id"));
    if (!mayRead(context, token)) return c.html("<!DOCTYPE html><title>Sign in | Slack</title>");
    if (file === undefined) return c.text("File not found", 404);
    return c.body(new Uint8Array(file.content), 200, { "content-type": "text/plain; charset=utf-8" });
  });

  return app;
}

function mayRead(context: SlackContext, token: string | undefined): boolean {
  try {
    return context.tokens.check(token) === "bot" && context.installation.scopes.includes("files:read");
  } catch {
    return false;
  }
}

/** Files come as the raw body, or as the only file of a multipart form. */
async function uploadedBytes(request: Request): Promise<Uint8Array> {
  if (!(request.headers.get("content-type") ?? "").startsWith("multipart/form-data"))
    return new Uint8Array(await request.arrayBuffer());
  const form = await request.formData();
  for (const value of form.values()) {
    if (typeof value !== "string") return new Uint8Array(await value.arrayBuffer());
  }
  return new Uint8Array();
}
