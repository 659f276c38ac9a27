import packageJson from "../../package.json" with { type: "json" };

/**
 * The one version of Salesforce's API that the bot speaks. Every org serves it; from 65.0 on the SOAP login that
 * username-password needs is gone.
 */
export const API_VERSION = "64.0";

/** Where the REST resources of that version start; subrequests of a composite need it written out. */
export const API_PATH = `/services/data/v${API_VERSION}`;

/** What the org's logs call us (`CLIENT_NAME`), by which our calls are told from HubSpot's. */
export const CLIENT_NAME = `syncwarden/${packageJson.version}`;
