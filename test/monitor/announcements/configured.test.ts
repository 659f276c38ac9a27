import { afterEach, beforeEach, expect, test } from "vitest";
import type { ChannelSettings } from "../../../src/config/config.ts";
import { applyConfiguredSubscriptions, changeSubscription, channelSubscriptions } from "../../../src/monitor/subscriptions.ts";
import { saying } from "../../support/said.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage("2026-11-23T12:00:00Z");
});
afterEach(() => stage.close());

const ENTRY: ChannelSettings = {
  channel: "C0REVOPS",
  connection: null,
  cadence: { kind: "daily", time: "09:00", timeZone: "UTC" },
  categories: null,
  objects: null,
  atLeast: 1,
  quietWhenHealthy: false,
  quietHours: null,
  changes: "thread",
  language: null,
  reminder: null,
};
const ACTOR = { userId: "U0ADMIN", channel: "C0REVOPS", messageTs: null, allowedAs: null };
const all = () => channelSubscriptions(stage.context, "C0REVOPS");

test("what people change of syncwarden.yaml's subscriptions stays until the entry itself is changed", async () => {
  await applyConfiguredSubscriptions(stage.context, [ENTRY]);
  const [made] = await all();
  expect(made).toMatchObject({ createdBy: "configuration", atLeast: 1 });
  const { channel: _, connection: __, ...settings } = ENTRY;
  const changed = { ...settings, atLeast: 20, cadence: { kind: "weekdays", time: "07:00", timeZone: "UTC" } as const };
  expect(await changeSubscription(stage.context, made?.id ?? "", changed, ACTOR)).toMatchObject({ result: "accepted" });
  await applyConfiguredSubscriptions(stage.context, [ENTRY]);
  expect(await all()).toMatchObject([{ atLeast: 20, cadence: { kind: "weekdays", time: "07:00" } }]);
  await applyConfiguredSubscriptions(stage.context, [{ ...ENTRY, quietWhenHealthy: true }]);
  expect(await all()).toMatchObject([{ atLeast: 1, quietWhenHealthy: true, cadence: { kind: "daily" } }]);
  await applyConfiguredSubscriptions(stage.context, []);
  expect(await all()).toEqual([]);
});

test("a channel has one subscription of a connection that hears at once, and one with digests", async () => {
  await stage.subscribe({});
  const digests = await stage.subscribe({ cadence: { kind: "daily", time: "09:00", timeZone: "UTC" } });
  const { channel: _, connection: __, ...settings } = ENTRY;
  const declined = await changeSubscription(stage.context, digests, { ...settings, cadence: { kind: "immediate" } }, ACTOR);
  expect(declined).toMatchObject({ result: "declined", why: saying("at once") });
  expect(await changeSubscription(stage.context, "gone", settings, ACTOR)).toMatchObject({ result: "declined" });
});

test("subscribing again keeps the settings that aren't named", async () => {
  const quietHours = { from: "22:00", to: "07:00", timeZone: "UTC" };
  await stage.subscribe({ quietHours, language: "de", categories: ["picklists"] });
  await stage.subscribe({ categories: null });
  expect(await all()).toMatchObject([{ quietHours, language: "de", categories: null }]);
});
