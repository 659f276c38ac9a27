import { Gauge, Registry } from "prom-client";
import type { MonitorContext } from "../monitor/context.ts";
import { connectionReport } from "../monitor/reports.ts";
import { countOwed } from "../store/announcements.ts";

/** What `/metrics` answers. */
export interface Metrics {
  readonly contentType: string;
  /** The gauges as they are now, in Prometheus' text format. */
  text(): Promise<string>;
}

/** The gauges of `/metrics`, read from the store and the clients whenever they are asked for. */
export function createMetrics(context: MonitorContext): Metrics {
  const registry = new Registry();
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name: `syncwarden_${name}`, help, labelNames, registers: [registry] });
  const calls = gauge("api_calls", "API calls made by this process since it started", ["connection", "system"]);
  const age = gauge("seconds_since_poll", "Age of what is known of a connection", ["connection"]);
  const suspended = gauge("suspended", "1 while the sync is suspended", ["connection"]);
  const affected = gauge("affected_records", "Records held back by sync errors", ["connection", "category"]);
  const owed = gauge("announcements_owed", "Messages that Slack doesn't show as they should be", []);

  async function update(): Promise<void> {
    affected.reset();
    for (const [connection, { salesforce, hubspot }] of context.connections) {
      calls.set({ connection, system: "salesforce" }, salesforce.callsMade());
      calls.set({ connection, system: "hubspot" }, hubspot.callsMade());
      const report = await connectionReport(context, connection);
      if (report.asOf) age.set({ connection }, (context.clock.now().getTime() - report.asOf.getTime()) / 1000);
      suspended.set({ connection }, report.suspension ? 1 : 0);
      for (const { category, affectedRecords } of report.categories) affected.set({ connection, category }, affectedRecords);
    }
    owed.set(await countOwed(context.db));
  }

  return {
    contentType: registry.contentType,
    async text() {
      await update();
      return registry.metrics();
    },
  };
}
