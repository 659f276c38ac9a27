import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Exchange } from "../../src/sandbox/http/exchange.ts";
import { hubspotVerdict } from "./hubspot.ts";
import { secretsIn } from "./secrets.ts";

interface Finding {
  count: number;
  readonly first: string;
}

/** What the journals in a directory have wrong, one line for each kind of fault, and how much was looked at. */
interface Checked {
  readonly findings: readonly string[];
  readonly lines: number;
  readonly hubspot: number;
  readonly operations: number;
}

/** Holds every exchange with HubSpot to its contract, and every line to having no secret of the sandbox in it. */
export function checkJournals(directory: string): Checked {
  const found = new Map<string, Finding>();
  const operations = new Set<string>();
  let lines = 0;
  let hubspot = 0;
  const note = (fault: string, place: string): void => {
    const known = found.get(fault);
    if (known) known.count++;
    else found.set(fault, { count: 1, first: place });
  };
  for (const file of readdirSync(directory).filter((name) => name.endsWith(".jsonl"))) {
    const texts = readFileSync(join(directory, file), "utf8").split("\n");
    for (const [index, text] of texts.entries()) {
      if (text === "") continue;
      lines++;
      const place = `${file}:${index + 1}`;
      for (const secret of secretsIn(text)) note(`${secret} stands in the journal`, place);
      const exchange = JSON.parse(text) as Exchange;
      if (exchange.service !== "hubspot") continue;
      hubspot++;
      const { operation, faults } = hubspotVerdict(exchange);
      if (operation !== null) operations.add(operation);
      // `[3]` and `[7]` of a list are the same kind of fault.
      for (const fault of faults) note(`${operation ?? "no operation"}: ${fault.replaceAll(/\[\d+\]/g, "[…]")}`, place);
    }
  }
  const findings = [...found].map(([fault, { count, first }]) => `${count} × ${fault} (first at ${first})`);
  return { findings, lines, hubspot, operations: operations.size };
}

if (import.meta.main) {
  const [directory] = process.argv.slice(2);
  if (directory === undefined) {
    console.error("Usage: node test/contracts/check-journals.ts DIRECTORY");
    process.exit(2);
  }
  const { findings, lines, hubspot, operations } = checkJournals(directory);
  for (const finding of findings) console.error(finding);
  console.log(
    `${lines} exchanges, ${hubspot} of them with ${operations} operations of HubSpot's: ${findings.length} kinds of fault`,
  );
  if (hubspot === 0) console.error(`There is no exchange with HubSpot in ${directory}, so nothing was checked.`);
  process.exitCode = findings.length > 0 || hubspot === 0 ? 1 : 0;
}
