import { stringify } from "csv-stringify/sync";
import { readExport } from "../../../src/health/import/export.ts";
import { type ExportedError, isUnderstood, type ReadLine } from "../../../src/health/import/line.ts";
import { ENGLISH } from "../../../src/language/language.ts";

/** A file's bytes as they may come in: in pieces of `size`. */
export async function* inPieces(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

export async function linesOf(file: Uint8Array | string, size?: number): Promise<readonly ReadLine[]> {
  const lines: ReadLine[] = [];
  for await (const line of readExport(inPieces(typeof file === "string" ? Buffer.from(file) : file, size))) lines.push(line);
  return lines;
}

/** The same with what is said of lines that aren't understood, in English. */
export async function saidOf(file: string): Promise<readonly object[]> {
  return (await linesOf(file)).map((line) =>
    isUnderstood(line) ? line : { line: line.line, reason: ENGLISH.render(line.reason) },
  );
}

/** The lines of a file of which all has to be understood. */
export async function errorsOf(file: Uint8Array | string, size?: number): Promise<readonly ExportedError[]> {
  return (await linesOf(file, size)).map((line) => {
    if (!isUnderstood(line)) throw new Error(`Line ${line.line}: ${ENGLISH.render(line.reason)}`);
    return line;
  });
}

export function csvOf(rows: readonly (readonly string[])[], delimiter = ",", lineEnd = "\n"): string {
  return stringify(rows as string[][], { delimiter, record_delimiter: lineEnd });
}
