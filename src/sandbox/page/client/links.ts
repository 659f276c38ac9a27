import { element } from "./dom.ts";
import { showPane } from "./panes.ts";
import { addressOf } from "./state.ts";
import { chooseTab } from "./tabs.ts";
import { toast } from "./toast.ts";

const hubspotObjects: Readonly<Record<string, string>> = {
  "0-1": "contacts",
  "0-2": "companies",
  "0-3": "deals",
  "0-27": "tasks",
};
const salesforceObjects: Readonly<Record<string, string>> = {
  "003": "Contact",
  "00Q": "Lead",
  "001": "Account",
  "006": "Opportunity",
  "00T": "Task",
};

/**
 * Opens an address of the simulated CRMs here: they have no screens elsewhere. False where it is another address,
 * which the browser opens as always.
 */
export function openAddress(address: string): boolean {
  const { host, pathname } = new URL(address, location.href);
  const inHubSpot = /(?:^|\.)hubspot\.com$/.test(host);
  const inSalesforce = host === location.host || /\.(?:salesforce|force)\.com$/.test(host);
  const [, type = "", hubspotId = ""] = /\/record\/(0-\d+)\/(\d+)/.exec(pathname) ?? [];
  const hubspotObject = hubspotObjects[type];
  if (inHubSpot && hubspotObject !== undefined) return show("hubspot", hubspotObject, hubspotId);
  const [, salesforceId = ""] = /\/((?:003|00Q|001|006|00T)[a-zA-Z0-9]{12,15})(?:\/|$)/.exec(pathname) ?? [];
  const salesforceObject = salesforceObjects[salesforceId.slice(0, 3)];
  if (inSalesforce && salesforceObject !== undefined) return show("salesforce", salesforceObject, salesforceId);
  if (!inHubSpot) return false;
  const world = element("world", HTMLElement);
  world.classList.remove("world-called");
  requestAnimationFrame(() => world.classList.add("world-called"));
  showPane("world");
  chooseTab("tab-truth");
  toast("With a real account this opens HubSpot's Sync Health. Here, the panel called The world stands for it.");
  return true;
}

function show(system: string, object: string, id: string): true {
  location.hash = addressOf({ kind: "record", system, object, id });
  return true;
}
