import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "@babel/parser";
import { type FunctionDeclaration, type Node, traverseFast } from "@babel/types";

/** An exported function whose type says that it makes something to show. */
export interface MakerInSource {
  readonly where: string;
  readonly name: string;
  /** It looks something up before. */
  readonly isAsync: boolean;
}

const SLACK = join(import.meta.dirname, "../../../src/slack");
const SHOWN = ["Message", "ModalView", "HomeView"];

/** Those of the whole Slack side. */
export async function makersInSource(): Promise<readonly MakerInSource[]> {
  const files = await Array.fromAsync(glob("**/*.ts", { cwd: SLACK }));
  return files.toSorted().flatMap((file) => makersOf(file, readFileSync(join(SLACK, file), "utf8")));
}

/** Those in one file's text. @throws where a function is exported without saying what it answers. */
export function makersOf(file: string, text: string): readonly MakerInSource[] {
  const { program } = parse(text, { sourceType: "module", plugins: ["typescript"] });
  return program.body.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "FunctionDeclaration") return [];
    const made = statement.declaration;
    const name = made.id?.name ?? "";
    const where = `src/slack/${file}:${made.loc?.start.line}`;
    if (made.returnType === null || made.returnType === undefined)
      throw new Error(`${where}: ${name} doesn't say what it answers`);
    return answersShown(made) ? [{ where, name, isAsync: made.async }] : [];
  });
}

function answersShown({ returnType }: FunctionDeclaration): boolean {
  return returnType !== null && returnType !== undefined && typeNames(returnType).some((name) => SHOWN.includes(name));
}

/** Names in a type; one of what it holds (`ModalView["blocks"]`) is another type. */
function typeNames(type: Node): readonly string[] {
  const names: string[] = [];
  const passedOver = new Set<Node>();
  traverseFast(type, (node) => {
    if (node.type === "TSIndexedAccessType") passedOver.add(node.objectType);
    if (node.type === "TSTypeReference" && !passedOver.has(node) && node.typeName.type === "Identifier") {
      names.push(node.typeName.name);
    }
  });
  return names;
}
