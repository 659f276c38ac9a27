import type { ConnectionRefusal, OrgState } from "./model.ts";

function refusal(status: number, code: string, message: string): ConnectionRefusal {
  return { status, code, body: [{ message, errorCode: code }] };
}

const MAINTENANCE_PAGE = `<!DOCTYPE html>
<html lang="en">
<head><title>We are down for maintenance.</title></head>
<body>
<h1>We are down for maintenance.</h1>
<p>Sorry for the inconvenience. We'll be back shortly.</p>
</body>
</html>
`;

export const INVALID_SESSION = refusal(401, "INVALID_SESSION_ID", "Session expired or invalid");

/** What stops every request alike, logins too: the org can't be reached or fails. */
export function outage(state: OrgState): ConnectionRefusal | null {
  if (state.unavailable === "maintenance-page") return { status: 503, code: "MAINTENANCE_PAGE", body: MAINTENANCE_PAGE };
  if (state.unavailable === "server-unavailable") {
    return refusal(
      503,
      "SERVER_UNAVAILABLE",
      "The server is too busy to handle your request at this time. Please try again later.",
    );
  }
  if (state.serverError) {
    return refusal(
      500,
      "UNKNOWN_EXCEPTION",
      "An unexpected error occurred. Please include this ErrorId if you contact support: 1187455306-17462 (-1042613834)",
    );
  }
  return null;
}

/** What stops an API call of somebody who is logged in, in the order that Salesforce checks it. */
export function callRefusal(
  state: OrgState,
  user: { readonly active: boolean; readonly apiEnabled: boolean },
): ConnectionRefusal | null {
  if (!user.active) return INVALID_SESSION;
  if (state.apiDisabled) return refusal(403, "API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization.");
  if (!user.apiEnabled) return refusal(403, "API_CURRENTLY_DISABLED", "API is disabled for this User");
  if (state.locked === "org") return refusal(403, "ORG_LOCKED", "org has been locked");
  if (state.apiRequests.used >= state.apiRequests.max) {
    return refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
  }
  return null;
}
