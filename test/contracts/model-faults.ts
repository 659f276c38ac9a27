/** A key of a model, its type written as the code generator writes it (`string`, `Array<Filter>`, `{ [key: string]: string; }`). */
export interface Attribute extends ValueType {
  readonly name: string;
  readonly required: boolean;
}

export interface ValueType {
  readonly type: string;
  /** `int32`, `date-time`, `uuid` …; empty where there is none. */
  readonly format?: string;
  /** What it may be, of an enumeration. */
  readonly values?: readonly string[];
}

export interface Models {
  /** Null where the model is no plain object. */
  attributes(model: string): readonly Attribute[] | null;
  /** Keys that a service is known to send beside the model's own. */
  beside(model: string): readonly string[];
}

/** Keys that a request may leave out although the model requires them. */
export type Reading = (model: string, attribute: string) => boolean;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const AS_REQUIRED: Reading = () => false;

/** What a value has wrong against a type: unknown keys, missing ones, wrong types, formats and choices. */
export function valueFaults(
  models: Models,
  wanted: ValueType,
  value: unknown,
  path: string,
  reading = AS_REQUIRED,
): readonly string[] {
  const { type, format = "", values } = wanted;
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list !== undefined) {
    if (!Array.isArray(value)) return [`${path}: no list`];
    return value.flatMap((item, index) => valueFaults(models, { type: list }, item, `${path}[${index}]`, reading));
  }
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (map !== undefined) {
    if (!isObject(value)) return [`${path}: no object`];
    return Object.entries(value).flatMap(([key, item]) => valueFaults(models, { type: map }, item, `${path}.${key}`, reading));
  }
  if (type === "any") return [];
  if (type.endsWith(" | null")) {
    return value === null ? [] : valueFaults(models, { ...wanted, type: type.slice(0, -" | null".length) }, value, path, reading);
  }
  const choices = values ?? choicesIn(type);
  if (choices) return choices.includes(value as string) ? [] : [`${path}: not one of ${choices.join(", ")}`];
  if (type === "string" || type === "number" || type === "boolean" || type === "Date") {
    const fault = typeof value === (type === "Date" ? "string" : type) ? formatFault(value, type, format) : `no ${type}`;
    return fault === null ? [] : [`${path}: ${fault}`];
  }
  return objectFaults(models, type, value, path, reading);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The choices of a type such as `'id' | 'userId'`. */
function choicesIn(type: string): readonly string[] | null {
  return /^'[^']*'( \| '[^']*')*$/.test(type) ? type.split(" | ").map((choice) => choice.slice(1, -1)) : null;
}

function formatFault(value: unknown, type: string, format: string): string | null {
  if (type === "Date") {
    const isDateTime = DATE_TIME.test(String(value)) && !Number.isNaN(Date.parse(String(value)));
    return isDateTime ? null : "no date-time";
  }
  if (format === "uuid") return UUID.test(String(value)) ? null : "no UUID";
  if (format === "int32") return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 ? null : "no int32";
  if (format === "int64") return Number.isSafeInteger(value) ? null : "no int64";
  return null;
}

function objectFaults(models: Models, model: string, value: unknown, path: string, reading: Reading): readonly string[] {
  if (!isObject(value)) return [`${path}: no object`];
  const attributes = models.attributes(model);
  if (!attributes) return [`${path}: ${model} can't be checked`];
  const known = new Set([...attributes.map(({ name }) => name), ...models.beside(model)]);
  return [
    ...Object.keys(value)
      .filter((key) => !known.has(key))
      .map((key) => `${path}.${key}: unknown`),
    ...attributes.flatMap((attribute) => {
      const held = value[attribute.name];
      if (held !== undefined) return valueFaults(models, attribute, held, `${path}.${attribute.name}`, reading);
      return attribute.required && !reading(model, attribute.name) ? [`${path}.${attribute.name}: missing`] : [];
    }),
  ];
}
