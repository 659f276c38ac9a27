import { Gauge, Registry } from "prom-client";
import type { MonitorContext } from "../monitor/context.ts";
import { connectionReport } from "../monitor/reports.ts";
import { countOwed } from "../store/announcements.ts";

/** The gauges of `/metrics`, read from the store and the clients when they are asked for. */
export function createMetrics(context: MonitorContext): Registry {
  const registry = new Registry();
  const registers = [registry];
  const connections = () => [...context.connections];

  new Gauge({
    name: "syncwarden_api_calls",
    help: "API calls made by this process since it started",
    labelNames: ["connection", "system"],
    registers,
    collect() {
      for (const [connection, { salesforce, hubspot }] of connections()) {
        this.set({ connection, system: "salesforce" }, salesforce.callsMade());
        this.set({ connection, system: "hubspot" }, hubspot.callsMade());
      }
    },
  });
  const suspended = new Gauge({
    name: "syncwarden_suspended",
    help: "1 while the sync is suspended",
    labelNames: ["connection"],
    registers,
  });
  const affected = new Gauge({
    name: "syncwarden_affected_records",
    help: "Records held back by sync errors, by category",
    labelNames: ["connection", "category"],
    registers,
  });
  new Gauge({
    name: "syncwarden_seconds_since_poll",
    help: "Age of what is known of a connection",
    labelNames: ["connection"],
    registers,
    async collect() {
      affected.reset();
      for (const [connection] of connections()) {
        const report = await connectionReport(context, connection);
        if (report.asOf) this.set({ connection }, (context.clock.now().getTime() - report.asOf.getTime()) / 1000);
        suspended.set({ connection }, report.suspension ? 1 : 0);
        for (const { category, affectedRecords } of report.categories) affected.set({ connection, category }, affectedRecords);
      }
    },
  });
  new Gauge({
    name: "syncwarden_announcements_owed",
    help: "Messages that Slack doesn't show as they should be",
    registers,
    async collect() {
      this.set(await countOwed(context.db));
    },
  });
  return registry;
}
