import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { readExport } from "../../../src/health/import/export.ts";
import { isUnderstood } from "../../../src/health/import/line.ts";

const LINES = 100_000;
const MESSAGE = "FIELD_CUSTOM_VALIDATION_EXCEPTION: Phone must start with a country code; ".repeat(4);

/** A file as it comes in: made as it is read, 70 MB in UTF-16. */
async function* bigFile(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("\ufeffRecord ID;Object type;Error type;Error message\r\n", "utf16le");
  for (let line = 0; line < LINES; line += 100) {
    const rows = Array.from({ length: 100 }, (_, index) => `${line + index + 1};Contact;String too long;"${MESSAGE}"\r\n`);
    yield Buffer.from(rows.join(""), "utf16le");
  }
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is held after everything that can go has gone, whatever the time that takes. */
function heapMb(): number {
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

test("100,000 lines stream through: what is held does not grow with them", async () => {
  let read = 0;
  let early = 0;
  let most = 0;
  for await (const line of readExport(bigFile())) {
    if (isUnderstood(line)) read += 1;
    if (read === 5_000) early = heapMb();
    if (read % 5_000 === 0) most = Math.max(most, heapMb());
  }
  expect(read).toBe(LINES);
  // All lines together would be 30 MB as Latin text, twice that with what is read from them.
  expect(most - early).toBeLessThan(15);
}, 60_000);
