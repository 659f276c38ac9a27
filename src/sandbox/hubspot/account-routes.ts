import type { Hono } from "hono";
import { nextReset } from "./call-rates.ts";
import { requireScope } from "./gateway.ts";
import type { HubSpotAccount } from "./model.ts";
import { objectType } from "./request-reading.ts";

const ANY_TOKEN = ["oauth"];
/** Most associations between two records' types that HubSpot allows one record of contacts, companies or deals. */
const ASSOCIATION_LIMIT = 50_000;

/** `/account-info/v3/…` and `/crm/v3/limits/…`: neither is in the client, both are called as plain requests. */
export function accountRoutes(app: Hono, account: HubSpotAccount, now: () => number): void {
  app.get("/account-info/v3/details", (context) => {
    requireScope(account, ANY_TOKEN);
    return context.json({
      portalId: account.portalId,
      accountType: "STANDARD",
      timeZone: "UTC",
      companyCurrency: "USD",
      additionalCurrencies: [],
      utcOffset: "+00:00",
      utcOffsetMilliseconds: 0,
      uiDomain: "app.hubspot.com",
      dataHostingLocation: "na1",
    });
  });

  app.get("/account-info/v3/api-usage/daily/private-apps", (context) => {
    requireScope(account, ANY_TOKEN);
    return context.json({
      results: [
        {
          name: "private-apps-api-calls-daily",
          usageLimit: account.state.dailyLimit,
          currentUsage: account.state.dailyUsed,
          collectedAt: new Date(now()).toISOString(),
          fetchStatus: "SUCCESS",
          resetsAt: nextReset(now()).toISOString(),
        },
      ],
    });
  });

  // Records of the sandbox have no associations, so none is near a limit.
  app.get("/crm/v3/limits/associations/records/from", (context) => context.json({ results: [] }));
  app.get("/crm/v3/limits/associations/records/:from/to", (context) => {
    objectType(context, "from");
    return context.json({ results: [] });
  });
  app.get("/crm/v3/limits/associations/records/:from/:to", (context) => {
    objectType(context, "from");
    objectType(context, "to");
    return context.json({
      limit: ASSOCIATION_LIMIT,
      totalRecordsNearLimit: 0,
      totalRecordsAtLimit: 0,
      nearLimitFromRecordSamples: [],
      atLimitFromRecordSamples: [],
    });
  });
}
