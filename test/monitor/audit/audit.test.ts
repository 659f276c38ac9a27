import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { runAudit } from "../../../src/monitor/audit/audit.ts";
import { auditReport, lastAudit } from "../../../src/monitor/audit/audit-report.ts";
import { cancelAudit, NIGHTLY, previewAudit, requestAudit } from "../../../src/monitor/audit/request-audit.ts";
import type { MonitorContext } from "../../../src/monitor/context.ts";
import { subscribeChannel } from "../../support/subscription.ts";
import { ACTOR, type AuditedWorld, foundOf, NEVER, openAuditedWorld } from "./world.ts";

const RULE = "error/custom-code/custom-validation-rule";
vi.setConfig({ testTimeout: 90_000 });
/** Does one step and leaves the rest to the next. */
const ONE_STEP = AbortSignal.abort();

let open: AuditedWorld | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function world(options: Parameters<typeof openAuditedWorld>[0] = {}): Promise<AuditedWorld> {
  open = await openAuditedWorld({ contacts: 60, ...options });
  return open;
}

function oneOf<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`There is no item ${index} of ${items.length}.`);
  return item;
}

describe("a healthy world", () => {
  test("has no drift, and each Salesforce object costs a call for each 2,000 records", async () => {
    const self = await world({ contacts: 300 });
    await self.poll();
    const before = self.calls();
    const { report, drift } = await self.audit();
    const after = self.calls();
    expect(drift).toEqual([]);
    expect(report).toMatchObject({ state: "done", found: [], left: { inError: 0, waiting: 0 }, unread: [] });
    expect(ENGLISH.render(report.outcome ?? "")).toContain("No drift was found");
    const contacts = [...self.world.account.records("contacts")].length;
    expect(report.read.find(({ object }) => object === "contacts")?.records).toBe(contacts);
    expect(after.salesforce - before.salesforce).toBe(4);
    // Contacts, companies and deals by hundreds, and the inclusion list by 250.
    expect(after.hubspot - before.hubspot).toBeLessThanOrEqual(3 + 1 + 1 + 2);
    expect(report.calls).toEqual({ salesforce: 4, hubspot: after.hubspot - before.hubspot });
  });

  test("that is busy while it is audited has none either", async () => {
    const self = await world({ settings: { graceMs: 1_000, stallMs: 1_000 } });
    const { account, org } = self.world;
    self.sync.start();
    const requestId = await self.request();
    const contacts = self.linkedContacts();
    let edits = 0;
    for (let step = 0; step < 200 && !(await auditReport(self.context, requestId))?.finishedAt; step += 1) {
      await runAudit(self.context, requestId, ONE_STEP);
      const { id, properties } = oneOf(contacts, step % contacts.length);
      if (step % 2 === 0) account.update("contacts", id, { phone: `+47 22 00 ${step}` }, "CRM_UI");
      else {
        const { fields } = self.salesforce("Contact", properties.salesforcecontactid);
        org.seed("Contact", { ...fields, Title: `Title ${step}`, SystemModstamp: new Date().toISOString() });
      }
      if (step % 5 === 0)
        org.seed("Lead", {
          LastName: `New ${step}`,
          Company: "New",
          Email: `new.${step}@busy.example`,
          Status: "Open - Not Contacted",
        });
      edits += 1;
    }
    expect(edits).toBeGreaterThan(10);
    const { report, drift } = await self.finish(requestId);
    expect(drift).toEqual([]);
    expect(report.state).toBe("done");
  });
});

describe("drift that HubSpot shows nowhere", () => {
  test("is found by kind with the right records, and nothing else is", async () => {
    const self = await world();
    const { account, org, salesPeople } = self.world;
    const contacts = self.linkedContacts();
    const admin = { userId: oneOf(salesPeople, 0).user.id, app: "Salesforce" };
    const link = (index: number) => oneOf(contacts, index).properties.salesforcecontactid ?? "";
    const hubspotId = (index: number) => oneOf(contacts, index).id;
    const change = (index: number, fields: Record<string, string | boolean>) => {
      const { fields: before } = self.salesforce("Contact", link(index));
      org.seed("Contact", { ...before, ...fields, SystemModstamp: self.world.clock.now().toISOString() });
    };
    const lead = [...account.records("contacts")].find(({ properties }) => Boolean(properties.salesforceleadid));
    const made = self.longAgo(() => {
      // Values: a HubSpot edit and a Salesforce edit that never travelled, and one that its rule leaves.
      account.update("contacts", hubspotId(0), { phone: "+47 22 11 00 99" }, "CRM_UI");
      change(1, { Title: "Head of Drift" });
      account.update("contacts", hubspotId(2), { firstname: "Somebody" }, "CRM_UI");
      // Partners that are gone: deleted, merged into another, never there.
      org.remove(admin, "Contact", link(3));
      change(4, { IsDeleted: true, MasterRecordId: link(5) });
      account.update("contacts", hubspotId(6), { salesforcecontactid: "003000000000001AAA" }, "SALESFORCE");
      // Wrong partners: another record has the email, and a converted lead.
      const email = String(self.salesforce("Contact", link(7)).fields.Email);
      change(7, { Email: "somebody.else@drift.example" });
      const better = org.seed("Contact", { LastName: "Better", Email: email.toUpperCase() });
      org.convertLead(admin, lead?.properties.salesforceleadid ?? "", link(8));
      // Two HubSpot records with one partner.
      const second = account.create(
        "contacts",
        { email: "second@drift.example", salesforcecontactid: link(9), lastname: "Second" },
        "SALESFORCE",
      );
      // A lead with a contact's email.
      const double = org.seed("Lead", {
        LastName: "Double",
        Company: "Double",
        Email: oneOf(contacts, 10).properties.email ?? "",
      });
      // Frozen with a value that doesn't arrive.
      account.update("contacts", hubspotId(11), { keep_out_of_salesforce: "true", phone: "+47 99 99 99 99" }, "CRM_UI");
      // In one system alone.
      const onlySalesforce = org.seed("Contact", { LastName: "Alone", Email: "alone@drift.example" });
      const onlyHubSpot = account.create("contacts", { email: "waiting@drift.example", lastname: "Alone" }, "CRM_UI");
      const opportunity = org.seed("Opportunity", { Name: "Alone", StageName: "Prospecting", CloseDate: "2026-12-31" });
      return { better, second, double, onlySalesforce, onlyHubSpot, opportunity };
    });
    // The org stamps deletions and conversions with its own time, which never goes back: what is that new may still be on its way.
    await sleep(self.settings.graceMs + self.settings.stallMs + 100);
    const { report, drift } = await self.audit();
    expect(report).toMatchObject({ unread: [], left: { byRule: 1, inError: 0, waiting: 0 } });
    const idOf = (written: typeof made.second) => (written.ok ? written.record.id : "");
    expect(foundOf(drift, "differing-values")).toEqual([hubspotId(0), hubspotId(1)].toSorted());
    expect(foundOf(drift, "missing-partner")).toEqual([hubspotId(3), hubspotId(4), hubspotId(6)].toSorted());
    expect(foundOf(drift, "wrong-partner")).toEqual([hubspotId(7), lead?.id].toSorted());
    expect(foundOf(drift, "shared-partner")).toEqual([link(9)]);
    expect(foundOf(drift, "duplicate-emails")).toEqual([hubspotId(10)]);
    expect(foundOf(drift, "frozen")).toEqual([hubspotId(11)]);
    expect(foundOf(drift, "missing-in-hubspot")).toEqual([made.onlySalesforce.id, made.opportunity.id].toSorted());
    expect(foundOf(drift, "missing-in-salesforce")).toEqual([idOf(made.onlyHubSpot)]);

    const details = (id: string | undefined) =>
      drift.find(({ record }) => (record.hubspotId ?? record.salesforceId) === id)?.details;
    expect(details(hubspotId(0))).toMatchObject({
      differing: 1,
      values: [
        {
          hubspotProperty: "phone",
          salesforceField: "Phone",
          direction: "hubspot-to-salesforce",
          hubspotValue: "+47 22 11 00 99",
        },
      ],
    });
    expect(details(hubspotId(1))).toMatchObject({
      values: [{ direction: "salesforce-to-hubspot", salesforceValue: "Head of Drift" }],
    });
    expect(details(hubspotId(3))).toEqual({ fate: "deleted" });
    expect(details(hubspotId(4))).toEqual({ fate: "merged", mergedInto: link(5) });
    expect(details(hubspotId(6))).toEqual({ fate: "not-found" });
    expect(details(hubspotId(7))).toMatchObject({
      reason: "another-matches",
      others: [{ object: "Contact", id: made.better.id }],
    });
    expect(details(lead?.id)).toMatchObject({ reason: "converted" });
    expect(
      details(link(9))
        ?.others?.map(({ id }) => id)
        .toSorted(),
    ).toEqual([hubspotId(9), idOf(made.second)].toSorted());
    expect(details(hubspotId(10))?.others?.map(({ id }) => id)).toContain(made.double.id);
    expect(details(hubspotId(11))?.values?.map(({ hubspotProperty }) => hubspotProperty)).toEqual(["phone"]);

    expect(report.found.reduce((sum, { found }) => sum + found, 0)).toBe(drift.length);
    const rows = await self.store.db.selectFrom("audit_record").select("id").execute();
    expect(rows).toEqual([]);

    // The next audit knows what is new.
    self.longAgo(() => account.update("contacts", hubspotId(12), { phone: "+47 22 11 00 98" }, "CRM_UI"));
    const again = await self.audit();
    expect(again.report.hasEarlier).toBe(true);
    expect(again.drift.filter(({ isNew }) => isNew).map(({ record }) => record.hubspotId)).toEqual([hubspotId(12)]);
    expect((await lastAudit(self.context, "main")).done?.requestId).toBe(again.report.requestId);
  });

  test("is not what an open error explains, nor what has just been changed", async () => {
    const self = await world({ settings: { graceMs: 200, stallMs: 60_000 } });
    await self.poll();
    self.scenarios.make(RULE, 3);
    self.sync.look();
    for (let round = 0; round < 30; round += 1) {
      const { length } = await self.store.db.selectFrom("affected_record").select("record_key").execute();
      if (length >= 3) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
      await self.poll();
    }
    const fresh = oneOf(self.linkedContacts(), 20);
    self.world.account.update("contacts", fresh.id, { phone: "+47 22 11 00 97" }, "CRM_UI");
    const { report, drift } = await self.audit();
    expect(drift).toEqual([]);
    expect(report.left).toMatchObject({ inError: 3, waiting: 1 });
  });
});

describe("an audit that is interrupted", () => {
  test("goes on where it was, and reads no page twice but the one at hand", async () => {
    const self = await world({ contacts: 150 });
    await self.poll();
    self.longAgo(() => self.world.account.update("contacts", oneOf(self.linkedContacts(), 0).id, { phone: "+47 1" }, "CRM_UI"));
    const start = self.calls();
    const whole = await self.audit();
    const usual = self.calls().hubspot - start.hubspot;

    let reads = 0;
    const { hubspot } = self.connection;
    const dying = { ...hubspot, recordsAfter: dies };
    async function dies(...asked: Parameters<typeof hubspot.recordsAfter>): ReturnType<typeof hubspot.recordsAfter> {
      const page = await hubspot.recordsAfter(...asked);
      reads += 1;
      if (reads === 2) throw new Error("killed");
      return page;
    }
    const context: MonitorContext = {
      ...self.context,
      connections: new Map([["main", { ...self.connection, hubspot: dying }]]),
    };
    const before = self.calls();
    const requestId = await self.request();
    await expect(runAudit(context, requestId, NEVER)).rejects.toThrow("killed");
    const { drift } = await self.finish(requestId);
    expect(self.calls().hubspot - before.hubspot).toBe(usual + 1);
    expect(drift.map(({ kind, record }) => [kind, record.hubspotId])).toEqual(
      whole.drift.map(({ kind, record }) => [kind, record.hubspotId]),
    );
  });

  test("waits while the budget is used up, says so, and goes on by itself", async () => {
    const self = await world();
    await self.poll();
    const { apiRequests } = self.world.org.state;
    apiRequests.used = 95_000;
    await self.connection.salesforce.users([self.world.org.integrationUser.id]);
    const requestId = await self.request();
    await runAudit(self.context, requestId, NEVER);
    const waiting = await auditReport(self.context, requestId);
    expect(ENGLISH.render(waiting?.pause ?? "")).toContain("daily API calls are left");
    expect(waiting?.read.every(({ records }) => records === 0)).toBe(true);
    apiRequests.used = 5_000;
    await self.connection.salesforce.users([self.world.org.integrationUser.id]);
    const { report } = await self.finish(requestId);
    expect(report).toMatchObject({ state: "done", pause: null });
  });

  test("keeps to its own share of the daily calls", async () => {
    const self = await world({ settings: { audit: { cron: null, timeZone: "UTC", shareOfDailyLimit: 0.00003 } } });
    await self.poll();
    const requestId = await self.request();
    await runAudit(self.context, requestId, NEVER);
    const report = await auditReport(self.context, requestId);
    // Three calls are that part of 100,000.
    expect(report?.calls.salesforce).toBe(3);
    expect(ENGLISH.render(report?.pause ?? "")).toContain("audits have made 3 Salesforce API calls");
  });

  test("waits while HubSpot refuses, and is not over before", async () => {
    const self = await world();
    const requestId = await self.request();
    await self.poll();
    self.faults.hubspot = 401;
    await runAudit(self.context, requestId, NEVER);
    const report = await auditReport(self.context, requestId);
    expect(ENGLISH.render(report?.pause ?? "")).toContain("INVALID_AUTHENTICATION");
    self.faults.hubspot = null;
    expect((await self.finish(requestId)).report).toMatchObject({ state: "done", pause: null });
  });

  test("can be cancelled, and leaves nothing behind but that it was", async () => {
    const self = await world();
    const requestId = await self.request();
    await runAudit(self.context, requestId, ONE_STEP);
    await runAudit(self.context, requestId, ONE_STEP);
    expect(await cancelAudit(self.context, requestId, ACTOR)).toMatchObject({ result: "accepted" });
    const { report } = await self.finish(requestId);
    expect(report).toMatchObject({ state: "cancelled" });
    expect(ENGLISH.render(report.outcome ?? "")).toContain("Cancelled before all was looked at");
    expect(await self.store.db.selectFrom("audit_record").select("id").execute()).toEqual([]);
    expect(await cancelAudit(self.context, requestId, ACTOR)).toMatchObject({ result: "declined" });
  });
});

test("asked for twice at once is one audit, and a preview tells records and cost of both systems", async () => {
  const self = await world();
  const asked = await Promise.all([1, 2, 3].map(() => requestAudit(self.context, self.connection, {}, ACTOR)));
  expect(asked.map(({ result }) => result).toSorted()).toEqual(["accepted", "joined", "joined"]);
  const before = self.calls();
  const preview = await previewAudit(self.context, self.connection);
  expect(preview.records).toMatchObject({
    contacts: [...self.world.account.records("contacts")].length,
    Contact: [...self.world.org.records("Contact")].length,
  });
  expect(preview).toMatchObject({ uncounted: [], cost: { salesforce: 4, hubspot: 4 }, running: expect.any(String) });
  expect(self.calls().hubspot - before.hubspot).toBe(3);
});

test("the nightly one speaks to subscribers when it finds something new, and only then", async () => {
  const self = await world();
  await subscribeChannel(self.store.db);
  const nightly = async () => {
    const requested = await requestAudit(self.context, self.connection, {}, NIGHTLY);
    await self.finish(requested.result === "accepted" ? requested.requestId : "");
    const told = await self.store.db.selectFrom("announcement").select("subject").where("subject", "like", "audit:%").execute();
    return told.length;
  };
  expect(await nightly()).toBe(0);
  self.longAgo(() => self.world.account.update("contacts", oneOf(self.linkedContacts(), 0).id, { phone: "+47 1" }, "CRM_UI"));
  expect(await nightly()).toBe(1);
  expect(await nightly()).toBe(1);
});
