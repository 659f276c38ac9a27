import type { ServiceName } from "./exchange.ts";

const ROOTS: Readonly<Record<ServiceName, readonly string[]>> = {
  slack: ["/api", "/slack"],
  salesforce: ["/services", "/id"],
  hubspot: ["/crm", "/crm-object-schemas", "/account-info", "/oauth", "/integrations"],
};

/** Whose path this is; null for the sandbox's own. */
export function serviceOf(path: string): ServiceName | null {
  for (const service of ["slack", "salesforce", "hubspot"] as const) {
    if (ROOTS[service].some((root) => path === root || path.startsWith(`${root}/`))) return service;
  }
  return null;
}
