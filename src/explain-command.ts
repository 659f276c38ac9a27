import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { type Explanation, explain, type SeenRefusal } from "./health/explanation.ts";
import { plainText } from "./records/text.ts";

const absent = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);

/** One line of standard input. What is null counts as absent; other keys are ignored. */
const Line = z.object({
  id: z.unknown().optional(),
  system: z.enum(["salesforce", "hubspot"]),
  direction: absent(z.enum(["hubspot-to-salesforce", "salesforce-to-hubspot"])),
  httpStatus: absent(z.number().int().min(0).max(999)),
  code: absent(z.string()),
  message: z.string(),
  fields: absent(z.array(z.string())),
  object: absent(z.string()),
  scope: absent(z.enum(["record", "connection"])),
});

/** Characters of a line. Longer ones are no refusals, and not kept in memory. */
const LONGEST_LINE = 5_000_000;

/**
 * Explains the JSON lines of `input` on `output`, one line for each in the same order, blank lines left out. A bad line is
 * answered with what is wrong about it. Memory does not grow with the number of lines. True where all lines were good.
 */
export async function explainLines(input: Readable, output: Writable): Promise<boolean> {
  let isReading = true;
  let allGood = true;
  // Who reads along may stop before the end: `syncwarden explain | head`.
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isReading = false;
    input.destroy();
  });
  for await (const line of linesOf(input)) {
    if (!isReading) break;
    if (line.trim() === "") continue;
    const answer = answerTo(line);
    if ("error" in answer) allGood = false;
    if (!output.write(`${JSON.stringify(answer)}\n`) && isReading) await written(output);
  }
  return allGood;
}

/** Lines ended by a line feed alone: JSON allows the other line ends that node:readline knows within its texts. */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  // Takes a byte order mark away.
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of input) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = (parts.pop() ?? "").slice(0, LONGEST_LINE + 1);
    yield* parts;
  }
  yield rest + decoder.decode();
}

/** Waits until what was written has gone on, or nobody reads any more. */
function written(output: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      output.off("drain", done).off("close", done);
      resolve();
    };
    output.on("drain", done).on("close", done);
  });
}

type Answer =
  | ({ readonly id: unknown } & Pick<Explanation, "kind" | "category" | "type" | "label" | "advice">)
  | { readonly id: unknown; readonly error: string };

function answerTo(line: string): Answer {
  if (line.length > LONGEST_LINE) return { id: null, error: `The line is longer than ${LONGEST_LINE} characters.` };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { id: null, error: `The line is not JSON: ${plainText(String(error instanceof Error ? error.message : error), 200)}` };
  }
  const parsed = Line.safeParse(value);
  if (!parsed.success) return { id: idOf(value), error: problems(parsed.error, value) };
  const { kind, category, type, label, advice } = explain(parsed.data satisfies SeenRefusal);
  return { id: parsed.data.id ?? null, kind, category, type, label, advice };
}

function idOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "id" in value ? (value.id ?? null) : null;
}

/** What was expected and what stands there, for each key that is wrong. */
function problems(error: z.ZodError, value: unknown): string {
  const found = error.issues.map((issue) => {
    const key = issue.path.join(".");
    if (key === "") return `The line must be a JSON object; it is ${shown(value)}.`;
    const expected = EXPECTED[String(issue.path[0])] ?? "something else";
    const given = issue.path.reduce<unknown>(
      (at, part) => (at as Readonly<Record<PropertyKey, unknown>> | undefined)?.[part],
      value,
    );
    return `${key} must be ${issue.path.length > 1 ? "text" : expected}; it is ${shown(given)}.`;
  });
  return [...new Set(found)].join(" ");
}

const EXPECTED: Readonly<Record<string, string>> = {
  system: '"salesforce" or "hubspot"',
  direction: '"hubspot-to-salesforce" or "salesforce-to-hubspot"',
  httpStatus: "a whole number",
  code: "text",
  message: "text",
  fields: "a list of texts",
  object: "text",
  scope: '"record" or "connection"',
};

function shown(value: unknown): string {
  return value === undefined ? "missing" : plainText(JSON.stringify(value) ?? String(value), 80);
}

/** One message explained for people, in plain text. */
export function explainMessage(
  message: string,
  { system, scope }: { readonly system?: SeenRefusal["system"]; readonly scope?: SeenRefusal["scope"] } = {},
): string {
  const explanation = explain({ system: system ?? systemOf(message), message, scope });
  const { kind, label, meaning, advice, who } = explanation;
  const what = kind === "suspension" ? "a suspension: the whole sync stops" : `a sync error (${explanation.category})`;
  return [
    `${label}: ${what}.`,
    meaning,
    `Recognised by ${recognisedBy(explanation)}`,
    "",
    ...advice.map((step, index) => `${index + 1}. ${step}`),
    "",
    `Who can do it: ${who}.`,
  ].join("\n");
}

function recognisedBy({ code, details, type }: Explanation): string {
  const { trigger, flow, innerCode, innerMessage, fields, field, fieldLabel } = details;
  const named = [
    trigger && `the trigger ${trigger}`,
    flow && `the flow ${flow}`,
    innerCode && `${innerCode}${innerMessage ? ` (${innerMessage})` : ""} inside`,
    (fields ?? field ?? fieldLabel) && `the field ${fields ?? field ?? fieldLabel}`,
  ].filter(Boolean);
  const by = code === "" ? (type === "other" ? "nothing that is known" : "its words") : code;
  return `${[by, ...named].join(", ")}.`;
}

/** Whose message it is, where nobody says: HubSpot's answers have a form and words of their own. */
function systemOf(message: string): SeenRefusal["system"] {
  return /"correlationId"|"validationResults"|Property values were not valid|PROPERTY_DOESNT_EXIST|Existing ID: \d|was not one of the allowed options|already has that value|\bhubapi\b|INVALID_(?:EMAIL|OPTION|INTEGER|LONG)\b(?!_)/.test(
    message,
  )
    ? "hubspot"
    : "salesforce";
}
