import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Models of one API of @hubspot/api-client, generated from HubSpot's own specification. */
export type Api = "contacts" | "companies" | "deals" | "properties" | "pipelines" | "owners" | "lists";

interface Attribute {
  readonly baseName: string;
  readonly name: string;
  readonly type: string;
}

const load = createRequire(import.meta.url);
const root = dirname(load.resolve("@hubspot/api-client/package.json"));
/** Keys that HubSpot's answers have beside the model: every error says `status`. */
const BESIDE_MODEL: Readonly<Record<string, readonly string[]>> = { ModelError: ["status"] };

function modelFile(api: Api, model: string): string {
  return join(root, "lib/codegen/crm", api, "models", model === "Error" ? "ModelError" : model);
}

/** The client's type declarations say which attributes are required; the models themselves do not. */
function requiredNames(api: Api, model: string): ReadonlySet<string> {
  const declared = readFileSync(`${modelFile(api, model)}.d.ts`, "utf8").split("static readonly")[0] ?? "";
  return new Set([...declared.matchAll(/^ {4}'(\w+)':/gm)].map((match) => match[1] ?? ""));
}

/** What an answer has wrong against a type of the codegen: unknown keys, missing ones, wrong types. */
export function modelFaults(api: Api, type: string, value: unknown, path = type): readonly string[] {
  const list = /^Array<(.+)>$/.exec(type);
  if (list) {
    if (!Array.isArray(value)) return [`${path}: no list`];
    return value.flatMap((item, index) => modelFaults(api, list[1] ?? "", item, `${path}[${index}]`));
  }
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type);
  if (map) {
    if (typeof value !== "object" || value === null) return [`${path}: no object`];
    return Object.entries(value).flatMap(([key, item]) => modelFaults(api, map[1] ?? "", item, `${path}.${key}`));
  }
  if (type.endsWith(" | null")) return value === null ? [] : modelFaults(api, type.slice(0, -7), value, path);
  if (["string", "number", "boolean"].includes(type)) return typeof value === type ? [] : [`${path}: no ${type}`];
  if (type === "Date") {
    const isIso = typeof value === "string" && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value);
    return isIso ? [] : [`${path}: no date-time`];
  }
  if (type === "any" || type.endsWith("Enum")) return [];
  return attributeFaults(api, type, value, path);
}

function attributeFaults(api: Api, model: string, value: unknown, path: string): readonly string[] {
  if (typeof value !== "object" || value === null) return [`${path}: no object`];
  const exported = load(modelFile(api, model)) as Record<string, { getAttributeTypeMap(): readonly Attribute[] }>;
  const attributes = exported[model]?.getAttributeTypeMap() ?? [];
  const required = requiredNames(api, model);
  const known = [...attributes.map(({ baseName }) => baseName), ...(BESIDE_MODEL[model] ?? [])];
  const given = value as Readonly<Record<string, unknown>>;
  return [
    ...Object.keys(given)
      .filter((key) => !known.includes(key))
      .map((key) => `${path}.${key}: unknown`),
    ...attributes.flatMap(({ baseName, name, type }) => {
      if (given[baseName] !== undefined) return modelFaults(api, type, given[baseName], `${path}.${baseName}`);
      return required.has(name) ? [`${path}.${baseName}: missing`] : [];
    }),
  ];
}
