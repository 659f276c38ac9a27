import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "@babel/parser";
import { type CallExpression, type Node, traverseFast } from "@babel/types";

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
  const found: Sentence[] = [];
  traverseFast(parse(text, { sourceType: "module", plugins: ["typescript"] }), (node) => {
    if (node.type !== "CallExpression" || !isSay(node)) return;
    const [english, values] = node.arguments;
    found.push({ where: `src/${file}:${node.loc?.start.line}`, english: textOf(english), values: namesOf(values) });
  });
  return found;
}

/** `t.say(…)` of a language, or `sentence(…)` where there is none yet. */
function isSay({ callee }: CallExpression): boolean {
  if (callee.type === "Identifier") return callee.name === "sentence";
  if (callee.type !== "MemberExpression" || !isNamed(callee.property, "say")) return false;
  const { object } = callee;
  return isNamed(object, "t") || (object.type === "MemberExpression" && isNamed(object.property, "t"));
}

function isNamed(node: Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

function textOf(node: Node | undefined): string | null {
  if (node?.type === "StringLiteral") return node.value;
  if (node?.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? null;
  if (node?.type === "BinaryExpression" && node.operator === "+") {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === null || right === null ? null : left + right;
  }
  return null;
}

function namesOf(node: Node | undefined): readonly string[] | null {
  if (node === undefined) return [];
  if (node.type !== "ObjectExpression") return null;
  const names = node.properties.map((property) =>
    property.type === "ObjectProperty" && property.key.type === "Identifier" && !property.computed ? property.key.name : null,
  );
  return names.every((name) => name !== null) ? names : null;
}
