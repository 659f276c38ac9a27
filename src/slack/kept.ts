import type { Clock } from "../health/clock.ts";

/** What somebody else has said, kept for a while. */
export interface Kept<Value> {
  /** What was answered at most `maxAgeMs` milliseconds ago; else asks. Those who ask meanwhile share the answer; a failure isn't kept. */
  get(key: string, maxAgeMs: number, ask: () => Promise<Value>): Promise<Value>;
  /** What was answered holds no longer. */
  forget(key: string): void;
}

export function createKept<Value>(clock: Clock): Kept<Value> {
  const answers = new Map<string, { readonly at: number; readonly answer: Promise<Value> }>();
  return {
    get(key, maxAgeMs, ask) {
      const now = clock.now().getTime();
      const known = answers.get(key);
      if (known !== undefined && now - known.at < maxAgeMs) return known.answer;
      const answer = ask();
      answers.set(key, { at: now, answer });
      answer.catch(() => {
        if (answers.get(key)?.answer === answer) answers.delete(key);
      });
      return answer;
    },
    forget(key) {
      answers.delete(key);
    },
  };
}
