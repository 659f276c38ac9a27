import type { z } from "zod";

/** One thing wrong with the configuration. */
export interface Mistake {
  /** Where it is, e.g. `connections[0].poll.cron` or the name of an environment variable. */
  readonly path: string;
  readonly source: string;
  /** What is there, in short; never a secret. */
  readonly found: string;
  readonly expected: string;
}

/** Thrown with every mistake of a configuration at once. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
    const lines = mistakes.map(
      ({ path, source, found, expected }) => `  ${path} (${source}): found ${found}, expected ${expected}`,
    );
    super(`The configuration has ${count}:\n${lines.join("\n")}`);
    this.mistakes = mistakes;
  }
}

/** zod's issues as mistakes; unknown keys become one mistake each, at their own path. */
export function mistakesOf(error: z.ZodError, source: string): Mistake[] {
  return mistakesOfIssues(error.issues, source, []);
}

function mistakesOfIssues(issues: readonly z.core.$ZodIssue[], source: string, prefix: readonly PropertyKey[]): Mistake[] {
  return issues.flatMap((given): Mistake[] => {
    const issue = { ...given, path: [...prefix, ...given.path] };
    if (issue.code === "invalid_union") {
      const meant = meantBranch(issue.errors);
      if (meant) return mistakesOfIssues(meant, source, issue.path);
    }
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: formatPath([...issue.path, key]),
        source,
        found: "a key that does not exist",
        expected: "only keys named in syncwarden.example.yaml",
      }));
    }
    return [{ path: formatPath(issue.path), source, found: shown(issue.input), expected: expectation(issue) }];
  });
}

/** The branch of a union that the value comes closest to: the one whose faults lie inside the value. */
function meantBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  return (
    branches.find((issues) => issues.some(({ path }) => path.length > 0)) ?? branches.find(([issue]) => issue?.code === "custom")
  );
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `a value of type ${issue.expected}`;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** `["connections", 0, "poll"]` as `connections[0].poll`. */
export function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return text.replace(/^\./, "") || "(the whole file)";
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === "") return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
