import type { Scenario } from "./scenario.ts";

/** Errors that only tasks make. */
export const TASK_SCENARIOS: readonly Scenario[] = [
  {
    id: "error/custom-code/missing-contact-id",
    title: "Task without a contact",
    story:
      "A new Apex trigger invites the contact of each task to a campaign; HubSpot makes tasks for people who are only leads.",
    count: 3,
    make(play, count) {
      const leads = play.linked("Lead", count);
      play.world.org.addRule({
        kind: "trigger",
        rule: {
          name: "TaskCampaignTrigger",
          object: "Task",
          when: "after",
          run: ({ WhoId }) =>
            String(WhoId ?? "").startsWith("003")
              ? null
              : "Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [ContactId]: [ContactId]",
        },
      });
      const [colleague] = play.world.salesPeople;
      for (const { hubspot } of leads) {
        const subject = `Invite to the summer fair, ${play.nextNumber()}`;
        play.createTask(hubspot, { hs_task_subject: subject, hubspot_owner_id: colleague?.ownerId ?? "" });
      }
      return () => {
        play.world.org.removeRule("TaskCampaignTrigger");
        play.giveBack(leads);
      };
    },
  },
  {
    id: "error/property-values/owner-assignment",
    title: "Task for a queue",
    story: "Sales operations gives leads to a queue; HubSpot's tasks that are nobody's take the owner of their lead.",
    count: 3,
    make(play, count) {
      const { org } = play.world;
      const leads = play.linked("Lead", count);
      const owners = leads.map(({ salesforceId }) => org.get("Lead", salesforceId)?.fields.OwnerId ?? null);
      const queue = org.seed("Group", { Name: "Inbound Leads", Type: "Queue" });
      for (const { hubspot, salesforceId } of leads) {
        play.editSalesforce("Lead", salesforceId, { OwnerId: queue.id });
        play.createTask(hubspot, { hs_task_subject: `Find out who is in charge, ${play.nextNumber()}` });
      }
      return () => {
        for (const [index, { salesforceId }] of leads.entries()) {
          play.editSalesforce("Lead", salesforceId, { OwnerId: owners[index] ?? null });
        }
        play.giveBack(leads);
      };
    },
  },
];
