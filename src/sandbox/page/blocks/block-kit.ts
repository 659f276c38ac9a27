/** Blocks and elements as Slack stores them: whatever an app sent, its shape already checked by the local Slack. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The text of a text object, as the app wrote it. */
export function textOf(value: unknown): string {
  return isObject(value) ? stringOf(value.text) : "";
}
