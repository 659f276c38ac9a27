import { ApiError } from "../errors.ts";

const REFERENCE = /@\{([A-Za-z0-9_]+)([^}]*)\}/g;
const STEP = /\.([A-Za-z0-9_]+)|\[(\d+)\]/g;

/** A value with every `@{referenceId.path}` in it replaced from earlier answers. Throws where a path leads nowhere. */
export function referencesFilled(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === "string") {
    return value.replace(REFERENCE, (_, id: string, path: string) => String(follow(id, path, answers)));
  }
  if (Array.isArray(value)) return value.map((one) => referencesFilled(one, answers));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, referencesFilled(one, answers)]));
  }
  return value;
}

function follow(id: string, path: string, answers: ReadonlyMap<string, unknown>): unknown {
  let found = answers.get(id);
  for (const [, name, index] of path.matchAll(STEP)) {
    const key = name ?? index ?? "";
    found = typeof found === "object" && found !== null ? (found as Record<string, unknown>)[key] : undefined;
  }
  if (found === undefined || found === null || typeof found === "object") {
    const wanted = path.replace(/^\./, "");
    throw new ApiError(400, "PROCESSING_HALTED", `Invalid reference specified. No value for ${wanted} found in ${id}`);
  }
  return found;
}
