import type { Context, Hono } from "hono";
import { notFound } from "./api-refusal.ts";
import { requireScope } from "./gateway.ts";
import type { HubSpotAccount, Owner } from "./model.ts";
import { nextPage, pageCursor, pageSize, queryFlag } from "./request-reading.ts";

const OWNER_SINCE = "2024-01-15T09:00:00.000Z";
const OWNERS_SCOPE = ["crm.objects.owners.read"];

/** An owner as HubSpot's `PublicOwner`; a deactivated user keeps only `userIdIncludingInactive`. */
function ownerAnswer(owner: Owner): Readonly<Record<string, unknown>> {
  const userId = Number(owner.id) - 20_000_000;
  return {
    id: owner.id,
    email: owner.email,
    firstName: owner.firstName,
    lastName: owner.lastName,
    type: "PERSON",
    ...(owner.archived ? {} : { userId }),
    userIdIncludingInactive: userId,
    createdAt: OWNER_SINCE,
    updatedAt: OWNER_SINCE,
    archived: owner.archived,
  };
}

/** `/crm/v3/owners`, by email and page; archived ones only when asked for. */
export function ownerRoutes(app: Hono, account: HubSpotAccount): void {
  function list(context: Context): Response {
    requireScope(account, OWNERS_SCOPE);
    const limit = pageSize(context, 100, 500);
    const email = context.req.query("email")?.toLowerCase();
    const after = pageCursor(context);
    const found = account
      .owners()
      .filter((owner) => owner.archived === queryFlag(context, "archived"))
      .filter((owner) => email === undefined || owner.email.toLowerCase() === email)
      .filter((owner) => after === null || Number(owner.id) > Number(after));
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return context.json({
      results: shown.map(ownerAnswer),
      ...(found.length > limit && last ? { paging: nextPage(context, last.id) } : {}),
    });
  }

  // The client calls the path with a slash at its end, the documents name it without.
  app.get("/crm/v3/owners", list);
  app.get("/crm/v3/owners/", list);
  app.get("/crm/v3/owners/:ownerId", (context) => {
    requireScope(account, OWNERS_SCOPE);
    const wanted = context.req.param("ownerId");
    const byUser = context.req.query("idProperty") === "userId";
    const owner = account
      .owners()
      .filter(({ archived }) => archived === queryFlag(context, "archived"))
      .find(({ id }) => (byUser ? String(Number(id) - 20_000_000) : id) === wanted);
    if (!owner) throw notFound("resource not found");
    return context.json(ownerAnswer(owner));
  });
}
