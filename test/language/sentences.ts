import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { type Argument, type CallExpression, type Expression, parseSync, Visitor } from "oxc-parser";

/** One `t.say(…)` or `sentence(…)` in the source. */
export interface Sentence {
  readonly where: string;
  /** Null where it isn't written out as text. */
  readonly english: string | null;
  /** The names of the values that are put in; null where they aren't written out there. */
  readonly values: readonly string[] | null;
}

const SOURCE = join(import.meta.dirname, "../../src");

/** Every sentence that the bot says, as its source has it. */
export async function sentencesInSource(): Promise<readonly Sentence[]> {
  const files = await Array.fromAsync(glob("**/*.ts", { cwd: SOURCE, exclude: ["sandbox/**", "language/**"] }));
  return files.toSorted().flatMap((file) => sentencesOf(file, readFileSync(join(SOURCE, file), "utf8")));
}

/** The sentences in one file's text. */
export function sentencesOf(file: string, text: string): readonly Sentence[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: Sentence[] = [];
  new Visitor({
    CallExpression(call) {
      if (!isSay(call)) return;
      const line = text.slice(0, call.start).split("\n").length;
      const [english, values] = call.arguments;
      found.push({ where: `src/${file}:${line}`, english: textOf(english), values: namesOf(values) });
    },
  }).visit(program);
  return found;
}

/** `t.say(…)` of a language, or `sentence(…)` where there is none yet. */
function isSay({ callee }: CallExpression): boolean {
  if (callee.type === "Identifier") return callee.name === "sentence";
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier" || callee.property.name !== "say") return false;
  const { object } = callee;
  if (object.type === "Identifier") return object.name === "t";
  return object.type === "MemberExpression" && object.property.type === "Identifier" && object.property.name === "t";
}

function textOf(argument: Argument | Expression | undefined): string | null {
  if (argument?.type === "Literal" && typeof argument.value === "string") return argument.value;
  if (argument?.type === "TemplateLiteral" && argument.expressions.length === 0) return argument.quasis[0]?.value.cooked ?? null;
  if (argument?.type === "BinaryExpression" && argument.operator === "+") {
    const [left, right] = [textOf(argument.left), textOf(argument.right)];
    return left === null || right === null ? null : left + right;
  }
  return null;
}

function namesOf(argument: Argument | undefined): readonly string[] | null {
  if (argument === undefined) return [];
  if (argument.type !== "ObjectExpression") return null;
  const names = argument.properties.map((property) =>
    property.type === "Property" && property.key.type === "Identifier" && !property.computed ? property.key.name : null,
  );
  return names.every((name) => name !== null) ? names : null;
}
