import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Api, CODEGEN, codegenModels } from "../sandbox/hubspot/codegen-model.ts";
import type { Models, ValueType } from "./model-faults.ts";

/** One operation of HubSpot's API. */
export interface Operation {
  readonly method: string;
  /** `/crm/v3/objects/{objectType}/search` */
  readonly path: string;
  readonly query: readonly QueryParameter[];
  /** The model of the request's body; null where none is taken. */
  readonly body: string | null;
  /** The model of the answer's body by status, null for one without a body. `default` is that of any other error. */
  readonly answers: ReadonlyMap<string, string | null>;
  readonly models: Models;
}

export interface QueryParameter extends ValueType {
  readonly name: string;
  readonly required: boolean;
}

const APIS: readonly Api[] = [
  "contacts",
  "companies",
  "deals",
  "objects",
  "properties",
  "pipelines",
  "owners",
  "lists",
  "schemas",
  "associations/v4",
  "associations/v4/schema",
];

/**
 * The operations that the generated `…Api.js` files of @hubspot/api-client send and read. They stand in no table there, so
 * they are read out of the generator's own text, which is the same in all of them; what doesn't fit it is an error.
 */
export function codegenOperations(): readonly Operation[] {
  const operations = APIS.flatMap((api) => {
    const files = readdirSync(join(CODEGEN, api, "apis")).filter((file) => file.endsWith("Api.js"));
    return files.flatMap((file) => operationsOf(api, readFileSync(join(CODEGEN, api, "apis", file), "utf8")));
  });
  // Of some paths the package holds two generations; the later one, as HubSpot's documents now, has no slash at the end.
  const paths = new Set(operations.map(({ path }) => path));
  return operations.filter(({ path }) => !path.endsWith("/") || !paths.has(path.slice(0, -1)));
}

function operationsOf(api: Api, source: string): readonly Operation[] {
  const [senders = "", readers = ""] = source.split(/^class \w+ResponseProcessor /m);
  const answersOf = new Map(methodsIn(readers).map(({ name, text }) => [name, answersIn(text)]));
  return methodsIn(senders).map(({ name, text }) => {
    const path = /localVarPath = '([^']+)'/.exec(text)?.[1];
    const method = /HttpMethod\.(\w+)\)/.exec(text)?.[1];
    const answers = answersOf.get(`${name}WithHttpInfo`);
    if (path === undefined || method === undefined || !answers) throw new Error(`${api}: ${name} is not written as expected`);
    return {
      method,
      path,
      query: queryIn(text),
      body: /stringify\(.*serialize\(\w+, "([\w<>]+)"/.exec(text)?.[1] ?? null,
      answers,
      models: codegenModels(api),
    };
  });
}

function methodsIn(source: string): readonly { readonly name: string; readonly text: string }[] {
  return [...source.matchAll(/^ {4}(\w+)\([^)]*\) \{\n([\s\S]*?)^ {4}\}$/gm)]
    .map(([, name = "", text = ""]) => ({ name, text }))
    .filter(({ name }) => name !== "constructor");
}

function queryIn(text: string): readonly QueryParameter[] {
  const isRequired = (variable: string) => text.includes(`RequiredError(`) && new RegExp(`, "${variable}"\\);`).test(text);
  const single = [...text.matchAll(/setQueryParam\("([^"]+)", .*serialize\((\w+), "([^"]+)", "([^"]*)"\)/g)].map(
    ([, name = "", variable = "", type = "", format = ""]) => ({ name, type, format, required: isRequired(variable) }),
  );
  const repeated = [...text.matchAll(/serialize\((\w+), "(Array<[^"]+>)", ""\);[\s\S]*?appendQueryParam\("([^"]+)"/g)].map(
    ([, variable = "", type = "", name = ""]) => ({ name, type, required: isRequired(variable) }),
  );
  return [...single, ...repeated];
}

/** Status 0 is the generator's word for every status that has no answer of its own. */
function answersIn(text: string): ReadonlyMap<string, string | null> {
  const parts = text.split(/isCodeInRange\)\(/).slice(1);
  return new Map(
    parts.map((part) => {
      const status = /^"(\d+)"/.exec(part)?.[1] ?? "";
      const own = part.slice(0, part.indexOf("\n            }\n"));
      return [status === "0" ? "default" : status, /deserialize\(.*, "([^"]+)", "[^"]*"\)/.exec(own)?.[1] ?? null] as const;
    }),
  );
}
