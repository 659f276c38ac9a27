import type { Hono } from "hono";
import { nextReset } from "./call-rates.ts";
import { requireScope } from "./gateway.ts";
import type { HubSpotAccount } from "./model.ts";

const ANY_TOKEN = ["oauth"];

/** `/account-info/v3/…`, which the client doesn't have: called as plain requests. */
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
}
