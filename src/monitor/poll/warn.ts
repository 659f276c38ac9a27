import type { ApiSample } from "../../health/api-forecast.ts";
import { fieldRisks, isStillAtRisk } from "../../health/field-risks.ts";
import { allocationWarning, callsWarning, credentialsWarning, storageWarning } from "../../health/limit-warnings.ts";
import type { Warning } from "../../health/warnings.ts";
import type { SalesforceObjectSchema } from "../../records/schema.ts";
import type { OrgLimits } from "../../salesforce/salesforce.ts";
import type { StoredConnectionState } from "../../store/connection-state.ts";
import { type StoredWarning, standingWarnings } from "../../store/warnings.ts";
import { rateSamples } from "../api-samples.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { salesforceObjects } from "./fields.ts";
import type { SeenWarnings } from "./record-warnings.ts";
import { riskyRules } from "./risky-rules.ts";
import type { SchemaCache } from "./schema.ts";

/** How long a field's warning stands at most: by then its records have been met, or it is how people want it. */
const FIELD_WARNING_MS = 7 * 86_400_000;

export interface Watched {
  readonly context: MonitorContext;
  readonly connection: Connection;
  readonly state: StoredConnectionState | null;
  readonly cache: SchemaCache;
  /** Null where they were not asked for, or may not be seen. */
  readonly limits: OrgLimits | null;
  /** Whether changed validation rules are asked for in this poll, in place of the limits. */
  readonly asksForRules: boolean;
  /** Whether mapped fields are looked at and rules tried: the sync works, and there are calls for it. */
  readonly mayTry: boolean;
  readonly now: Date;
}

/**
 * What will go wrong unless somebody acts. Costs a call of the Tooling API in the polls that leave out `/limits` for it, and
 * two more for each validation rule that has changed. Rejects with `RefusedError` where those are refused.
 */
export async function lookAhead(watched: Watched): Promise<SeenWarnings> {
  const { context, connection, limits, now } = watched;
  const { settings } = connection;
  const standing = await standingWarnings(context.db, settings.name);
  const stands = (key: string) => standing.some((warning) => warning.key === key);
  const found: (Warning | null)[] = [];
  const looked = new Set(["credentials-expiring:hubspot", "credentials-expiring:salesforce"]);
  const { hubspot, salesforce, warnings, allocation } = settings;
  found.push(credentialsWarning({ system: "hubspot", expires: hubspot.tokenExpires }, warnings, now));
  found.push(credentialsWarning({ system: "salesforce", expires: salesforce.loginExpires }, warnings, now));

  const samples = await recentUse(watched);
  found.push(callsWarning(samples, warnings, stands("calls-running-out"), now));
  // What has come true is a suspension's matter, and its warning no less right.
  const last = samples.at(-1);
  if (last !== undefined && last.used < last.max) looked.add("calls-running-out");

  for (const storage of ["data", "file"] as const) {
    const limit = (storage === "data" ? limits?.dataStorageMb : limits?.fileStorageMb) ?? null;
    found.push(storageWarning(storage, limit, warnings, stands(`storage-nearly-full:${storage}`), now));
    if (limit !== null && limit.remaining > 0) looked.add(`storage-nearly-full:${storage}`);
  }
  const share = watched.cache.get("salesforce:share") ?? null;
  found.push(allocationWarning(share, allocation, warnings, stands("allocation-nearly-used"), now));
  if (allocation === null || (share !== null && share < allocation)) looked.add("allocation-nearly-used");

  if (watched.mayTry) {
    const fields = await fieldsAhead(watched, standing);
    found.push(...fields.found);
    for (const key of fields.looked) looked.add(key);
  }
  return { standing, found: found.filter((warning) => warning !== null), looked };
}

/** The org's calls at each poll of the time that a rate is read from, the present one last. */
async function recentUse({ context, connection, now }: Watched): Promise<readonly ApiSample[]> {
  const { name, warnings } = connection.settings;
  const samples = await rateSamples(context.db, name, warnings.rateOverMs, now);
  const use = connection.salesforce.apiUse();
  return use === null ? samples : [...samples, { at: now, used: use.used, max: use.max }];
}

/** Mapped fields that changed since the last poll, rules and all, and what stands of earlier ones. */
async function fieldsAhead(
  watched: Watched,
  standing: readonly StoredWarning[],
): Promise<{ readonly found: readonly Warning[]; readonly looked: readonly string[] }> {
  const { connection, state, cache, now } = watched;
  const { settings } = connection;
  const schemas = cache.schemas(settings);
  const found = new Map<string, Warning>();
  for (const object of salesforceObjects(settings)) {
    const before = state?.schema_parts[`salesforce:schema:${object}`]?.value as SalesforceObjectSchema | undefined;
    const after = cache.get(`salesforce:schema:${object}`);
    // A schema that this poll has not read is the very one that was stored.
    if (before === undefined || after === undefined || before === after) continue;
    for (const risk of fieldRisks(before, after, settings.mappings, schemas, now)) found.set(risk.key, risk);
  }
  const looked: string[] = [];
  for (const warning of standing.filter(({ kind }) => kind === "field-about-to-fail")) {
    const isOld = now.getTime() - warning.opened_at.getTime() > FIELD_WARNING_MS;
    if (isOld) looked.push(warning.key);
    else if (warning.details.problem !== "rule") {
      looked.push(warning.key);
      const schema = cache.get(`salesforce:schema:${warning.details.object ?? ""}`);
      if (isStillAtRisk(warning, schema, settings.mappings, schemas) && !found.has(warning.key)) found.set(warning.key, warning);
    }
  }
  const rules = await riskyRules(watched, standing);
  for (const warning of rules.found) found.set(warning.key, warning);
  return { found: [...found.values()], looked: [...looked, ...rules.looked] };
}
