/**
 * The host that serves the API for an address as people copy it from their browser: Lightning and Setup pages live on
 * hosts of their own. Without trailing slash.
 */
export function orgUrl(address: string): string {
  const url = new URL(address);
  url.hostname = url.hostname
    .replace(/\.lightning\.force\.com$/, ".my.salesforce.com")
    .replace(/\.my\.salesforce-setup\.com$/, ".my.salesforce.com");
  return url.origin;
}

/**
 * Whom a JWT for this login host is meant for: Salesforce takes its two login hosts; any other host (a local one) is
 * taken as it is. Source: Salesforce's help on the OAuth 2.0 JWT bearer flow.
 */
export function jwtAudience(loginUrl: string): string {
  const { hostname, origin } = new URL(loginUrl);
  if (/\.(sandbox|scratch)\.my\.salesforce\.com$/.test(hostname) || hostname === "test.salesforce.com") {
    return "https://test.salesforce.com";
  }
  return hostname.endsWith(".salesforce.com") ? "https://login.salesforce.com" : origin;
}
