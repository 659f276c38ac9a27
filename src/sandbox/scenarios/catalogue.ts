import { ImpossibleScenario, type Play } from "./play.ts";
import { ADDRESS_SCENARIOS } from "./refused-addresses.ts";
import { INCOMING_SCENARIOS } from "./refused-by-hubspot.ts";
import { RULE_SCENARIOS } from "./refused-by-rules.ts";
import { ID_SCENARIOS } from "./refused-ids.ts";
import { OPTION_SCENARIOS } from "./refused-options.ts";
import { OTHER_SCENARIOS } from "./refused-otherwise.ts";
import { RIGHTS_SCENARIOS } from "./refused-rights.ts";
import { TASK_SCENARIOS } from "./refused-tasks.ts";
import { VALUE_SCENARIOS } from "./refused-values.ts";
import type { Scenario } from "./scenario.ts";
import { SUSPENSION_SCENARIOS } from "./suspensions.ts";
import { WARNING_SCENARIOS } from "./warnings.ts";

export const SCENARIOS: readonly Scenario[] = [
  ...SUSPENSION_SCENARIOS,
  ...RULE_SCENARIOS,
  ...OPTION_SCENARIOS,
  ...ADDRESS_SCENARIOS,
  ...RIGHTS_SCENARIOS,
  ...VALUE_SCENARIOS,
  ...ID_SCENARIOS,
  ...INCOMING_SCENARIOS,
  ...TASK_SCENARIOS,
  ...OTHER_SCENARIOS,
  ...WARNING_SCENARIOS,
];

export interface ScenarioState {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  /** How many records it touches unless told otherwise. */
  readonly count: number;
  readonly active: boolean;
}

/** Makes and mends scenarios, each at most once at a time. */
export interface ScenarioPlayer {
  list(): readonly ScenarioState[];
  isKnown(id: string): boolean;
  /** Throws `ImpossibleScenario` when it is there already or the world has too few records for it. */
  make(id: string, count?: number): ScenarioState;
  /** Mending what isn't broken does nothing. */
  mend(id: string): ScenarioState;
  mendAll(): void;
}

export function createScenarioPlayer(play: Play): ScenarioPlayer {
  const mends = new Map<string, () => void>();

  function known(id: string): Scenario {
    const scenario = SCENARIOS.find((candidate) => candidate.id === id);
    if (!scenario) throw new ImpossibleScenario(`There is no scenario ${id}`);
    return scenario;
  }

  function stateOf({ id, title, story, count }: Scenario): ScenarioState {
    return { id, title, story, count, active: mends.has(id) };
  }

  function mend(id: string): ScenarioState {
    const scenario = known(id);
    const mending = mends.get(id);
    mends.delete(id);
    mending?.();
    return stateOf(scenario);
  }

  return {
    list: () => SCENARIOS.map(stateOf),
    isKnown: (id) => SCENARIOS.some((candidate) => candidate.id === id),
    make(id, count) {
      const scenario = known(id);
      if (mends.has(id)) throw new ImpossibleScenario(`${id} is there already: mend it first`);
      mends.set(id, scenario.make(play, count ?? scenario.count));
      return stateOf(scenario);
    },
    mend,
    mendAll() {
      // What was made last may stand in the way of putting right what was made before.
      for (const id of [...mends.keys()].toReversed()) mend(id);
    },
  };
}
