import type { JsonObject } from "../workspace/model.ts";

/** Slack's `ok: false`, thrown by a method and turned into its answer in one place. */
export class SlackRefusal extends Error {
  readonly detail: JsonObject;

  constructor(code: string, detail: JsonObject = {}) {
    super(code);
    this.name = "SlackRefusal";
    this.detail = detail;
  }
}

export function refuse(code: string, detail: JsonObject = {}): never {
  throw new SlackRefusal(code, detail);
}

/** `invalid_arguments` and its kin with sentences in response_metadata, as Slack words them. */
export function refuseWith(code: string, faults: readonly string[]): never {
  refuse(code, { errors: faults, response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) } });
}
