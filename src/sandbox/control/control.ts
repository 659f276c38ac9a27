import { Hono } from "hono";
import { z } from "zod";
import type { CallCounter } from "../http/calls.ts";
import type { Faults } from "../http/faults.ts";
import { EXPORT_DELIMITERS, EXPORT_ENCODINGS, exportErrors } from "../native-sync/export.ts";
import { EXPORT_LANGUAGES } from "../native-sync/export-names.ts";
import type { NativeSync } from "../native-sync/native-sync.ts";
import { compare, type Said } from "../said.ts";
import type { SandboxEnvironment, SandboxOptions } from "../sandbox.ts";
import type { ScenarioPlayer } from "../scenarios/catalogue.ts";
import { createFaultPlayer, type FaultPlayer } from "../scenarios/fault-stories.ts";
import { ImpossibleScenario } from "../scenarios/play.ts";
import type { World } from "../world/world.ts";
import { editRecords, recordsSchema } from "./records.ts";
import { ControlRefusal } from "./refusal.ts";
import { readBody } from "./request.ts";

export interface ControlParts {
  readonly options: SandboxOptions;
  readonly world: World;
  readonly sync: NativeSync;
  readonly scenarios: ScenarioPlayer;
  readonly faults: Faults;
  readonly calls: CallCounter;
  readonly environment: () => SandboxEnvironment;
  /** What the bot says at this moment; null where it isn't known here. */
  readonly said: () => Promise<Said | null>;
}

const playSchema = z.strictObject({ count: z.number().int().min(1).max(100_000).optional() });

const faultSchema = z.strictObject({
  service: z.enum(["slack", "salesforce", "hubspot"]),
  path: z.string().startsWith("/").exactOptional(),
  status: z.number().int().min(200).max(599).exactOptional(),
  body: z.unknown().exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  delayMs: z.number().int().min(0).max(600_000).exactOptional(),
  dropConnection: z.boolean().exactOptional(),
  times: z.number().int().min(1).exactOptional(),
});

const settingsSchema = z.strictObject({
  stampOnFailure: z.boolean().optional(),
  allocation: z.number().int().min(1).optional(),
  createContactsAs: z.enum(["Contact", "Lead"]).nullable().optional(),
  rolledBackShows: z.enum(["every-failure", "first-failure"]).optional(),
  eventLogs: z.boolean().optional(),
  searchLagMs: z.number().int().min(0).max(60_000).optional(),
});

const exportSchema = z.strictObject({
  language: z.enum(EXPORT_LANGUAGES).default("en"),
  delimiter: z.enum(Object.keys(EXPORT_DELIMITERS) as [keyof typeof EXPORT_DELIMITERS]).default("comma"),
  encoding: z.enum(EXPORT_ENCODINGS).default("utf-8"),
});

/** The control paths under /sandbox, but for Slack's. Wrong calls answer 400 or 404 with `{error}`. */
export function createControl(parts: ControlParts): Hono {
  const { world, sync, scenarios, faults, calls } = parts;
  const app = new Hono();
  const faultStories = createFaultPlayer(faults);

  app.get("/sandbox/scenarios", (c) => c.json({ scenarios: scenarios.list() }));
  app.delete("/sandbox/scenarios", (c) => {
    scenarios.mendAll();
    return c.json({ scenarios: scenarios.list() });
  });
  app.post("/sandbox/scenarios/:id{.+}", async (c) => {
    const id = scenarioId(c.req.param("id"));
    const { count } = await readBody(c, playSchema);
    return c.json(scenarios.make(id, count));
  });
  app.delete("/sandbox/scenarios/:id{.+}", (c) => c.json(scenarios.mend(scenarioId(c.req.param("id")))));

  app.get("/sandbox/faults", (c) => c.json({ faults: faults.list() }));
  app.post("/sandbox/faults", async (c) => {
    const fault = await readBody(c, faultSchema);
    if (fault.status === undefined && !fault.delayMs && !fault.dropConnection) {
      throw new ControlRefusal(400, "Say what goes wrong: status, delayMs or dropConnection");
    }
    faults.add(fault);
    return c.json({ faults: faults.list() });
  });
  app.delete("/sandbox/faults", (c) => {
    faults.clear();
    return c.json({ faults: [] });
  });

  app.post("/sandbox/faults/:id", (c) => c.json(faultState(c.req.param("id"), faultStories.start)));
  app.delete("/sandbox/faults/:id", (c) => c.json(faultState(c.req.param("id"), faultStories.end)));

  app.get("/sandbox/truth", (c) => c.json(sync.truth()));
  app.get("/sandbox/hubspot/sync-errors.csv", (c) => {
    const form = exportSchema.safeParse(c.req.query());
    if (!form.success) throw new ControlRefusal(400, z.prettifyError(form.error));
    const file = exportErrors(sync.truth(), world, form.data);
    if (file === null) throw new ControlRefusal(400, `The encoding ${form.data.encoding} can't write this export.`);
    return c.body(new Uint8Array(file), 200, {
      "content-type": "text/csv",
      "content-disposition": 'attachment; filename="salesforce-sync-errors.csv"',
    });
  });
  app.post("/sandbox/native-sync/clear", (c) => c.json({ resumed: sync.clear(), suspension: sync.state().suspension }));
  app.post("/sandbox/native-sync/look", (c) => {
    sync.look();
    return c.json(sync.truth());
  });
  app.post("/sandbox/settings", async (c) => {
    applySettings(await readBody(c, settingsSchema), parts);
    return c.json(settings(parts));
  });

  app.post("/sandbox/records", async (c) => {
    const [someone] = world.salesPeople;
    if (!someone) throw new Error("The world has no sales people");
    return c.json(editRecords(await readBody(c, recordsSchema), world.org, world.account, someone.user.id));
  });

  app.get("/sandbox/calls", (c) => {
    const { callsMade, writesMade } = sync.state();
    return c.json({ bot: calls.counts(), nativeSync: { salesforce: callsMade, hubspot: writesMade } });
  });
  app.get("/sandbox/connect", (c) => c.json(parts.environment()));
  app.get("/sandbox/state", async (c) => c.json(await state(parts, faultStories)));

  app.notFound((c) => c.json({ error: `The sandbox has no ${c.req.method} ${c.req.path}` }, 404));
  app.onError((error, c) => {
    if (error instanceof ControlRefusal) return c.json({ error: error.message }, error.status);
    if (error instanceof ImpossibleScenario) return c.json({ error: error.message }, 400);
    console.error(error);
    return c.json({ error: `The sandbox failed: ${error.message}` }, 500);
  });
  return app;

  function faultState(id: string, play: FaultPlayer["start"]) {
    const played = play(id);
    if (played !== null) return played;
    throw new ControlRefusal(404, `There is no fault ${id}. GET /sandbox/state lists them.`);
  }

  /** Ids have slashes in them; a client may have encoded these. */
  function scenarioId(given: string): string {
    const id = decodeURIComponent(given);
    if (scenarios.isKnown(id)) return id;
    throw new ControlRefusal(404, `There is no scenario ${id}. GET /sandbox/scenarios lists them.`);
  }
}

function applySettings(wanted: z.output<typeof settingsSchema>, { sync, world }: ControlParts): void {
  const { org, account } = world;
  if (wanted.stampOnFailure !== undefined) sync.settings.stampOnFailure = wanted.stampOnFailure;
  if (wanted.allocation !== undefined) sync.settings.allocation = wanted.allocation;
  if (wanted.createContactsAs !== undefined) sync.settings.createContactsAs = wanted.createContactsAs;
  if (wanted.rolledBackShows !== undefined) org.state.rolledBackShows = wanted.rolledBackShows;
  if (wanted.eventLogs !== undefined) org.state.eventLogs = wanted.eventLogs;
  if (wanted.searchLagMs !== undefined) account.state.searchLagMs = wanted.searchLagMs;
}

function settings({ sync, world }: ControlParts) {
  return {
    stampOnFailure: sync.settings.stampOnFailure,
    allocation: sync.settings.allocation,
    createContactsAs: sync.settings.createContactsAs,
    rolledBackShows: world.org.state.rolledBackShows,
    eventLogs: world.org.state.eventLogs,
    searchLagMs: world.account.state.searchLagMs,
  };
}

/** All that the page's panel shows of the world. */
async function state(parts: ControlParts, faultStories: FaultPlayer) {
  const { options, world, sync, scenarios, faults } = parts;
  const said = await parts.said();
  const truth = sync.truth();
  return {
    options,
    scenarios: scenarios.list(),
    faults: faults.list(),
    faultStories: faultStories.list(),
    truth,
    comparison: said === null ? null : compare(truth, sync.further(), said),
    nativeSync: sync.state(),
    settings: settings(parts),
    apiUse: { ...world.org.state.apiRequests, allocation: sync.settings.allocation },
    storage: world.org.state.dataStorageMb,
  };
}

export type WorldState = Awaited<ReturnType<typeof state>>;
