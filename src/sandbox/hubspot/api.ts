import { Hono } from "hono";
import { accountRoutes } from "./account-routes.ts";
import { associationRoutes } from "./association-routes.ts";
import { batchRoutes } from "./batch-routes.ts";
import { type CallRates, createCallCounter, DEFAULT_RATES } from "./call-rates.ts";
import { answerRefusals, gateway } from "./gateway.ts";
import { limitRoutes } from "./limit-routes.ts";
import { listRoutes } from "./list-routes.ts";
import type { HubSpotAccount } from "./model.ts";
import { objectRoutes } from "./object-routes.ts";
import { ownerRoutes } from "./owner-routes.ts";
import { schemaRoutes } from "./schema-routes.ts";
import { searchRoutes } from "./search-routes.ts";

export interface HubSpotApiOptions {
  readonly rates?: Partial<CallRates>;
  /** Epoch milliseconds, for the rates; the real time unless a test needs another. */
  readonly now?: () => number;
}

/**
 * HubSpot's public API over an account, at the paths that @hubspot/api-client 14 calls (`/crm/v3/…`, `/account-info/v3/…`).
 * Refuses what HubSpot refuses, with its statuses and bodies.
 */
export function createHubSpotApi(account: HubSpotAccount, options: HubSpotApiOptions = {}): Hono {
  const now = options.now ?? Date.now;
  const app = new Hono();
  const counter = createCallCounter(account.state, { ...DEFAULT_RATES, ...options.rates });
  app.use("/crm/*", gateway(account, counter, now));
  app.use("/crm-object-schemas/*", gateway(account, counter, now));
  app.use("/account-info/*", gateway(account, counter, now));
  searchRoutes(app, account);
  batchRoutes(app, account);
  objectRoutes(app, account);
  schemaRoutes(app, account);
  ownerRoutes(app, account);
  listRoutes(app, account);
  limitRoutes(app, account);
  associationRoutes(app, account);
  accountRoutes(app, account, now);
  answerRefusals(app);
  return app;
}
