import Papa from "papaparse";

/** All of what comes piece by piece. */
export async function written(lines: AsyncIterable<string>): Promise<string> {
  let all = "";
  for await (const line of lines) all += line;
  return all;
}

export async function* rowsOf<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

/** The rows of a CSV file, read by another library than the one that writes it; its mark for Excel taken off. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const { data, errors } = Papa.parse(text.replace(/^\ufeff/, ""), { delimiter: ",", newline: "\r\n" });
  if (errors.length > 0) throw new Error(`Not CSV: ${errors.map(({ message }) => message).join(" ")}`);
  // It takes the end of the last line for the beginning of another.
  const last = data.at(-1);
  return last?.length === 1 && last[0] === "" && text.endsWith("\r\n") ? data.slice(0, -1) : data;
}
