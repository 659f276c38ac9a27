import { placeUrl } from "../../../health/place.ts";
import type { RemainingCause } from "../../../health/report.ts";
import { SUSPENSION_CATALOGUE } from "../../../health/suspension-catalogue.ts";
import { type Said, type Sentence, sentence } from "../../../language/sentence.ts";
import { getConnectionState, outdateSchemaPart, type StoredConnectionState } from "../../../store/connection-state.ts";
import { oldestWaiting } from "../../../store/recheck.ts";
import { getSuspension, type StoredSuspension } from "../../../store/reports.ts";
import { changeRequest, getRequest, type StoredRequest } from "../../../store/requests.ts";
import { unfinishedSuspension } from "../../../store/suspensions.ts";
import { noteInThreads, refreshAnnouncements } from "../../announcements/announce.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import { connectionLinks } from "../../links.ts";
import { suspensionSubject } from "../../suspension-subject.ts";
import { hasExpired } from "../action.ts";
import { type ClearEnd, finishClear } from "./finish.ts";
import { type ClearProgress, clearedSuspensionId, clearProgress, stateOfStep, withStep } from "./progress.ts";

const SECOND_MS = 1000;
const LONGEST_LOOK_MS = 15_000;
/** While nothing is to be hurried, the polls come by themselves. */
const LONGEST_WATCH_MS = 60_000;
/** What HubSpot's share of the calls is kept as between polls. */
const SHARE = "salesforce:share";
/** How long a poll may take to answer before the clear gives up. */
const LONGEST_RETEST_MS = 5 * 60_000;

/** A clear at one of its looks. */
interface Clear {
  readonly context: MonitorContext;
  readonly connection: Connection;
  readonly request: StoredRequest;
  readonly progress: ClearProgress;
  /** As the polls have left it, read before the suspension: what that says is at least as new. */
  readonly state: StoredConnectionState | null;
  readonly suspension: StoredSuspension | undefined;
}

/**
 * Goes on with a clear request from wherever it is: the cause is tested again; if it is gone, one waiting record is nudged, the
 * sync is watched until it moves, when the suspension closes, and its backlog until it is worked off. The poll does the looking,
 * the closing and the counting.
 *
 * requested → running (retest) → verifying (nudge, watch, backlog) → done; failed where the cause stands or comes back;
 * cancelled or expired from anywhere.
 */
export async function runClear(context: MonitorContext, requestId: string): Promise<void> {
  const request = await getRequest(context.db, requestId);
  if (!request || request.finished_at !== null) return;
  const progress = clearProgress(request);
  const connection = context.connections.get(request.connection);
  if (!connection) {
    await finishClear(context, request, {
      state: "failed",
      progress,
      outcome: sentence("The connection is no longer configured."),
    });
    return;
  }
  const state = await getConnectionState(context.db, request.connection);
  const suspension = await getSuspension(context.db, clearedSuspensionId(request));
  const clear: Clear = { context, connection, request, progress, state, suspension };
  const isClosed = !suspension || suspension.state === "closed";
  if (isClosed && (!suspension || waitingIn(suspension) === 0)) return succeed(clear);
  const ending = endedFromOutside(clear);
  if (ending !== null) return finishClear(context, request, ending);
  if (isClosed) return followBacklog(clear);
  if (stateOfStep(progress, "watch") === "done") return fail(clear, "backlog", sentence("the sync is suspended again"), []);
  if (request.state === "verifying") return watch(clear);
  if (request.state === "running") return retest(clear);
  await change(clear, { state: "running", started_at: context.clock.now(), progress: withStep(progress, "retest", "running") });
  await lookSoon(clear);
}

function endedFromOutside({ context, request, progress, suspension }: Clear): ClearEnd | null {
  if (request.cancel_requested_by !== null) {
    return {
      state: "cancelled",
      progress: stopped(progress, sentence("cancelled")),
      outcome: sentence("Cancelled: what was done so far stands."),
    };
  }
  if (!hasExpired(request, context.clock.now())) return null;
  const outcome =
    suspension?.state === "closed"
      ? sentence(
          "Given up: the request's time is over. The sync moves again and the suspension is closed, but {waiting, number} of {most, plural, one {# change} other {# changes}} made before that still wait.",
          { waiting: waitingIn(suspension), most: suspension.most_waiting },
        )
      : sentence(
          "Given up: the request's time is over and the sync has not been seen to move. Whatever moves it, this matter closes by itself then.",
        );
  return { state: "expired", progress: stopped(progress, sentence("its time is over")), outcome };
}

/** The step at work comes to no end. */
function stopped(progress: ClearProgress, why: Sentence): ClearProgress {
  const step = progress.steps.find(({ state }) => state === "running")?.step;
  return step === undefined ? progress : withStep(progress, step, "failed", why);
}

/** Waits for a poll that began after the request; the suspension's own row then says whether its cause was seen. */
async function retest(clear: Clear): Promise<void> {
  const { context, request, progress, state } = clear;
  const waitedMs = context.clock.now().getTime() - request.requested_at.getTime();
  if (!state?.polled_at || state.polled_at <= request.requested_at) {
    if (waitedMs < LONGEST_RETEST_MS) return lookSoon(clear);
    return fail(clear, "retest", sentence("no look at the connection came to an end; `/sync status` says why"), []);
  }
  const remaining = causesSeenSince(clear, request.requested_at);
  // A poll that was under way when the clear was asked for may have kept what it had read before.
  const readAt = new Date(state.schema_parts[SHARE]?.at ?? 0);
  const mayBeOld = remaining.some(({ kind }) => kind === "hubspot-api-limit-exceeded") && readAt <= request.requested_at;
  if (mayBeOld && waitedMs < LONGEST_RETEST_MS) {
    await outdateSchemaPart(context.db, request.connection, SHARE);
    return lookSoon(clear);
  }
  if (remaining.length > 0) return fail(clear, "retest", sentence("the cause still stands"), remaining);
  const retested = withStep(progress, "retest", "done", sentence("the cause is gone"));
  const chosen = progress.nudge ?? (await oldestWaiting(context.db, request.connection));
  const nudging = { ...withStep(retested, "nudge", "running"), nudge: chosen };
  await change(clear, { progress: nudging });
  const nudged = withStep(nudging, "nudge", "done", await nudge({ ...clear, progress: nudging }));
  const watchedSince = context.clock.now().toISOString();
  await change(clear, { state: "verifying", progress: { ...withStep(nudged, "watch", "running"), watchedSince } });
  await lookSoon(clear);
}

/**
 * Causes that polls have met since a moment. The suspension may have been seen since for another reason, with earlier causes
 * still named; and that nothing moves (unknown-error) is what a clear is there for.
 */
function causesSeenSince({ state, suspension }: Clear, since: Date): readonly RemainingCause[] {
  if (!suspension || suspension.cause_gone_at !== null) return [];
  const seen = suspension.causes.filter(({ kind, evidence }) => kind !== "unknown-error" && new Date(evidence.at) > since);
  const links = connectionLinks(state?.identity ?? null);
  return seen.map(({ kind, evidence, details }) => ({
    kind,
    statement: evidence.statement,
    url: placeUrl(SUSPENSION_CATALOGUE[kind].link, links, details) ?? links.syncHealth,
  }));
}

/** Touches the chosen record, so that the native sync has a reason to try. Answers what was done. */
async function nudge({ connection: { settings, hubspot }, request, progress: { nudge: record } }: Clear): Promise<Sentence> {
  const property = record && settings.resync.touchProperties[record.object];
  if (!record) return sentence("no change waits that could be nudged");
  if (!property) {
    return sentence("no property to touch is configured (resync.touchProperties), so the sync's own next look is awaited");
  }
  const [outcome] = await hubspot.update(record.object, [
    { id: record.hubspotId, properties: { [property]: request.requested_at.toISOString() } },
  ]);
  return outcome?.ok === false
    ? sentence("HubSpot refused the nudge: {message}", { message: outcome.refusal.message })
    : sentence("one waiting record was touched");
}

async function watch(clear: Clear): Promise<void> {
  const { context, connection, request, progress } = clear;
  const now = context.clock.now();
  const since = new Date(progress.watchedSince ?? request.requested_at);
  const remaining = causesSeenSince(clear, since);
  if (remaining.length > 0) return fail(clear, "watch", sentence("the cause is back"), remaining);
  if (progress.askedAt !== null) return lookLater(clear);
  if (now.getTime() - since.getTime() < watchMs(connection)) return lookSoon(clear);
  await askForHubSpotsButton(clear, now);
  await lookLater(clear);
}

/** The cause is gone and nothing moves: HubSpot may have to be told by its own button. The watching goes on. */
async function askForHubSpotsButton({ context, request, progress, state }: Clear, now: Date): Promise<void> {
  const { syncHealth } = connectionLinks(state?.identity ?? null);
  const asked = { ...withStep(progress, "watch", "running", sentence("nothing has synced since")), askedAt: now.toISOString() };
  const subject = suspensionSubject(clearedSuspensionId(request));
  await context.db.transaction().execute(async (trx) => {
    if (!(await changeRequest(trx, request.id, { progress: asked }))) return;
    await noteInThreads(trx, context, subject, {
      about: "clear-asks-hubspot",
      by: request.requested_by,
      url: syncHealth,
      until: request.expires_at?.toISOString() ?? null,
      at: now.toISOString(),
    });
    await refreshAnnouncements(trx, context, subject);
  });
}

/** The suspension is closed: what waited when it did is watched until nothing of it is left. The polls count it. */
async function followBacklog(clear: Clear): Promise<void> {
  const { context, request } = clear;
  const progress = withMovingSync(clear.progress);
  const anew = await unfinishedSuspension(context.db, request.connection);
  if (anew?.state === "open") {
    const why = sentence(
      "the sync ran again and is suspended anew, for {cause, select, same {the same cause} other {another cause}}",
      { cause: anew.kind === clear.suspension?.kind ? "same" : "other" },
    );
    return fail({ ...clear, progress }, "backlog", why, []);
  }
  if (stateOfStep(clear.progress, "backlog") !== "running") {
    await change(clear, { state: "verifying", progress: withStep(progress, "backlog", "running") });
  }
  await lookLater(clear);
}

async function succeed({ context, request, progress, suspension }: Clear): Promise<void> {
  const most = suspension?.most_waiting ?? 0;
  const note =
    most === 0 ? sentence("nothing waited") : sentence("none of the {changes, number} waits any more", { changes: most });
  await finishClear(context, request, {
    state: "done",
    progress: withStep(withMovingSync(progress), "backlog", "done", note),
    outcome: sentence("The sync moves again, the suspension is closed and nothing of what it held back waits any more."),
  });
}

/** All steps up to the moving of the sync are done, or turned out not to be needed. */
function withMovingSync(progress: ClearProgress): ClearProgress {
  const before = ["retest", "nudge", "watch"] as const;
  return before.reduce((all, step) => {
    if (stateOfStep(all, step) === "done") return all;
    return withStep(all, step, "done", step === "nudge" && all.nudge === null ? sentence("not needed") : null);
  }, progress);
}

/** How long the sync may take to move after a nudge: as long as it may take to be called stalled. */
function watchMs({ settings }: Connection): number {
  return Math.max(settings.stallMs, settings.graceMs);
}

/** Has the connection polled and this request looked at again a little later. */
async function lookSoon({ context, connection, request }: Clear): Promise<void> {
  await context.jobs.send({ kind: "poll", connection: request.connection });
  const after = laterBy(context, connection, LONGEST_LOOK_MS);
  await context.jobs.send({ kind: "clear", requestId: request.id }, { after });
}

/** Has this request looked at again; the polls come as they are scheduled. */
async function lookLater({ context, connection, request }: Clear): Promise<void> {
  const after = laterBy(context, connection, LONGEST_WATCH_MS);
  await context.jobs.send({ kind: "clear", requestId: request.id }, { after });
}

function laterBy({ clock }: MonitorContext, { settings }: Connection, longestMs: number): Date {
  return new Date(clock.now().getTime() + Math.min(longestMs, Math.max(SECOND_MS, settings.graceMs / 4)));
}

function waitingIn({ waiting_in_hubspot, waiting_in_salesforce }: StoredSuspension): number {
  return waiting_in_hubspot + waiting_in_salesforce;
}

async function fail(
  { context, request, progress }: Clear,
  step: "retest" | "watch" | "backlog",
  why: Sentence,
  remaining: readonly RemainingCause[],
): Promise<void> {
  const failed = { ...withStep(progress, step, "failed", why), remaining: [...remaining] };
  const what = remaining.reduceRight<Said | null>(
    (others, { statement }) => (others === null ? statement : sentence("{one}; {others}", { one: statement, others })),
    null,
  );
  const outcome = what === null ? why : sentence("{why}: {what}", { why, what });
  await finishClear(context, request, { state: "failed", progress: failed, outcome, why });
}

async function change({ context, request }: Clear, what: Parameters<typeof changeRequest>[2]): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    await changeRequest(trx, request.id, what);
    await refreshAnnouncements(trx, context, suspensionSubject(clearedSuspensionId(request)));
  });
}
