import type { Exchange } from "../../src/sandbox/http/exchange.ts";
import { ACCOUNT_OPERATIONS } from "./account-operations.ts";
import { codegenOperations, type Operation, type QueryParameter } from "./codegen-operations.ts";
import { type Reading, valueFaults } from "./model-faults.ts";

/** What an exchange has wrong, and the operation that it was held to (null where HubSpot has none). */
export interface Verdict {
  readonly operation: string | null;
  readonly faults: readonly string[];
}

/** HubSpot takes an object type by its name and by its id. */
const OBJECT_TYPE_NAMES: Readonly<Record<string, string>> = { "0-1": "contacts", "0-2": "companies", "0-3": "deals" };

/** Keys that the models require and HubSpot's guides leave out. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  PublicObjectSearchRequest: ["after", "filterGroups", "limit", "properties", "sorts"],
  BatchReadInputSimplePublicObjectId: ["properties", "propertiesWithHistory"],
};
const asGuided: Reading = (model, attribute) => LEFT_OUT[model]?.includes(attribute) ?? false;

interface Template extends Operation {
  readonly parts: readonly string[];
}

/** Fixed parts before parameters: an object type's own operations before those of any object. */
const TEMPLATES: readonly Template[] = [...codegenOperations(), ...ACCOUNT_OPERATIONS]
  .map((operation) => ({ ...operation, parts: operation.path.split("/") }))
  .toSorted((left, right) => rank(left) - rank(right));

function rank({ parts }: Template): number {
  return parts.filter((part) => part.startsWith("{")).length;
}

/** Holds an exchange with HubSpot to the operations, models and limits that HubSpot publishes. */
export function hubspotVerdict(exchange: Exchange): Verdict {
  const segments = exchange.path.split("/").map(decodeURIComponent);
  const named = segments.map((part, at) => (segments[at - 1] === "objects" ? (OBJECT_TYPE_NAMES[part] ?? part) : part));
  const fitting = TEMPLATES.filter(({ parts }) => fits(parts, named));
  const own = fitting.filter(({ method }) => method === exchange.method);
  const [first] = own;
  if (!first) {
    const methods = [...new Set(fitting.map(({ method }) => method))].join(", ");
    const why = methods === "" ? "no such path" : `takes only ${methods}`;
    return { operation: null, faults: [`${exchange.method} ${exchange.path}: ${why}`] };
  }
  // Where the package generated an operation twice, an exchange has to hold to both.
  const same = own.filter(({ path }) => path === first.path);
  const faults = new Set(same.flatMap((operation) => exchangeFaults(operation, exchange)));
  return { operation: `${first.method} ${first.path}`, faults: [...faults] };
}

function fits(parts: readonly string[], segments: readonly string[]): boolean {
  if (parts.length !== segments.length) return false;
  return parts.every((part, at) => (part.startsWith("{") ? segments[at] !== "" : part === segments[at]));
}

function exchangeFaults(operation: Operation, exchange: Exchange): readonly string[] {
  return [
    ...queryFaults(operation, exchange.query ?? {}),
    ...requestFaults(operation, exchange.requestBody),
    ...limitFaults(operation, exchange),
    ...answerFaults(operation, exchange.status, exchange.responseBody),
  ];
}

function queryFaults({ query: parameters, models }: Operation, query: Readonly<Record<string, string>>): readonly string[] {
  const unknown = Object.keys(query).filter((name) => !parameters.some((parameter) => parameter.name === name));
  return [
    ...unknown.map((name) => `query ${name}: unknown`),
    ...parameters.flatMap((parameter) => {
      const given = query[parameter.name];
      if (given === undefined) return parameter.required ? [`query ${parameter.name}: missing`] : [];
      return valueFaults(models, parameter, typed(parameter, given), `query ${parameter.name}`);
    }),
  ];
}

/** The text of a query as the parameter's type, or as it is where it can't be one. */
function typed({ type }: QueryParameter, text: string): unknown {
  if (type.startsWith("Array<")) return text.split(",");
  if (type === "number" && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function requestFaults({ body: model, models }: Operation, body: unknown): readonly string[] {
  if (model === null) return body === undefined ? [] : ["request: no body is taken"];
  if (body === undefined) return ["request: no body"];
  return valueFaults(models, { type: model }, body, "request", asGuided);
}

function answerFaults({ answers, models }: Operation, status: number, body: unknown): readonly string[] {
  const model = answers.get(String(status)) ?? (status >= 400 ? answers.get("default") : undefined);
  if (status >= 500 && typeof body !== "object") return []; // A gateway in front of HubSpot answers what it likes.
  if (status === 429 && isRateLimitBody(body)) return [];
  if (model === undefined) {
    const bodiless = answers.has(String(status));
    if (!bodiless) return [`answer ${status}: a status that isn't documented`];
  }
  if (model === undefined || model === null) return body === undefined ? [] : [`answer ${status}: no body is sent`];
  return valueFaults(models, { type: model }, body ?? null, `answer ${status}`);
}

/** HubSpot's usage guide has another body for 429 than its reference. */
function isRateLimitBody(body: unknown): boolean {
  if (typeof body !== "object" || body === null || !("errorType" in body) || body.errorType !== "RATE_LIMIT") return false;
  const held = body as Readonly<Record<string, unknown>>;
  return ["message", "correlationId", "policyName"].every((name) => typeof held[name] === "string");
}

interface SearchBody {
  readonly limit?: number;
  readonly filterGroups?: readonly { readonly filters?: readonly unknown[] }[];
}
interface BatchBody {
  readonly inputs?: readonly unknown[];
  readonly propertiesWithHistory?: readonly unknown[];
}

/** Limits that HubSpot states in prose. Sources: its guides to CRM search and to CRM objects. */
function limitFaults({ path, method }: Operation, { query, requestBody }: Exchange): readonly string[] {
  const faults: string[] = [];
  const cap = (what: string, size: number, most: number): void => {
    if (size > most) faults.push(`limit: ${size} ${what}, at most ${most}`);
  };
  if (path.includes("/objects/") && path.endsWith("/search")) {
    const body = (requestBody ?? {}) as SearchBody;
    const sizes = (body.filterGroups ?? []).map((group) => group.filters?.length ?? 0);
    cap("results a page", body.limit ?? 0, 200);
    cap("characters of body", JSON.stringify(body).length, 3_000);
    cap("filter groups", sizes.length, 5);
    cap("filters in a group", Math.max(0, ...sizes), 6);
    cap(
      "filters",
      sizes.reduce((sum, size) => sum + size, 0),
      18,
    );
  }
  if (path.includes("/batch/")) {
    const body = (requestBody ?? {}) as BatchBody;
    const isOfAssociations = path.startsWith("/crm/v4/associations/");
    const most = (body.propertiesWithHistory?.length ?? 0) > 0 ? 50 : 100;
    cap("inputs", body.inputs?.length ?? 0, isOfAssociations ? 1_000 : most);
  }
  if (method === "GET" && /\/objects\/[^/]+$/.test(path)) cap("results a page", Number(query?.limit ?? 0), 100);
  return faults;
}
