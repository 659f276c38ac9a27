import type { Context, Hono, MiddlewareHandler } from "hono";
import { ApiRefusal, errorBody, notFound } from "./api-refusal.ts";
import { type CallCounter, rateLimitBody } from "./call-rates.ts";
import type { HubSpotAccount } from "./model.ts";

const AUTHENTICATION_HELP =
  "This API supports OAuth 2.0 authentication and you can find more details at " +
  "https://developers.hubspot.com/docs/methods/auth/oauth-overview";
const SCOPES_PAGE = "https://developers.hubspot.com/scopes";

function isSearch(context: Context): boolean {
  return /^\/crm\/v3\/objects\/[^/]+\/search$/.test(context.req.path);
}

function refuseUnknown(context: Context, account: HubSpotAccount): void {
  const token = /^Bearer (\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  if (token === account.token && !account.state.tokenRevoked) return;
  const found = token === undefined ? "Authentication credentials not found." : "The access token is invalid.";
  throw new ApiRefusal({ status: 401, category: "INVALID_AUTHENTICATION", message: `${found} ${AUTHENTICATION_HELP}` });
}

/** What every request passes first: who calls, and whether within the rates. */
export function gateway(account: HubSpotAccount, counter: CallCounter, now: () => number): MiddlewareHandler {
  return async (context, next) => {
    refuseUnknown(context, account);
    const search = isSearch(context);
    const exceeded = counter.take(search, now());
    if (!search) for (const [name, value] of Object.entries(counter.headers(now()))) context.header(name, value);
    if (exceeded) return context.json(rateLimitBody(exceeded), 429);
    await next();
  };
}

/** Refuses a call whose token has none of the scopes that the endpoint takes. */
export function requireScope(account: HubSpotAccount, anyOf: readonly string[]): void {
  if (anyOf.some((scope) => account.state.scopes.has(scope))) return;
  throw new ApiRefusal(
    {
      status: 403,
      category: "MISSING_SCOPES",
      message: `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${SCOPES_PAGE}.`,
      errors: [{ message: "One or more of the following scopes are required.", context: { requiredGranularScopes: anyOf } }],
    },
    { scopes: SCOPES_PAGE },
  );
}

/** Answers refusals and unknown paths as HubSpot does; anything else is a fault of the sandbox itself. */
export function answerRefusals(app: Hono): void {
  app.onError((error, context) => {
    if (!(error instanceof ApiRefusal)) throw error;
    return context.body(JSON.stringify(errorBody(error.refusal, error.links)), error.refusal.status as 400, {
      "content-type": "application/json;charset=utf-8",
    });
  });
  app.all("/crm/*", refuseUnknownPath);
  app.all("/crm-object-schemas/*", refuseUnknownPath);
  app.all("/account-info/*", refuseUnknownPath);
}

function refuseUnknownPath(context: Context): never {
  throw notFound(`There is no endpoint ${context.req.method} ${context.req.path}.`);
}
