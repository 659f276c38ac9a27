import type { Play } from "./play.ts";

/** Something that goes wrong in the world, by a real rule, setting or value, and how it is put right. */
export interface Scenario {
  /** `suspension/<kind>`, `error/<category>/<type>`, with a variant's name after it where a type has several makings, or `warning/<what>`. */
  readonly id: string;
  readonly title: string;
  /** What somebody did, in one sentence. */
  readonly story: string;
  /** How many records it touches unless told otherwise. */
  readonly count: number;
  /** Makes it. Returns what mends it: rule and settings go back; records wait until they sync again, as in life. */
  readonly make: (play: Play, count: number) => () => void;
}
