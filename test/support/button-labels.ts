import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "@babel/parser";
import {
  type CallExpression,
  type Expression,
  type File,
  type Function as FunctionNode,
  isFunction,
  type Node,
  traverseFast,
} from "@babel/types";

/** A button as its source has it. */
export interface ButtonLabel {
  readonly where: string;
  /** In ICU MessageFormat: `Set to {calls, number}`. */
  readonly label: string;
}

const SLACK = join(import.meta.dirname, "../../src/slack");

/** Functions that make a button: which of their arguments is its label. */
const MAKERS: Readonly<Record<string, number>> = { button: 1, linkButton: 1 };
/** Functions that cut a label and leave it as it is otherwise. */
const CUTS = ["plainText", "truncate"];

/**
 * The label of every button and of every dialog's submit that the bot can show, read from its source.
 * @throws where a label isn't written out where the button is made: then nobody could look for it.
 */
export async function buttonLabels(): Promise<readonly ButtonLabel[]> {
  const files = await Array.fromAsync(glob("**/*.ts", { cwd: SLACK }));
  // Where the makers themselves are made.
  const others = files.filter((file) => file !== "blocks/parts.ts" && file !== "views/dialog.ts").toSorted();
  return others.flatMap((file) => labelsOf(file, readFileSync(join(SLACK, file), "utf8")));
}

/** The labels in one file's text. */
export function labelsOf(file: string, text: string): readonly ButtonLabel[] {
  const tree = parse(text, { sourceType: "module", plugins: ["typescript"] });
  const found: ButtonLabel[] = [];
  traverseFast(tree, (node) => {
    const written = labelIn(node);
    if (written === null) return;
    const where = `src/slack/${file}:${node.loc?.start.line}`;
    for (const label of textsOf(tree, written, where)) found.push({ where, label });
  });
  return found;
}

/** The expression of the label, where a node makes a button or has a dialog be submitted. */
function labelIn(node: Node): Expression | null {
  if (node.type === "CallExpression") return argumentOf(node, MAKERS[calledName(node) ?? ""]);
  if (node.type === "ObjectProperty" && nameOf(node.key) === "submit") return node.value as Expression;
  if (node.type !== "ObjectExpression") return null;
  const values = new Map(
    node.properties.flatMap((property) =>
      property.type === "ObjectProperty" ? [[nameOf(property.key), property.value as Expression] as const] : [],
    ),
  );
  const type = values.get("type");
  return type?.type === "StringLiteral" && type.value === "button" ? (values.get("text") ?? null) : null;
}

function textsOf(tree: File, node: Expression, where: string): readonly string[] {
  switch (node.type) {
    case "StringLiteral":
      return [node.value];
    case "ConditionalExpression":
      return [...textsOf(tree, node.consequent, where), ...textsOf(tree, node.alternate, where)];
    case "CallExpression": {
      const name = calledName(node);
      const first = argumentOf(node, 0);
      if (first !== null && (name === "say" || CUTS.includes(name ?? ""))) return textsOf(tree, first, where);
      break;
    }
    case "Identifier":
      return valuesOf(tree, node.name, node).flatMap((value) => textsOf(tree, value, where));
  }
  throw new Error(`${where}: the label of a button isn't written out there`);
}

/** What a name stands for: a constant's value, or what a parameter is given wherever its function is called in the file. */
function valuesOf(tree: File, name: string, at: Node): readonly Expression[] {
  for (const enclosing of functionsAround(tree, at)) {
    const constants = constantsIn(enclosing, name);
    if (constants.length > 0) return constants;
    const position = enclosing.params.findIndex((parameter) => parameter.type === "Identifier" && parameter.name === name);
    if (position !== -1) return argumentsOfCalls(tree, enclosing, position);
  }
  return [];
}

/** The innermost first. */
function functionsAround(tree: File, at: Node): readonly FunctionNode[] {
  const around: FunctionNode[] = [];
  traverseFast(tree, (node) => {
    if (isFunction(node) && startOf(node) <= startOf(at) && endOf(at) <= endOf(node)) around.push(node);
  });
  return around.toSorted((one, other) => startOf(other) - startOf(one));
}

function constantsIn(node: Node, name: string): readonly Expression[] {
  const found: Expression[] = [];
  traverseFast(node, (inner) => {
    if (inner.type === "VariableDeclarator" && nameOf(inner.id) === name && inner.init) found.push(inner.init);
  });
  return found;
}

function argumentsOfCalls(tree: File, called: FunctionNode, position: number): readonly Expression[] {
  const name = called.type === "FunctionDeclaration" ? called.id?.name : undefined;
  const found: Expression[] = [];
  traverseFast(tree, (node) => {
    if (node.type !== "CallExpression" || calledName(node) !== name) return;
    const given = argumentOf(node, position);
    if (given !== null) found.push(given);
  });
  return found;
}

function calledName({ callee }: CallExpression): string | undefined {
  return callee.type === "MemberExpression" ? nameOf(callee.property) : nameOf(callee);
}

function argumentOf(call: CallExpression, position: number | undefined): Expression | null {
  const given = position === undefined ? undefined : call.arguments[position];
  return given === undefined || given.type === "SpreadElement" || given.type === "ArgumentPlaceholder" ? null : given;
}

function nameOf(node: Node): string | undefined {
  return node.type === "Identifier" ? node.name : undefined;
}

function startOf({ start }: Node): number {
  return start ?? 0;
}

function endOf({ end }: Node): number {
  return end ?? 0;
}
