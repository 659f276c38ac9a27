import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Attribute, type Models, type Reading, valueFaults } from "../../contracts/model-faults.ts";

/** Models of one API of @hubspot/api-client, generated from HubSpot's own specification. */
export type Api =
  | "contacts"
  | "companies"
  | "deals"
  | "objects"
  | "properties"
  | "pipelines"
  | "owners"
  | "lists"
  | "schemas"
  | "associations/v4"
  | "associations/v4/schema";

interface GeneratedAttribute {
  readonly baseName: string;
  readonly name: string;
  readonly type: string;
  readonly format: string;
}
interface GeneratedModel {
  getAttributeTypeMap?(): readonly GeneratedAttribute[];
}

const load = createRequire(import.meta.url);
/** Where the package has what is generated from HubSpot's specification of its CRM. */
export const CODEGEN = join(dirname(load.resolve("@hubspot/api-client/package.json")), "lib/codegen/crm");
/** Keys that HubSpot's answers have beside the model: every error says `status`. */
const BESIDE_MODEL: Readonly<Record<string, readonly string[]>> = { Error: ["status"], ModelError: ["status"] };

function modelFile(api: Api, model: string): string {
  return join(CODEGEN, api, "models", model === "Error" ? "ModelError" : model);
}

/** The client's type declarations say which attributes are required; the models themselves do not. */
function requiredNames(file: string): ReadonlySet<string> {
  const declared = readFileSync(`${file}.d.ts`, "utf8").split("static readonly")[0] ?? "";
  return new Set([...declared.matchAll(/^ {4}'(\w+)':/gm)].map((match) => match[1] ?? ""));
}

function attributesOf(api: Api, model: string): readonly Attribute[] | null {
  const file = modelFile(api, model);
  const exported = load(file) as Readonly<Record<string, unknown>>;
  const generated = exported[model === "Error" ? "ModelError" : model] as GeneratedModel | undefined;
  if (!generated?.getAttributeTypeMap) return null;
  const required = requiredNames(file);
  return generated.getAttributeTypeMap().map(({ baseName, name, type, format }) => {
    const values = type.endsWith("Enum") ? Object.values(exported[type] as Readonly<Record<string, string>>) : null;
    return { name: baseName, type, format, required: required.has(name), ...(values ? { values } : {}) };
  });
}

const models = new Map<Api, Models>();

/** The models of an API, each read once. */
export function codegenModels(api: Api): Models {
  const known = models.get(api);
  if (known) return known;
  const attributes = new Map<string, readonly Attribute[] | null>();
  const made: Models = {
    attributes(model) {
      if (!attributes.has(model)) attributes.set(model, attributesOf(api, model));
      return attributes.get(model) ?? null;
    },
    beside: (model) => BESIDE_MODEL[model] ?? [],
  };
  models.set(api, made);
  return made;
}

/** What a value has wrong against a type of the codegen: unknown keys, missing ones, wrong types, formats and choices. */
export function modelFaults(api: Api, type: string, value: unknown, path = type, reading?: Reading): readonly string[] {
  return valueFaults(codegenModels(api), { type }, value, path, reading);
}
