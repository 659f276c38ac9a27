import { constants, existsSync } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import type { Config, ConnectionSettings } from "./config/config.ts";
import type { Environment } from "./config/environment.ts";
import { loadConfig } from "./config/load.ts";
import { ConfigurationError } from "./config/mistakes.ts";
import { systemClock } from "./health/clock.ts";
import { RefusedError } from "./health/refusal.ts";
import { createHubSpot } from "./hubspot/client.ts";
import { createLogger } from "./operations/logger.ts";
import { createSalesforce } from "./salesforce/client.ts";
import { checkSlack } from "./slack/check.ts";
import { openStore } from "./store/database.ts";
import { DirectoryInUseError } from "./store/lock.ts";

/** One thing looked at: what was found, or what is wrong and what to do. */
interface Check {
  readonly what: string;
  run(): Promise<string>;
}

/**
 * Looks at everything the bot needs and tells all that is wrong at once. Writes nothing to the services.
 * @returns whether all is well.
 */
export async function doctor(environment: Environment, print: (line: string) => void): Promise<boolean> {
  let config: Config;
  try {
    config = loadConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    print(`✗ ${error.message}`);
    print("Mend these first: without them the services can't be looked at.");
    return false;
  }
  print(`✓ Configuration: ${config.connections.length} connection(s), ${config.channels.length} channel subscription(s)`);
  const results = await Promise.all(checksOf(config).map(runCheck));
  for (const { line } of results) print(line);
  return results.every(({ ok }) => ok);
}

function checksOf(config: Config): Check[] {
  return [
    { what: "Database", run: () => checkStore(config) },
    { what: "Slack", run: () => checkSlack(config.slack) },
    ...config.connections.flatMap((settings) => [
      { what: `HubSpot (${settings.name})`, run: () => checkHubSpot(settings) },
      { what: `Salesforce (${settings.name})`, run: () => checkSalesforce(settings) },
    ]),
  ];
}

async function runCheck({ what, run }: Check): Promise<{ readonly ok: boolean; readonly line: string }> {
  try {
    return { ok: true, line: `✓ ${what}: ${await run()}` };
  } catch (error) {
    return { ok: false, line: `✗ ${what}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function checkStore({ store }: Config): Promise<string> {
  if ("dataDirectory" in store) return checkDataDirectory(store.dataDirectory);
  const opened = await openStore(store);
  await opened.close();
  return "the PostgreSQL server answers";
}

/** Opens a database that is there already; of one that is still to be made, sees whether it can be. */
async function checkDataDirectory(dataDirectory: string): Promise<string> {
  if (!existsSync(dataDirectory)) {
    await access(nearestExisting(dataDirectory), constants.W_OK).catch((error: unknown) => {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      throw new Error(
        `the data directory ${dataDirectory} can't be made (${code}). Choose another with SYNCWARDEN_DATA, or set DATABASE_URL.`,
      );
    });
    return `the data directory ${dataDirectory} can be made`;
  }
  try {
    const opened = await openStore({ dataDirectory });
    await opened.close();
  } catch (error) {
    if (!(error instanceof DirectoryInUseError)) throw error;
    return `the data directory ${dataDirectory} is in use by process ${error.pid}, as it is while Syncwarden runs`;
  }
  return `the data directory ${dataDirectory} can be used`;
}

function nearestExisting(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) || parent === path ? parent : nearestExisting(parent);
}

async function checkHubSpot(settings: ConnectionSettings): Promise<string> {
  const hubspot = createHubSpot(settings.hubspot, { clock: systemClock, logger: createLogger("error") });
  try {
    const account = await hubspot.account();
    for (const object of settings.objects) {
      const known = await hubspot.properties(object);
      const missing = settings.mappings.filter((mapping) => mapping.object === object && !(mapping.hubspotProperty in known));
      if (missing.length > 0) {
        const names = missing.map((mapping) => mapping.hubspotProperty).join(", ");
        throw new Error(`mapped ${object} properties that do not exist: ${names}. Correct the mappings in syncwarden.yaml.`);
      }
    }
    return `account ${account.portalId} at ${account.uiDomain}`;
  } catch (error) {
    throw instructed(error, "Check the token and its scopes: the README's table lists those that are needed.");
  }
}

async function checkSalesforce(settings: ConnectionSettings): Promise<string> {
  const salesforce = createSalesforce(settings.salesforce, { clock: systemClock, logger: createLogger("error") });
  try {
    const identity = await salesforce.identity();
    const probe = await salesforce.probe({ limits: true, changes: [], describe: null });
    if (probe.state === "unusable") throw new RefusedError(probe.refusal);
    const calls = probe.limits
      ? `, ${probe.limits.apiRequests.remaining} of ${probe.limits.apiRequests.max} API calls left today`
      : "";
    return `${identity.organizationName} as ${identity.username}${calls}`;
  } catch (error) {
    throw instructed(
      error,
      "Check the login URL, the app's consumer key and secret, and that it runs as HubSpot's integration user.",
    );
  }
}

function instructed(error: unknown, instruction: string): Error {
  if (!(error instanceof RefusedError)) return error instanceof Error ? error : new Error(String(error));
  return new Error(`${error.message}. ${instruction}`, { cause: error });
}
