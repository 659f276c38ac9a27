import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "@babel/parser";
import { type CallExpression, type File, type Identifier, type Node, traverseFast } from "@babel/types";
import { LIMITS } from "../../../src/slack/blocks/limits.ts";

/** A label of which the source says what it is and how long it may be. */
export interface FixedLabel {
  readonly where: string;
  /** In ICU MessageFormat. */
  readonly english: string;
  /** In characters. */
  readonly limit: number;
}

const SLACK = join(import.meta.dirname, "../../../src/slack");

/** Functions that are given labels: the limit by the argument's position. */
const GIVEN: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  button: { 1: LIMITS.buttonText },
  linkButton: { 1: LIMITS.buttonText },
  confirmDialog: { 1: LIMITS.confirmTitle, 2: LIMITS.confirmText, 3: LIMITS.confirmButton },
  noticeDialog: { 1: LIMITS.modalTitle },
  option: { 1: LIMITS.optionText },
  turn: { 0: LIMITS.buttonText, 3: LIMITS.buttonText },
  header: { 0: LIMITS.headerText },
};
const PROPERTIES: Readonly<Record<string, number>> = {
  title: LIMITS.modalTitle,
  submit: LIMITS.modalButton,
  close: LIMITS.modalButton,
  accessibilityLabel: LIMITS.buttonText,
};
const CHART: Readonly<Record<string, number>> = { title: LIMITS.chartTitle, name: LIMITS.chartLabel };

/** The labels of the whole Slack side that are said where they are made, in a constant there, or by a function of a view that ends in `Title`. */
export async function fixedLabels(): Promise<readonly FixedLabel[]> {
  const files = await Array.fromAsync(glob("**/*.ts", { cwd: SLACK }));
  return files.toSorted().flatMap((file) => fixedLabelsOf(file, readFileSync(join(SLACK, file), "utf8")));
}

/** Those in one file's text. */
export function fixedLabelsOf(file: string, text: string): readonly FixedLabel[] {
  const tree = parse(text, { sourceType: "module", plugins: ["typescript"] });
  const found: FixedLabel[] = [];
  const add = (node: Node | null | undefined, limit: number) => {
    for (const { english, line } of node ? said(tree, node) : [])
      found.push({ where: `src/slack/${file}:${line}`, english, limit });
  };
  const inChart = new Set<Node>();
  const isOfView = file.startsWith("views/");
  traverseFast(tree, (node) => {
    if (node.type === "CallExpression") {
      const name = nameOf(node.callee);
      if (name === "lineChart") traverseFast(node, (inner) => void inChart.add(inner));
      for (const [position, limit] of Object.entries(GIVEN[name] ?? {})) add(node.arguments[Number(position)], limit);
      if (name === "plainText") add(node.arguments[0], limitOf(node));
    }
    if (node.type === "ObjectProperty") {
      const limit = (inChart.has(node) ? CHART : PROPERTIES)[nameOf(node.key)];
      if (limit !== undefined) add(node.value, limit);
    }
    if (isOfView && node.type === "FunctionDeclaration" && node.id?.name.endsWith("Title")) add(node.body, LIMITS.modalTitle);
  });
  return found;
}

/** What an expression says itself: in branches and constants of the file too, not in what it puts into a sentence. */
function said(tree: File, node: Node): readonly { readonly english: string; readonly line: number }[] {
  switch (node.type) {
    case "CallExpression": {
      const [english] = node.arguments;
      if (nameOf(node.callee) !== "say" || english?.type !== "StringLiteral") return [];
      return [{ english: english.value, line: english.loc?.start.line ?? 0 }];
    }
    case "ConditionalExpression":
      return [...said(tree, node.consequent), ...said(tree, node.alternate)];
    case "LogicalExpression":
      return [...said(tree, node.left), ...said(tree, node.right)];
    case "ArrowFunctionExpression":
      return said(tree, node.body);
    case "BlockStatement":
      return node.body.flatMap((statement) =>
        statement.type === "ReturnStatement" && statement.argument ? said(tree, statement.argument) : [],
      );
    case "Identifier":
      return constantsNamed(tree, node).flatMap((value) => said(tree, value));
    default:
      return [];
  }
}

/** Those of this name in the same function of the file, else in the file. */
function constantsNamed({ program }: File, { name, start, end }: Identifier): readonly Node[] {
  const around = program.body.find((statement) => (statement.start ?? 0) <= (start ?? 0) && (end ?? 0) <= (statement.end ?? 0));
  const near = around === undefined ? [] : constantsIn(around, name);
  return near.length > 0 ? near : program.body.flatMap((statement) => constantsIn(statement, name));
}

function constantsIn(within: Node, name: string): readonly Node[] {
  const found: Node[] = [];
  traverseFast(within, (node) => {
    if (node.type === "VariableDeclarator" && nameOf(node.id) === name && node.init && node.init.type !== "Identifier") {
      found.push(node.init);
    }
  });
  return found;
}

/** `plainText(text, LIMITS.label)`, `plainText(text, 150)`. */
function limitOf({ arguments: [, limit] }: CallExpression): number {
  if (limit?.type === "NumericLiteral") return limit.value;
  const name = limit?.type === "MemberExpression" ? nameOf(limit.property) : "";
  return LIMITS[name as keyof typeof LIMITS] ?? Number.POSITIVE_INFINITY;
}

function nameOf(node: Node): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? nameOf(node.property) : "";
}
