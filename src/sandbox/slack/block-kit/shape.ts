/** What is wrong with a value, in Slack's words: "must be less than 151 characters [json-pointer:/blocks/0/text/text]". */
export type Faults = string[];

/** Checks one value at a JSON pointer and adds what is wrong with it. */
export type Shape = (value: unknown, pointer: string, faults: Faults) => void;

export interface TextBounds {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
}

export interface ListBounds {
  readonly min?: number;
  readonly max?: number;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Length as Slack counts it: characters, not UTF-16 units. */
export function characters(text: string): number {
  return [...text].length;
}

export function fault(faults: Faults, message: string, pointer: string): void {
  faults.push(`${message} [json-pointer:${pointer}]`);
}

export function text(bounds: TextBounds = {}): Shape {
  const { min = 1, max, pattern } = bounds;
  return (value, pointer, faults) => {
    if (typeof value !== "string") return fault(faults, "must be a string", pointer);
    const length = characters(value);
    if (length < min) return fault(faults, `must be more than ${min - 1} characters`, pointer);
    if (max !== undefined && length > max) return fault(faults, `must be less than ${max + 1} characters`, pointer);
    if (pattern !== undefined && !pattern.test(value)) fault(faults, "must match the expected pattern", pointer);
  };
}

export function url(max = 3000): Shape {
  const bounded = text({ max });
  return (value, pointer, faults) => {
    bounded(value, pointer, faults);
    if (typeof value === "string" && !URL.canParse(value)) fault(faults, "must be a valid URL", pointer);
  };
}

export function flag(): Shape {
  return (value, pointer, faults) => {
    if (typeof value !== "boolean") fault(faults, "must be a boolean", pointer);
  };
}

export function number(bounds: { readonly min?: number; readonly max?: number; readonly integer?: boolean } = {}): Shape {
  return (value, pointer, faults) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return fault(faults, "must be a number", pointer);
    if (bounds.integer === true && !Number.isInteger(value)) return fault(faults, "must be an integer", pointer);
    if (bounds.min !== undefined && value < bounds.min) return fault(faults, `must be at least ${bounds.min}`, pointer);
    if (bounds.max !== undefined && value > bounds.max) fault(faults, `must be at most ${bounds.max}`, pointer);
  };
}

export function choice(...allowed: readonly unknown[]): Shape {
  return (value, pointer, faults) => {
    if (!allowed.includes(value)) fault(faults, `must be one of: ${allowed.join(", ")}`, pointer);
  };
}

export function list(item: Shape, bounds: ListBounds = {}): Shape {
  return (value, pointer, faults) => {
    if (!Array.isArray(value)) return fault(faults, "must be an array", pointer);
    const { min, max } = bounds;
    if (min !== undefined && value.length < min) fault(faults, `no less than ${min} items allowed`, pointer);
    if (max !== undefined && value.length > max) fault(faults, `no more than ${max} items allowed`, pointer);
    for (const [index, entry] of value.entries()) item(entry, `${pointer}/${index}`, faults);
  };
}

/** An object with exactly these fields; a name that ends in "?" is optional. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  const known = new Map(
    Object.entries(fields).map(([name, shape]) => [
      name.endsWith("?") ? name.slice(0, -1) : name,
      { shape, needed: !name.endsWith("?") },
    ]),
  );
  return (value, pointer, faults) => {
    if (!isRecord(value)) return fault(faults, "must provide an object", pointer);
    for (const [name, { shape, needed }] of known) {
      if (value[name] !== undefined) shape(value[name], `${pointer}/${name}`, faults);
      else if (needed) fault(faults, `missing required field: ${name}`, pointer);
    }
    for (const name of Object.keys(value)) {
      if (!known.has(name)) fault(faults, `invalid additional property: ${name}`, pointer);
    }
  };
}

/** One of several objects told apart by their `type`. */
export function byType(shapes: Readonly<Record<string, Shape>>): Shape {
  return (value, pointer, faults) => {
    if (!isRecord(value)) return fault(faults, "must provide an object", pointer);
    if (typeof value.type !== "string") return fault(faults, "missing required field: type", pointer);
    const shape = Object.hasOwn(shapes, value.type) ? shapes[value.type] : undefined;
    if (shape === undefined) return fault(faults, `unsupported type: ${value.type}`, `${pointer}/type`);
    shape(value, pointer, faults);
  };
}

/** A shape with a rule that spans several of its fields; the rule runs only where the shape holds. */
export function also(
  shape: Shape,
  rule: (value: Readonly<Record<string, unknown>>, pointer: string, faults: Faults) => void,
): Shape {
  return (value, pointer, faults) => {
    const before = faults.length;
    shape(value, pointer, faults);
    if (faults.length === before && isRecord(value)) rule(value, pointer, faults);
  };
}

export function atLeastOneOf(
  ...names: readonly string[]
): (value: Readonly<Record<string, unknown>>, pointer: string, faults: Faults) => void {
  return (value, pointer, faults) => {
    if (!names.some((name) => value[name] !== undefined)) fault(faults, `must provide one of: ${names.join(", ")}`, pointer);
  };
}

export function exactlyOneOf(
  ...names: readonly string[]
): (value: Readonly<Record<string, unknown>>, pointer: string, faults: Faults) => void {
  return (value, pointer, faults) => {
    if (names.filter((name) => value[name] !== undefined).length !== 1) {
      fault(faults, `must provide exactly one of: ${names.join(", ")}`, pointer);
    }
  };
}

/** A shape that refers to one defined later. */
export function lazily(shape: () => Shape): Shape {
  return (value, pointer, faults) => shape()(value, pointer, faults);
}
