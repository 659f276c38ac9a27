import type { SlackChannel, SlackUser, SlackUserGroup } from "./model.ts";

/** The workspace that every sandbox starts with. */
export const team = { id: "T0SANDBOX", name: "Syncwarden Sandbox", domain: "syncwarden-sandbox" } as const;

export const slackApp = { id: "A0SYNCWARDEN", name: "Syncwarden", botId: "B0SYNCWARDEN", botUserId: "U0SYNCWARDEN" } as const;

const person = { isAdmin: false, isOwner: false, isBot: false, deleted: false };

export const seededUsers: readonly SlackUser[] = [
  {
    ...person,
    id: "U0ADMIN",
    name: "ada",
    realName: "Ada Admin",
    email: "ada.admin@syncwarden-sandbox.example",
    tz: "Europe/Berlin",
    tzLabel: "Central European Summer Time",
    tzOffset: 7200,
    locale: "en-GB",
    isAdmin: true,
    isOwner: true,
  },
  {
    ...person,
    id: "U0OPERATOR",
    name: "otto",
    realName: "Otto Operator",
    // An owner in the HubSpot of the same world.
    email: "ola.nordmann@northwind-sales.example",
    tz: "America/New_York",
    tzLabel: "Eastern Daylight Time",
    tzOffset: -14_400,
    locale: "en-US",
  },
  {
    ...person,
    id: "U0VIEWER",
    name: "vera",
    realName: "Vera Viewer",
    email: "kari.vik@northwind-sales.example",
    tz: "Asia/Tokyo",
    tzLabel: "Japan Standard Time",
    tzOffset: 32_400,
    locale: "ja-JP",
  },
  {
    ...person,
    id: slackApp.botUserId,
    name: "syncwarden",
    realName: "Syncwarden",
    email: null,
    tz: "America/Los_Angeles",
    tzLabel: "Pacific Daylight Time",
    tzOffset: -25_200,
    locale: "en-US",
    isBot: true,
  },
];

const people = ["U0ADMIN", "U0OPERATOR", "U0VIEWER"];

export function seededChannels(created: number): readonly SlackChannel[] {
  const open = { kind: "public", isArchived: false, created } as const;
  return [
    { ...open, id: "C0REVOPS", name: "revops", members: [...people, slackApp.botUserId] },
    { ...open, id: "C0SALES", name: "sales", members: [...people, slackApp.botUserId] },
    { ...open, id: "C0GENERAL", name: "general", members: people },
  ];
}

export const seededUserGroups: readonly SlackUserGroup[] = [
  { id: "S0REVOPS", handle: "revops", name: "RevOps operators", users: ["U0OPERATOR"] },
];
