import type { ConnectionLinks } from "../health/report.ts";
import type { ConnectionIdentity } from "../store/schema.ts";

/**
 * Where a connection's screens and records are. The integration's own settings, with the Sync Health tab, stand under
 * `/integrations-settings/{portal}/installed/salesforce`, records under `/contacts/{portal}/record/…`.
 */
export function connectionLinks(identity: ConnectionIdentity | null): ConnectionLinks {
  const { portalId = null, uiDomain = null, instanceUrl = null } = identity ?? {};
  const hubspot = portalId !== null && uiDomain !== null;
  return {
    syncHealth: hubspot ? `https://${uiDomain}/integrations-settings/${portalId}/installed/salesforce` : null,
    hubspotBase: hubspot ? `https://${uiDomain}/contacts/${portalId}` : null,
    salesforceBase: instanceUrl,
  };
}
