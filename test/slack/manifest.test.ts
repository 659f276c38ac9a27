import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { registerActions } from "../../src/slack/actions/index.ts";
import { registerCommands } from "../../src/slack/commands/index.ts";
import { registerAppHome } from "../../src/slack/events/app-home-opened.ts";
import { registerUserChange } from "../../src/slack/events/user-change.ts";
import type { HomeTabs } from "../../src/slack/home/home-tabs.ts";
import type { Interactions } from "../../src/slack/interactions.ts";
import type { People } from "../../src/slack/people.ts";
import { registerShortcuts } from "../../src/slack/shortcuts/index.ts";
import { registerViews } from "../../src/slack/views/index.ts";

const ROOT = join(import.meta.dirname, "../..");
const SOURCES = join(ROOT, "src/slack");

interface Manifest {
  readonly features: {
    readonly app_home: { readonly home_tab_enabled: boolean };
    readonly slash_commands: readonly { readonly command: string }[];
    readonly shortcuts?: readonly { readonly type: string; readonly callback_id: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[]; readonly user?: readonly string[] } };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean };
    readonly socket_mode_enabled: boolean;
  };
}
const manifest = parse(readFileSync(join(ROOT, "manifest.yml"), "utf8")) as Manifest;

const HISTORY = ["channels:history", "groups:history", "im:history", "mpim:history"];
/** The bot scopes that each method needs, one for each kind of conversation. Source: *Scopes* on its page at docs.slack.dev. */
const SCOPES_OF_METHODS: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.history": HISTORY,
  "conversations.replies": HISTORY,
  "conversations.open": ["im:write"],
  "files.completeUploadExternal": ["files:write"],
  "files.getUploadURLExternal": ["files:write"],
  "files.info": ["files:read"],
  "usergroups.users.list": ["usergroups:read"],
  "users.info": ["users:read"],
  "users.lookupByEmail": ["users:read.email"],
  "views.open": [],
  "views.publish": [],
  "views.push": [],
  "views.update": [],
};
/** The bot scopes that each event needs. */
const SCOPES_OF_EVENTS: Readonly<Record<string, readonly string[]>> = { app_home_opened: [], user_change: ["users:read"] };

/** The Web API methods that the bot calls, by what stands in its sources. */
function calledMethods(): readonly string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const calls = files.flatMap((file) => [
    ...readFileSync(join(SOURCES, file), "utf8").matchAll(/\b(?:slack|client)\s*\.((?:[a-z]+\s*\.\s*)+[a-zA-Z]+)\s*\(/g),
  ]);
  return [...new Set(calls.map(([, method = ""]) => method.replaceAll(/\s/g, "")))].sort();
}

interface Registered {
  readonly command: unknown[];
  readonly action: unknown[];
  readonly view: unknown[];
  readonly event: unknown[];
  readonly shortcut: unknown[];
}

/** What the app takes from Slack: the first argument of everything that it registers. Another kind of handler is an error. */
function registered(): Registered {
  const taken: Registered = { command: [], action: [], view: [], event: [], shortcut: [] };
  const app = {
    command: (name: unknown) => taken.command.push(name),
    action: (name: unknown) => taken.action.push(name),
    view: (name: unknown) => taken.view.push(name),
    event: (name: unknown) => taken.event.push(name),
    shortcut: (name: unknown) => taken.shortcut.push(name),
  } as unknown as App;
  const interactions = {} as Interactions;
  registerCommands(app, interactions);
  registerActions(app, interactions);
  registerViews(app, interactions);
  registerShortcuts(app, interactions);
  registerAppHome(app, {} as HomeTabs);
  registerUserChange(app, {} as People);
  return taken;
}

describe("manifest.yml", () => {
  test("the scopes of every method that is called are known", () => {
    expect(calledMethods()).toEqual(Object.keys(SCOPES_OF_METHODS).sort());
  });

  test("asks for exactly the scopes that what is called and taken needs", () => {
    const { command, event } = registered();
    const needed = [
      ...(command.length > 0 ? ["commands"] : []),
      ...calledMethods().flatMap((method) => SCOPES_OF_METHODS[method] ?? []),
      ...event.flatMap((name) => SCOPES_OF_EVENTS[String(name)] ?? [`an unknown scope for ${name}`]),
    ];
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...new Set(needed)].sort());
    expect(manifest.oauth_config.scopes.user ?? []).toEqual([]);
  });

  test("names the commands, shortcuts and events that the app takes, and no others", () => {
    const { command, event, shortcut } = registered();
    expect(manifest.features.slash_commands.map((one) => one.command)).toEqual(command);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(event);
    expect((manifest.features.shortcuts ?? []).map(({ callback_id }) => ({ callback_id, type: "message_action" }))).toEqual(
      shortcut,
    );
  });

  test("turns on what buttons, dialogs and Home need", () => {
    const { action, view, event } = registered();
    expect(action.length).toBeGreaterThan(0);
    expect(view.length).toBeGreaterThan(0);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.features.app_home.home_tab_enabled).toBe(event.includes("app_home_opened"));
    expect(manifest.settings.socket_mode_enabled).toBe(true);
  });
});
