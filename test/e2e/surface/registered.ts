import type { App } from "@slack/bolt";
import { registerActions } from "../../../src/slack/actions/index.ts";
import type { Interactions } from "../../../src/slack/interactions.ts";
import { registerShortcuts } from "../../../src/slack/shortcuts/index.ts";
import { registerViews } from "../../../src/slack/views/index.ts";

/** What the bot answers to in Slack, as it tells Bolt. */
export interface Registered {
  /** Patterns of action_ids. */
  readonly actions: readonly (string | RegExp)[];
  /** The callback_ids of dialogs that can be submitted. */
  readonly dialogs: readonly string[];
  readonly shortcuts: readonly string[];
}

type Constraint = string | RegExp | { readonly action_id?: string | RegExp; readonly callback_id?: string };

/** Has the bot register everything with an app that only takes note of it. */
export function registeredInteractions(): Registered {
  const actions: (string | RegExp)[] = [];
  const dialogs: string[] = [];
  const shortcuts: string[] = [];
  const app = {
    action: (constraint: Constraint) => void actions.push(...patternsOf(constraint, "action_id")),
    view: (constraint: Constraint) => void dialogs.push(...patternsOf(constraint, "callback_id").map(String)),
    shortcut: (constraint: Constraint) => void shortcuts.push(...patternsOf(constraint, "callback_id").map(String)),
  } as unknown as App;
  const interactions: Interactions = {
    take: async () => {},
    settle: async () => {},
    contextFor: () => Promise.reject(new Error("Nothing is played here")),
  };
  registerActions(app, interactions);
  registerViews(app, interactions);
  registerShortcuts(app, interactions);
  return { actions, dialogs, shortcuts };
}

function patternsOf(constraint: Constraint, key: "action_id" | "callback_id"): readonly (string | RegExp)[] {
  const pattern = typeof constraint === "string" || constraint instanceof RegExp ? constraint : constraint[key];
  return pattern === undefined ? [] : [pattern];
}
