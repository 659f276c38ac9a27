import { runAudit } from "../src/monitor/audit/audit.ts";
import { auditReport } from "../src/monitor/audit/audit-report.ts";
import { requestAudit } from "../src/monitor/audit/request-audit.ts";
import { openLocalWorld } from "../test/support/local-world.ts";

// Calls, time and memory of an audit of a healthy world, for a small one and one ten times as large: `node bench/audit.ts`.
const SIZES = [1_000, 10_000] as const;
const SAMPLE_EVERY_MS = 20;
const ACTOR = { userId: "U0BENCH", channel: null, messageTs: null, allowedAs: null };

interface Measured {
  readonly contacts: number;
  readonly seconds: number;
  readonly salesforce: number;
  readonly allowed: number;
  readonly hubspot: number;
  /** MB of the heap before, and the most while at work: services and database are in the same process. */
  readonly before: number;
  readonly peak: number;
}

async function measure(contacts: number): Promise<Measured> {
  const local = await openLocalWorld({ contacts });
  const connection = local.context.connections.get("main");
  if (connection === undefined) throw new Error("There is no connection.");
  await connection.salesforce.identity();
  await local.poll();
  const requested = await requestAudit(local.context, connection, {}, ACTOR);
  if (requested.result !== "accepted") throw new Error(`The audit was ${requested.result}.`);
  const calls = local.calls();
  const before = heap();
  let peak = before;
  const sampler = setInterval(() => (peak = Math.max(peak, heap())), SAMPLE_EVERY_MS);
  const started = performance.now();
  await runAudit(local.context, requested.requestId, new AbortController().signal);
  const seconds = (performance.now() - started) / 1000;
  clearInterval(sampler);
  const report = await auditReport(local.context, requested.requestId);
  const made = local.calls();
  await local.close();
  if (report?.state !== "done" || report.found.length > 0) throw new Error(`A healthy world drifted: ${report?.outcome}`);
  const inSalesforce = report.read.filter(({ system }) => system === "salesforce");
  return {
    contacts,
    seconds,
    salesforce: made.salesforce - calls.salesforce,
    // A last page that is exactly full doesn't tell that it is the last.
    allowed: inSalesforce.reduce((sum, { records }) => sum + Math.floor(records / 2_000) + 1, 0),
    hubspot: made.hubspot - calls.hubspot,
    before,
    peak,
  };
}

function heap(): number {
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

console.log("| contacts | Salesforce calls | HubSpot calls | seconds | heap, MB: before → peak |\n|---|---|---|---|---|");
for (const size of SIZES) {
  const { contacts, salesforce, allowed, hubspot, seconds, before, peak } = await measure(size);
  console.log(
    `| ${contacts.toLocaleString("en-US")} | ${salesforce} (${allowed}) | ${hubspot} | ${seconds.toFixed(1)} | ${before} → ${peak} |`,
  );
  if (salesforce > allowed) process.exitCode = 1;
}
