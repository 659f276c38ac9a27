import type { HomeView, ModalView } from "@slack/types";
import type fc from "fast-check";
import type { Language } from "../../../src/language/language.ts";
import type { Message } from "../../../src/slack/blocks/message.ts";
import type { Texts } from "./texts.ts";

/** What Slack is given to show. */
export type Shown = Message | ModalView | HomeView;

/** A function that makes something to show, with all that it may be given. */
export interface Maker {
  readonly name: string;
  cases(texts: Texts): fc.Arbitrary<Case>;
}

/** One case of it, to be said in any language. */
export interface Case {
  readonly given: readonly unknown[];
  /** Null where it has nothing to show. */
  show(t: Language): Shown | null;
}

/** Pairs a function that is given what is said already. */
export function plainMaker<Args extends readonly unknown[]>(
  make: (...args: Args) => Shown | null,
  args: (texts: Texts) => fc.Arbitrary<Args>,
): Maker {
  return { name: make.name, cases: (texts) => args(texts).map((given) => ({ given, show: () => make(...given) })) };
}

/** Pairs a function with arbitraries of what it is given after the language. */
export function maker<Args extends readonly unknown[]>(
  make: (t: Language, ...args: Args) => Shown | null,
  args: (texts: Texts) => fc.Arbitrary<Args>,
): Maker {
  return { name: make.name, cases: (texts) => args(texts).map((given) => ({ given, show: (t) => make(t, ...given) })) };
}
