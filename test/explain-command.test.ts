import { spawn } from "node:child_process";
import { Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { explainLines, explainMessage } from "../src/explain-command.ts";
import { corpus, FILES } from "./health/explain/corpus.ts";

interface Run {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: number | null;
}

/** The command as people start it: in an empty environment, without configuration. */
function run(args: readonly string[], input: string): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["src/cli.ts", "explain", ...args], { env: { PATH: process.env.PATH } });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (errors += chunk));
    child.on("close", (exitCode) => resolve({ output, errors, exitCode }));
    child.stdin.end(input);
  });
}

function parsed(output: string): readonly Readonly<Record<string, unknown>>[] {
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("explains every line of the corpus in its order, with just the keys that were promised", async () => {
  const cases = FILES.flatMap((file) => corpus(file));
  const { output, exitCode } = await run([], cases.map(({ input }, id) => JSON.stringify({ id: `r${id}`, ...input })).join("\n"));
  const answers = parsed(output);
  expect(exitCode).toBe(0);
  expect(answers.map(({ id, type }) => [id, type])).toEqual(cases.map((entry, id) => [`r${id}`, entry.expect]));
  for (const answer of answers) expect(Object.keys(answer)).toEqual(["id", "kind", "category", "type", "label", "advice"]);
});

test("answers bad lines with what is wrong, goes on, and ends with exit code 1", async () => {
  const good = JSON.stringify({ system: "salesforce", code: "STRING_TOO_LONG", message: "x\u2028y", fields: null });
  const lines = [
    "\ufeff",
    "nope",
    '{"id":7,"system":"sf","message":5,"fields":[1]}',
    "[]",
    "",
    `  ${good}\r`,
    '{"id":"m","system":"hubspot"}',
  ];
  const { output, exitCode, errors } = await run([], lines.join("\n"));
  expect(exitCode).toBe(1);
  expect(errors).toBe("");
  expect(parsed(output)).toEqual([
    { id: null, error: expect.stringMatching(/^The line is not JSON/) },
    {
      id: 7,
      error:
        'system must be "salesforce" or "hubspot"; it is "sf". message must be text; it is 5. fields.0 must be text; it is 1.',
    },
    { id: null, error: "The line must be a JSON object; it is []." },
    expect.objectContaining({ id: null, type: "string-too-long" }),
    { id: "m", error: "message must be text; it is missing." },
  ]);
});

test("an unclosed last line counts, and nothing at all is no mistake", async () => {
  expect(await run([], "")).toEqual({ output: "", errors: "", exitCode: 0 });
  expect((await run([], "\ufeff{")).exitCode).toBe(1);
});

test("one message is explained in words", async () => {
  const { output, exitCode } = await run(["FIELD_CUSTOM_VALIDATION_EXCEPTION: A customer needs a phone"], "");
  expect(exitCode).toBe(0);
  for (const words of [
    "Salesforce custom field validation rule",
    "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    "A customer needs a phone",
    "Salesforce admin",
  ])
    expect(output).toContain(words);
  expect(explainMessage("Contact already exists. Existing ID: 51")).toContain("Email already in use");
  expect(explainMessage("UNABLE_TO_LOCK_ROW: unable to obtain exclusive access", { scope: "connection" })).toContain(
    "organization locked",
  );
});

test("who reads the first line alone is left in peace", async () => {
  const child = spawn(process.execPath, ["src/cli.ts", "explain"], { env: { PATH: process.env.PATH } });
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += chunk));
  child.stdin.on("error", () => undefined);
  child.stdout.once("data", () => child.stdout.destroy());
  const line = `${JSON.stringify({ system: "salesforce", message: "x" })}\n`;
  child.stdin.end(line.repeat(20_000));
  const exitCode = await new Promise((resolve) => child.on("close", resolve));
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: "" });
});

test("lines are answered as they come, not kept", async () => {
  let most = 0;
  let waiting = 0;
  function* lines() {
    for (let id = 0; id < 5_000; id++) {
      waiting++;
      most = Math.max(most, waiting);
      yield Buffer.from(`${JSON.stringify({ id, system: "salesforce", message: "x" })}\n`);
    }
  }
  const slow = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      waiting--;
      setImmediate(done);
    },
  });
  expect(await explainLines(Readable.from(lines(), { highWaterMark: 1 }), slow)).toBe(true);
  expect(most).toBeLessThan(100);
});
