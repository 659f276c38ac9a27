import { finished } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { parse as parseSync } from "csv-parse/sync";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { UnreadableExportError } from "./unreadable.ts";

/** One line of a CSV: the number of the line of the file that it begins on, from 1, and its cells. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Where reading had to stop: what comes after it is lost. */
export interface Broken {
  readonly line: number;
  readonly broken: Sentence;
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
type Delimiter = (typeof DELIMITERS)[number];

/** How much text the delimiter is told by, in characters. */
const SAMPLE = 32_768;
/** The longest line, in characters: a quote that is never closed must not fill the memory. */
const LONGEST = 500_000;

const PARSING = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  record_delimiter: "\n",
} as const;

/** The rows of a CSV with whichever delimiter it has, as its text comes in. */
export async function* readRows(text: AsyncIterable<string>): AsyncGenerator<Row | Broken> {
  const pieces = text[Symbol.asyncIterator]();
  let head = "";
  while (head.length < SAMPLE) {
    const next = await pieces.next();
    if (next.done) break;
    head += next.value;
  }
  if (head.trim() === "") throw new UnreadableExportError(sentence("The file is empty."));
  const { delimiter, skipped } = delimiterOf(head);
  const start = skipped === 0 ? head : head.slice(head.indexOf("\n") + 1);
  yield* parsedRows(start, pieces, delimiter, skipped);
}

async function* parsedRows(
  head: string,
  pieces: AsyncIterator<string>,
  delimiter: Delimiter,
  skipped: number,
): AsyncGenerator<Row | Broken> {
  let rows: Row[] = [];
  let last = skipped;
  const keep = (cells: string[], { lines }: { readonly lines: number }) => {
    last = lines + skipped;
    const within = cells.reduce((count, cell) => count + cell.split("\n").length - 1, 0);
    rows.push({ line: last - within, cells });
    return null;
  };
  const parser = parse({ ...PARSING, delimiter, max_record_size: LONGEST, on_record: keep });
  // A stream that fails drops the rows that nobody has read yet: they are taken as they are parsed, so that none is lost.
  const ended = finished(parser.resume()).then(
    () => null,
    (error: unknown) => error,
  );
  const written = (text: string) =>
    Promise.race([ended, new Promise<null>((resolve) => parser.write(text, () => resolve(null)))]);
  let failure: unknown = null;
  for (let text: string | null = head; text !== null && failure === null; ) {
    failure = await written(text);
    yield* rows;
    rows = [];
    const next: IteratorResult<string> = await pieces.next();
    text = next.done ? null : next.value;
  }
  if (failure === null) {
    parser.end();
    failure = await ended;
    yield* rows;
  }
  if (failure === null) return;
  if (!(failure instanceof CsvError)) throw failure;
  const isQuote = failure.code === "CSV_QUOTE_NOT_CLOSED" || failure.code === "CSV_MAX_RECORD_SIZE";
  yield {
    line: last + 1,
    broken: isQuote
      ? sentence("a quote is opened and never closed: this line and all after it could not be read")
      : sentence("{problem}: this line and all after it could not be read", { problem: failure.message }),
  };
}

/** The delimiter by which most lines have the same number of cells; Excel's own `sep=;` line settles it. */
function delimiterOf(head: string): { readonly delimiter: Delimiter; readonly skipped: number } {
  const named = /^\ufeff?sep=([,;\t|])\n/i.exec(head)?.[1];
  const known = DELIMITERS.find((candidate) => candidate === named);
  if (known !== undefined) return { delimiter: known, skipped: 1 };
  const whole = head.length < SAMPLE ? head : head.slice(0, head.lastIndexOf("\n"));
  const scored = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(whole, delimiter) }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return { delimiter: best.delimiter, skipped: 0 };
}

/** How many cells lie in lines that have the most usual number of them, where that is more than one. */
function scoreOf(text: string, delimiter: Delimiter): number {
  const rows: string[][] = [];
  const keep = (row: string[]) => {
    rows.push(row);
    return null;
  };
  try {
    parseSync(text, { ...PARSING, delimiter, to: 100, on_record: keep });
  } catch {
    // The sample can end within quotes: the rows before count all the same.
  }
  if (rows.length === 0) return 0;
  const widths = new Map<number, number>();
  for (const { length } of rows) if (length > 1) widths.set(length, (widths.get(length) ?? 0) + 1);
  const [width, count] = [...widths].reduce((one, other) => (other[1] * other[0] > one[1] * one[0] ? other : one), [0, 0]);
  return (count / rows.length) * (count / rows.length) * width;
}
