import { beforeEach, expect, test } from "vitest";
import type { OwnerReport } from "../../src/health/report.ts";
import { serveBot } from "./local-slack.ts";

const OWNER: OwnerReport = {
  connection: "acme",
  total: 12,
  records: [
    {
      record: { object: "contacts", hubspotId: "1", salesforceObject: null, salesforceId: null, label: "<!channel> Ada" },
      errorId: "E7K3Q",
      type: "restricted-picklist-value",
    },
  ],
  links: { syncHealth: null, hubspotBase: "https://app.hubspot.com/contacts/4242", salesforceBase: null },
};
/** U0OPERATOR's. */
const EMAIL = "mailto:Ola.Nordmann@northwind-sales.example";

const { slack, bot } = await serveBot(null);

beforeEach(() => {
  bot.monitor.asked.length = 0;
  bot.monitor.unwilling.clear();
});

/** The direct messages between a person and the app, as that person sees them. */
function directMessages(user: string): readonly { readonly ts: string; readonly text: string; readonly channel: string }[] {
  const channel = [...slack.service.workspace.channels.values()].find(
    ({ kind, members }) => kind === "im" && members.includes(user),
  );
  if (channel === undefined) return [];
  return slack.service.control.messages(channel.id, user).map(({ ts, text }) => ({ ts, text, channel: channel.id }));
}

test("a person hears of their own records in their direct messages alone, can stop that there, and start it again", async () => {
  bot.outbox.add("owners:1", EMAIL, { kind: "owner", owner: OWNER });
  await bot.app.announcer.deliver(EMAIL);
  expect(bot.outbox.entry("owners:1").state).toBe("posted");
  const [message] = directMessages("U0OPERATOR");
  expect(message?.text).toBe("12 records of yours do not sync between HubSpot and Salesforce (acme).");
  expect([directMessages("U0ADMIN"), directMessages("U0VIEWER")]).toEqual([[], []]);
  const place = { user: "U0OPERATOR", channel: message?.channel ?? "", ts: message?.ts ?? "" };
  const stopped = await slack.service.control.action({ ...place, action_id: "syncwarden:owner-messages" });
  expect(stopped.responses[0]?.text).toContain("You hear no more of your own records");
  expect(bot.monitor.unwilling.has("U0OPERATOR")).toBe(true);
  bot.outbox.add("owners:2", EMAIL, { kind: "owner", owner: OWNER });
  await bot.app.announcer.deliver(EMAIL);
  expect(bot.outbox.entry("owners:2").abandoned).toContain("wants no messages");
  expect(directMessages("U0OPERATOR").filter(({ text }) => text.startsWith("12 records"))).toHaveLength(1);
  const { responses } = await slack.service.control.command({ user: "U0OPERATOR", channel: "C0REVOPS", text: "mine on" });
  expect(responses[0]?.text).toContain("You hear of your own records");
  expect(bot.monitor.unwilling.has("U0OPERATOR")).toBe(false);
});

test("an owner whom nobody in Slack is, is told nothing, and nobody else is", async () => {
  bot.outbox.add("owners:3", "mailto:stranger@example.com", { kind: "owner", owner: OWNER });
  await bot.app.announcer.deliver("mailto:stranger@example.com");
  expect(bot.outbox.entry("owners:3").abandoned).toContain("Nobody in Slack");
});
