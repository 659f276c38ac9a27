import { parse } from "yaml";
import { z } from "zod";

/** What the workspace knows of the app from its manifest. */
export interface Installation {
  readonly scopes: readonly string[];
  readonly commands: readonly string[];
  readonly shortcuts: readonly string[];
  readonly events: readonly string[];
}

/** The app as this sandbox installs it when it is given no manifest. */
export const defaultInstallation: Installation = {
  scopes: [
    "commands",
    "chat:write",
    "channels:read",
    "channels:history",
    "groups:read",
    "groups:history",
    "im:write",
    "users:read",
    "usergroups:read",
    "files:read",
    "files:write",
  ],
  commands: ["/sync"],
  shortcuts: ["syncwarden:import-sync-errors"],
  events: ["app_home_opened", "file_shared", "user_change"],
};

const manifestSchema = z.object({
  features: z
    .object({
      slash_commands: z.array(z.object({ command: z.string() })).default([]),
      shortcuts: z.array(z.object({ callback_id: z.string() })).default([]),
    })
    .prefault({}),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z
    .object({ event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}) })
    .prefault({}),
});

/** Installs the app from its manifest (YAML or JSON text), as a workspace admin would. Throws where it is no manifest. */
export function installationFromManifest(text: string): Installation {
  const manifest = manifestSchema.parse(parse(text));
  return {
    scopes: manifest.oauth_config.scopes.bot,
    commands: manifest.features.slash_commands.map(({ command }) => command),
    shortcuts: manifest.features.shortcuts.map(({ callback_id }) => callback_id),
    events: manifest.settings.event_subscriptions.bot_events,
  };
}
