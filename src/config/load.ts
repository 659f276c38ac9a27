import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseDocument } from "yaml";
import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorCategory } from "../health/sync-errors.ts";
import { CADENCE_FORMS, parseCadence } from "./cadence.ts";
import type { ChannelSettings, Config, ConnectionSettings } from "./config.ts";
import { type Environment, EnvironmentReader, readPort, readSalesforceLogin, readSlackSettings } from "./environment.ts";
import { type ConfigurationFile, type ConnectionInFile, fileSchema } from "./file.ts";
import { resolveMappings } from "./mappings.ts";
import { ConfigurationError, type Mistake, mistakesOf } from "./mistakes.ts";
import { parseTimeRange } from "./time-words.ts";

const DEFAULT_FILE = "syncwarden.yaml";

/**
 * Reads the configuration: syncwarden.yaml (or the file that `SYNCWARDEN_CONFIG` names; without either, its defaults) and the
 * secrets in the environment.
 * @throws ConfigurationError with every mistake there is.
 */
export function loadConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  const named = reader.optional("SYNCWARDEN_CONFIG");
  const path = resolve(named ?? DEFAULT_FILE);
  const mistakes: Mistake[] = [];
  const file = readFile(path, named ?? DEFAULT_FILE, named !== undefined, mistakes);
  const slack = readSlackSettings(reader);
  const store = readStore(reader);
  const operationsPort = reader.optional("OPERATIONS_PORT")
    ? readPort(reader, "OPERATIONS_PORT", 0)
    : (file?.operationsPort ?? null);
  const connections =
    file?.connections.map((connection, index) => readConnection(connection, index, file, path, reader, mistakes)) ?? [];
  if (file) checkAcross(file, named ?? DEFAULT_FILE, mistakes);
  const channels = file?.channels.map((channel, index) => readChannel(channel, index, named ?? DEFAULT_FILE, mistakes)) ?? [];
  const all = [...mistakes, ...reader.mistakes];
  if (!file || all.length > 0) throw new ConfigurationError(all);
  return {
    connections,
    slack,
    roles: file.roles,
    channels,
    store,
    language: file.language,
    logLevel: file.logLevel,
    operationsPort,
  };
}

function readFile(path: string, name: string, mustExist: boolean, mistakes: Mistake[]): ConfigurationFile | null {
  if (!existsSync(path)) {
    if (mustExist)
      mistakes.push({
        path: "SYNCWARDEN_CONFIG",
        source: "environment",
        found: name,
        expected: "the path of a file that exists",
      });
    return mustExist ? null : fileSchema.parse({});
  }
  const document = parseDocument(readFileSync(path, "utf8"));
  for (const error of document.errors) {
    const line = error.linePos?.[0].line ?? 1;
    mistakes.push({
      path: `line ${line}`,
      source: name,
      found: error.message.split("\n")[0] ?? error.code,
      expected: "well-formed YAML",
    });
  }
  if (document.errors.length > 0) return null;
  const parsed = fileSchema.safeParse(document.toJS() ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  mistakes.push(...mistakesOf(parsed.error, name));
  return null;
}

function readConnection(
  connection: ConnectionInFile,
  index: number,
  file: ConfigurationFile,
  path: string,
  reader: EnvironmentReader,
  mistakes: Mistake[],
): ConnectionSettings {
  const suffix = file.connections.length > 1 ? `_${connection.name.toUpperCase().replaceAll("-", "_")}` : "";
  const { hubspot, salesforce } = connection;
  return {
    name: connection.name,
    hubspot: {
      apiUrl: reader.url("HUBSPOT_API_URL", hubspot.apiUrl ?? "https://api.hubapi.com"),
      token: reader.required(`HUBSPOT_TOKEN${suffix}`, "a HubSpot service key (or private app token)"),
      tokenExpires: hubspot.tokenExpires,
      inclusionList: hubspot.inclusionList ?? null,
    },
    salesforce: {
      loginUrl: reader.url(`SALESFORCE_LOGIN_URL${suffix}`, salesforce.loginUrl ?? "https://login.salesforce.com"),
      login: readSalesforceLogin(reader, suffix),
      loginExpires: salesforce.loginExpires,
    },
    mappings: resolveMappings(connection, `connections[${index}]`, path, mistakes),
    objects: connection.objects,
    createContactsAs: connection.createContactsAs === "nothing" ? null : connection.createContactsAs,
    poll: connection.poll,
    graceMs: connection.grace,
    stallMs: connection.stall,
    requestsExpireMs: connection.requestsExpire,
    resync: connection.resync,
    diagnosis: { rolledBackWrites: connection.diagnosis.rolledBackWrites, retryAfterMs: connection.diagnosis.retryAfter },
    audit: {
      ...connection.audit,
      shareOfDailyLimit: connection.audit.shareOfDailyLimit ?? connection.budget.shareOfDailyLimit / 2,
    },
    budget: connection.budget,
    warnings: {
      callsWithinMs: connection.warnings.callsWithin,
      rateOverMs: connection.warnings.rateOver,
      storageAbove: connection.warnings.storageAbove,
      allocationAbove: connection.warnings.allocationAbove,
      credentialsWithinMs: connection.warnings.credentialsWithin,
    },
    ownerMessages: readOwnerMessages(connection.ownerMessages, `connections[${index}].ownerMessages`, path, mistakes),
    allocation: connection.allocation,
  };
}

function readOwnerMessages(
  text: string | null,
  path: string,
  source: string,
  mistakes: Mistake[],
): ConnectionSettings["ownerMessages"] {
  const cadence = text === null ? null : parseCadence(text, "UTC");
  if (cadence?.kind === "daily" || cadence?.kind === "weekdays") return cadence;
  if (text !== null)
    mistakes.push({ path, source, found: text, expected: "once a day at most: daily 9am Europe/Oslo, or weekdays at 9" });
  return null;
}

function readChannel(
  channel: ConfigurationFile["channels"][number],
  index: number,
  source: string,
  mistakes: Mistake[],
): ChannelSettings {
  const cadence = parseCadence(channel.notify, channel.timeZone);
  if (!cadence) mistakes.push({ path: `channels[${index}].notify`, source, found: channel.notify, expected: CADENCE_FORMS });
  const hours = channel.quietHours === null ? null : parseTimeRange(channel.quietHours);
  if (channel.quietHours !== null && hours === null) {
    const expected = "two different times of day, such as 22:00 to 07:00";
    mistakes.push({ path: `channels[${index}].quietHours`, source, found: channel.quietHours, expected });
  }
  const timeZone = cadence !== null && cadence.kind !== "immediate" ? cadence.timeZone : channel.timeZone;
  return {
    channel: channel.channel,
    connection: channel.connection,
    cadence: cadence ?? { kind: "immediate" },
    // Which ones there are is checked across the file.
    categories: channel.categories as SyncErrorCategory[] | null,
    objects: channel.objects,
    atLeast: channel.atLeast,
    quietWhenHealthy: channel.quietWhenHealthy,
    quietHours: hours && { ...hours, timeZone },
    changes: channel.changes,
    language: channel.language,
    reminder: channel.reminder && { channel: channel.reminder.channel, afterMs: channel.reminder.after },
  };
}

/** What one value alone can't show: names used twice or pointing nowhere, a touched property that isn't mapped. */
function checkAcross(file: ConfigurationFile, source: string, mistakes: Mistake[]): void {
  const names = file.connections.map(({ name }) => name);
  for (const [index, connection] of file.connections.entries()) {
    const path = `connections[${index}]`;
    if (names.indexOf(connection.name) !== index) {
      mistakes.push({ path: `${path}.name`, source, found: connection.name, expected: "a name that no other connection has" });
    }
    const { audit, budget } = connection;
    if (audit.shareOfDailyLimit !== null && audit.shareOfDailyLimit > budget.shareOfDailyLimit) {
      const expected = `at most ${budget.shareOfDailyLimit}, the budget.shareOfDailyLimit that all of Syncwarden keeps to`;
      mistakes.push({ path: `${path}.audit.shareOfDailyLimit`, source, found: String(audit.shareOfDailyLimit), expected });
    }
    const { strategy, touchProperties } = connection.resync;
    const missing = connection.objects.filter((object) => strategy === "touch" && touchProperties[object] === undefined);
    for (const object of missing) {
      const expected = `a mapped ${object} property to touch (or strategy: write)`;
      mistakes.push({ path: `${path}.resync.touchProperties.${object}`, source, found: "nothing", expected });
    }
    for (const [object, property] of Object.entries(touchProperties)) {
      const mapped =
        !Array.isArray(connection.mappings) ||
        connection.mappings.some((mapping) => mapping.object === object && mapping.hubspotProperty === property);
      if (mapped) continue;
      const expected = "a property that one of the mappings names: the native sync reacts to mapped properties alone";
      mistakes.push({ path: `${path}.resync.touchProperties.${object}`, source, found: property, expected });
    }
  }
  for (const [index, channel] of file.channels.entries()) {
    if (channel.connection !== null && !names.includes(channel.connection)) {
      mistakes.push({
        path: `channels[${index}].connection`,
        source,
        found: channel.connection,
        expected: `one of ${names.join(", ")}`,
      });
    }
    for (const category of channel.categories ?? []) {
      if (category in SYNC_ERROR_TYPES_BY_CATEGORY) continue;
      const expected = `categories out of ${Object.keys(SYNC_ERROR_TYPES_BY_CATEGORY).join(", ")}`;
      mistakes.push({ path: `channels[${index}].categories`, source, found: category, expected });
    }
  }
}

/** Where the database is, for commands that need nothing else. */
export function readStoreSettings(environment: Environment): Config["store"] {
  const reader = new EnvironmentReader(environment);
  const store = readStore(reader);
  if (reader.mistakes.length > 0) throw new ConfigurationError(reader.mistakes);
  return store;
}

function readStore(reader: EnvironmentReader): Config["store"] {
  const databaseUrl = reader.optional("DATABASE_URL");
  if (databaseUrl === undefined) return { dataDirectory: resolve(reader.optional("SYNCWARDEN_DATA") ?? "data") };
  if (!/^postgres(?:ql)?:\/\//.test(databaseUrl)) {
    reader.mistakes.push({
      path: "DATABASE_URL",
      source: "environment",
      found: "another form",
      expected: "postgresql://user:password@host/database",
    });
  }
  return { databaseUrl };
}
