import type { AccountRecord } from "../../src/sandbox/hubspot/model.ts";
import { linkOf } from "../../src/sandbox/native-sync/matching.ts";
import { DEFAULT_TIMES } from "../../src/sandbox/native-sync/settings.ts";
import { ImpossibleScenario } from "../../src/sandbox/scenarios/play.ts";
import { createRandom } from "../../src/sandbox/world/random.ts";
import type { Store } from "../../src/store/database.ts";
import { type LocalWorld, openLocalWorld } from "../../test/support/local-world.ts";
import type { WorldPlan } from "./plan.ts";
import { furtherErrors, type HeldRecord, type ToldSuspension, toldErrors, toldSuspension, trueErrors } from "./told.ts";
import { createTraffic } from "./traffic.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const STEP_MS = 20 * SECOND_MS;
const LOOK_EVERY_MS = 15 * MINUTE_MS;
const BEGINNING = Date.parse("2026-03-02T06:00:00Z");

/** HubSpot's own times. */
const TIMES = {
  ...DEFAULT_TIMES,
  lookEveryMs: LOOK_EVERY_MS,
  retryEveryMs: 20 * MINUTE_MS,
  nightlyRetryMs: 24 * HOUR_MS,
  retestAfterMs: LOOK_EVERY_MS,
  resumeAfterMs: 12 * HOUR_MS,
  stuckForMs: 12 * HOUR_MS,
};

/** Truth and telling at a moment at which both have had the time to see everything. */
export interface Comparison {
  readonly when: "as it was" | "once mended";
  readonly truth: readonly HeldRecord[];
  readonly told: readonly HeldRecord[];
  readonly suspension: { readonly truth: string | null; readonly told: string | null; readonly statement: string };
}

export interface PlayedWorld {
  readonly plan: WorldPlan;
  /** Scenarios that this world was too small for. */
  readonly leftOut: readonly string[];
  readonly comparisons: readonly Comparison[];
  /** Told at some time, and never true. */
  readonly falseErrors: readonly HeldRecord[];
  /** Opened while nothing of the kind was the matter, or again although it had never ended. */
  readonly falseSuspensions: readonly { readonly kind: string; readonly at: string; readonly statement: string }[];
  readonly polls: number;
  readonly calls: { readonly salesforce: number; readonly hubspot: number };
  readonly seconds: number;
}

/** Plays a whole world in its own time: people, the native sync and the bot. `log` is told of everything that happens. */
export async function playWorld(plan: WorldPlan, store: Store, log: (line: string) => void = () => {}): Promise<PlayedWorld> {
  const started = performance.now();
  const random = createRandom(plan.seed);
  let nowMs = BEGINNING;
  const between: (() => void)[] = [];
  const world = await openLocalWorld({
    seed: plan.seed,
    contacts: plan.contacts,
    store,
    now: () => new Date(nowMs),
    random: createRandom(plan.seed).next,
    times: TIMES,
    beforeCall() {
      nowMs += 50 + random.integer(0, 400);
      between.at(-1)?.();
    },
    settings: {
      graceMs: plan.graceMs,
      stallMs: plan.stallMs,
      diagnosis: { rolledBackWrites: true, retryAfterMs: plan.retryAfterMs },
    },
  });
  // The org has made its records just now: by the time that anything happens, they have been there for a while.
  nowMs += HOUR_MS;
  try {
    return await new Playing(plan, world, store, random, log, {
      now: () => nowMs,
      pass: (ms) => {
        nowMs += ms;
      },
      between,
    }).play(started);
  } finally {
    await world.close();
  }
}

interface Time {
  now(): number;
  pass(ms: number): void;
  /** What happens between two calls of the bot's, while it polls. */
  readonly between: (() => void)[];
}

/** Suspensions, and from when to when each was the matter. */
interface Spell {
  readonly kind: string;
  readonly from: number;
  until: number | null;
  /** Of the bot's suspensions, those that told of it. */
  readonly toldAs: string[];
}

class Playing {
  readonly #plan: WorldPlan;
  readonly #world: LocalWorld;
  readonly #store: Store;
  readonly #random: ReturnType<typeof createRandom>;
  readonly #log: (line: string) => void;
  readonly #time: Time;
  readonly #leftOut: string[] = [];
  readonly #everTrue = new Map<string, HeldRecord>();
  /** When each was first true. */
  readonly #trueSince = new Map<string, number>();
  /** Told while it would have been met, had nothing else been in the way. */
  readonly #everFurther = new Set<string>();
  /** By Salesforce id, as they were then: records changed so shortly before a merge took their contact that only the sync knows. */
  readonly #leftByMerge = new Map<string, string>();
  readonly #everTold = new Map<string, HeldRecord>();
  readonly #spells: Spell[] = [];
  readonly #falseSuspensions: { readonly kind: string; readonly at: string; readonly statement: string }[] = [];
  #open: ToldSuspension | null = null;
  #polls = 0;
  #nextPoll = 0;
  #nextLook = 0;
  #reactAt: number | null = null;
  #writesSaid = 0;

  constructor(
    plan: WorldPlan,
    world: LocalWorld,
    store: Store,
    random: ReturnType<typeof createRandom>,
    log: (line: string) => void,
    time: Time,
  ) {
    this.#plan = plan;
    this.#world = world;
    this.#store = store;
    this.#random = random;
    this.#log = log;
    this.#time = time;
  }

  async play(started: number): Promise<PlayedWorld> {
    const { sync, play, world } = this.#world;
    const { searchLagMs, stampOnFailure, rolledBackShows, busyMs, traffic, scenarios, reactionMs } = this.#plan;
    world.account.state.searchLagMs = searchLagMs;
    world.org.state.rolledBackShows = rolledBackShows;
    sync.settings.stampOnFailure = stampOnFailure;
    world.account.onChange(({ source, object, record, changed, replaced }) => {
      if (replaced.length > 0) this.#noteLeftByMerge(record);
      this.#say(`HubSpot, ${source}: ${object} ${record.id} ${JSON.stringify(changed)}`);
      if (source !== "SALESFORCE") this.#reactAt ??= this.#time.now() + this.#random.integer(1_000, reactionMs);
    });
    const people = createTraffic(play, this.#random, { careless: this.#plan.kind !== "healthy" });
    const begun = this.#time.now();
    this.#nextLook = begun + this.#random.integer(0, LOOK_EVERY_MS);
    // Some things are wrong before the bot's first poll.
    this.#nextPoll = begun + (this.#random.chance(0.2) ? this.#random.integer(0, busyMs / 2) : 0);
    const ahead = scenarios.map((scenario) => ({ ...scenario }));
    const chance = (traffic * STEP_MS) / HOUR_MS;
    const work = (part: number) => {
      if (this.#random.chance(chance * part)) people.act();
    };
    this.#time.between.push(() => {
      work(0.05);
      if (this.#random.chance(0.02)) this.#syncIfDue();
    });
    while (this.#time.now() < begun + busyMs) {
      for (const scenario of ahead) {
        if (scenario.from <= this.#time.now() - begun) this.#begin(scenario.id, scenario.count);
      }
      for (const { id, from, until } of ahead) {
        if (from <= this.#time.now() - begun) continue;
        if (until !== null && until <= this.#time.now() - begun) this.#end(id);
      }
      for (let place = ahead.length - 1; place >= 0; place--) {
        const scenario = ahead[place];
        if (scenario === undefined || scenario.from > this.#time.now() - begun) continue;
        ahead.splice(place, 1);
        if (scenario.until !== null) ahead.push({ ...scenario, from: Number.POSITIVE_INFINITY });
      }
      work(1);
      await this.#step();
    }
    this.#time.between.pop();
    const comparisons = [await this.#compare("as it was")];
    this.#world.scenarios.list().forEach(({ id, active }) => {
      if (active) this.#end(id);
    });
    comparisons.push(await this.#compare("once mended"));
    return {
      plan: this.#plan,
      leftOut: this.#leftOut,
      comparisons,
      falseErrors: [...this.#everTold].flatMap(([key, record]) =>
        this.#everTrue.has(key) || this.#everFurther.has(key) || this.#isToldAhead(record) ? [] : [record],
      ),
      falseSuspensions: this.#falseSuspensions,
      polls: this.#polls,
      calls: this.#world.calls(),
      seconds: (performance.now() - started) / 1_000,
    };
  }

  #say(line: string): void {
    this.#log(`${new Date(this.#time.now()).toISOString().slice(11, 19)} ${line}`);
  }

  #begin(id: string, count: number): void {
    try {
      this.#world.scenarios.make(id, count);
      this.#say(`makes ${id} (${count})`);
      if (id.startsWith("suspension/")) this.#beginSpell(id.slice("suspension/".length));
    } catch (error) {
      if (!(error instanceof ImpossibleScenario)) throw error;
      this.#leftOut.push(id);
      this.#say(`can't make ${id}: ${error.message}`);
    }
  }

  #end(id: string): void {
    if (!this.#world.scenarios.list().some((scenario) => scenario.id === id && scenario.active)) return;
    try {
      this.#world.scenarios.mend(id);
    } catch (error) {
      if (!(error instanceof ImpossibleScenario)) throw error;
      this.#say(`can't mend all of ${id}: ${error.message}`);
    }
    this.#say(`mends ${id}`);
  }

  #beginSpell(kind: string): void {
    this.#spells.push({ kind, from: this.#time.now(), until: null, toldAs: [] });
  }

  /** HubSpot has merged a contact into another one: the Salesforce record of that one is left without any. */
  #noteLeftByMerge(merged: AccountRecord): void {
    const { account, org } = this.#world.world;
    for (const [object, property] of [
      ["Contact", "salesforcecontactid"],
      ["Lead", "salesforceleadid"],
    ] as const) {
      for (const { value } of account.history("contacts", merged.id, property)) {
        const stamp = org.get(object, value)?.fields.SystemModstamp;
        if (typeof stamp !== "string" || value === linkOf(merged)?.salesforceId) continue;
        if (this.#time.now() - Date.parse(stamp) <= LOOK_EVERY_MS) this.#leftByMerge.set(value, stamp);
      }
    }
  }

  /** Whether the sync looked in the quarter of an hour between a record's last change and the merge of its contact, nothing shows. */
  #isUnknowable({ record, direction }: HeldRecord): boolean {
    const stamp = this.#leftByMerge.get(record);
    if (stamp === undefined || direction !== "salesforce-to-hubspot") return false;
    const { org } = this.#world.world;
    return (org.get("Contact", record) ?? org.get("Lead", record))?.fields.SystemModstamp === stamp;
  }

  /** A stretch of time: the sync, and the bot where it is due. */
  async #step(): Promise<void> {
    this.#time.pass(STEP_MS);
    if (this.#random.chance(0.5)) this.#syncIfDue();
    this.#sayWrites();
    if (this.#time.now() >= this.#nextPoll) await this.#poll();
    this.#syncIfDue();
    this.#sayWrites();
  }

  /** Only what is written over an API or by a person is noted by the org, and that is enough. */
  #sayWrites(): void {
    const writes = this.#world.world.org.writes();
    for (const { app, object, id, fields } of writes.slice(this.#writesSaid)) {
      this.#say(`Salesforce, ${app}: ${object} ${id} ${JSON.stringify(fields)}`);
    }
    this.#writesSaid = writes.length;
  }

  #syncIfDue(): void {
    const { sync } = this.#world;
    const now = this.#time.now();
    if (this.#reactAt !== null && this.#reactAt <= now) {
      this.#reactAt = null;
      sync.react();
      this.#note();
    }
    if (this.#nextLook > now) return;
    this.#nextLook = now + LOOK_EVERY_MS;
    sync.look();
    this.#note();
  }

  /** What is true now. */
  #note(): void {
    for (const [key, record] of trueErrors(this.#world.sync)) {
      if (!this.#everTrue.has(key)) this.#say(`true: ${key}: ${record.message}`);
      this.#everTrue.set(key, record);
      if (!this.#trueSince.has(key)) this.#trueSince.set(key, this.#time.now());
    }
    const { suspension } = this.#world.sync.truth();
    const active = this.#world.scenarios.list().filter((scenario) => scenario.active);
    const kinds = new Set([...(suspension ? [suspension.kind] : []), ...active.map(({ id }) => id.replace("suspension/", ""))]);
    for (const spell of this.#spells) if (spell.until === null && !kinds.has(spell.kind)) spell.until = this.#time.now();
    const isNew = suspension && !this.#spells.some(({ kind, until }) => kind === suspension.kind && until === null);
    if (isNew) this.#beginSpell(suspension.kind);
  }

  async #poll(): Promise<void> {
    const [least, most] = this.#plan.pollEvery;
    this.#nextPoll = this.#time.now() + this.#random.integer(least, most);
    await this.#world.poll();
    this.#polls += 1;
    this.#judge(await toldSuspension(this.#store));
    for (const [key, record] of await toldErrors(this.#store)) {
      if (!this.#everTold.has(key)) this.#say(`told: ${key}: ${record.message}`);
      const isFurther = this.#isUnknowable(record) || furtherErrors(this.#world.sync).has(key);
      if (!this.#everTold.has(key) && isFurther) this.#everFurther.add(key);
      this.#everTold.set(key, record);
    }
  }

  /** Nobody works any more: the sync and the bot get the time that they need. */
  async #compare(when: Comparison["when"]): Promise<Comparison> {
    const { graceMs, stallMs, pollEvery } = this.#plan;
    const { sync, play, scenarios } = this.#world;
    this.#say(`waits, ${when}`);
    // Somebody still edits something: a suspended sync tries again with the next change.
    if (when === "once mended") {
      const [someone] = play.linked("Contact", 1);
      if (someone) play.editHubSpot(someone.hubspot, { jobtitle: `Retired ${play.nextNumber()}` });
    }
    const isSuspended =
      sync.truth().suspension !== null || scenarios.list().some(({ id, active }) => active && id.startsWith("s"));
    const wait = Math.max(graceMs, 20 * MINUTE_MS) + 45 * MINUTE_MS + (isSuspended ? 2 * stallMs + 2 * pollEvery[1] : 0);
    const until = this.#time.now() + wait;
    while (this.#time.now() < until) await this.#step();
    sync.look();
    this.#note();
    this.#time.pass(30 * SECOND_MS);
    await this.#poll();
    const open = await toldSuspension(this.#store);
    const suspension = {
      truth: sync.truth().suspension?.kind ?? null,
      told: open?.kind ?? null,
      statement: open?.statement ?? "",
    };
    const told = await toldErrors(this.#store);
    const isKnowable = (record: HeldRecord) => !this.#isUnknowable(record);
    const truth = trueErrors(sync);
    // HubSpot names the first cause that it meets: what its own rules hold to be a further one is told rightly too.
    const further = new Set([...furtherErrors(sync).keys()].filter((key) => !truth.has(key)));
    return {
      when,
      truth: [...truth]
        .flatMap(([key, record]) => (!told.has(key) && this.#isOutOfSight(key) ? [] : [record]))
        .filter(isKnowable),
      told: [...told]
        .flatMap(([key, record]) => (further.has(key) || this.#isFurtherCause(key, record) ? [] : [record]))
        .filter(isKnowable),
      suspension,
    };
  }

  /**
   * What failed just before the sync was suspended: by the time the bot looks, every record waits for what suspends it, and none
   * can be looked at.
   */
  #isOutOfSight(key: string): boolean {
    const { graceMs, pollEvery, searchLagMs } = this.#plan;
    const from = this.#spells.find(({ until }) => until === null)?.from;
    return from !== undefined && (this.#trueSince.get(key) ?? 0) + graceMs + pollEvery[1] + searchLagMs + STEP_MS >= from;
  }

  /**
   * With a grace period shorter than the sync's own pace the bot tells of what the sync would have met, had somebody not put it
   * right before. Where nothing is wrong there is nothing to meet.
   */
  #isToldAhead({ direction }: HeldRecord): boolean {
    const { kind, graceMs, reactionMs } = this.#plan;
    const paceMs = direction === "salesforce-to-hubspot" ? LOOK_EVERY_MS : reactionMs;
    return kind !== "healthy" && graceMs < paceMs;
  }

  /**
   * HubSpot names the first cause that it meets. One that it has named before, and that still stands behind it, is right too. And
   * what people put right while everything is suspended nobody sees before it is over.
   */
  #isFurtherCause(key: string, { record, direction }: HeldRecord): boolean {
    const truth = trueErrors(this.#world.sync);
    if (truth.has(key) || !this.#everTrue.has(key)) return false;
    if (this.#world.sync.truth().suspension !== null) return true;
    return [...truth.values()].some((other) => other.record === record && other.direction === direction);
  }

  /** A suspension is told of rightly while it is the matter, and once. */
  #judge(open: ToldSuspension | null): void {
    const before = this.#open;
    this.#open = open;
    if (open === null) {
      if (before !== null) this.#say(`told: no longer ${before.kind}`);
      return;
    }
    if (before?.id === open.id && before.kind === open.kind) return;
    this.#say(`told: suspended for ${open.kind}: ${open.statement}`);
    const now = this.#time.now();
    const from = now - this.#plan.pollEvery[1];
    const spell = this.#spells.find(({ kind, until }) => kind === open.kind && (until === null || until >= from));
    const isTold = spell?.toldAs.some((id) => id !== open.id) ?? false;
    spell?.toldAs.push(open.id);
    if (spell !== undefined && !isTold) return;
    this.#falseSuspensions.push({ kind: open.kind, at: new Date(now).toISOString(), statement: open.statement });
  }
}
