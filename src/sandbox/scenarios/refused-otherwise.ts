import type { Scenario } from "./scenario.ts";

/** Refusals of Salesforce's that HubSpot has no type for: it lists them as Other. Named here by what Salesforce says. */
export const OTHER_SCENARIOS: readonly Scenario[] = [
  {
    // HubSpot moves a contact on to the Salesforce contact its lead has become, unless another HubSpot contact has that one.
    id: "error/other/converted-lead",
    title: "Converted lead",
    story: "Sales converts leads into contacts they already had; HubSpot goes on writing to what is left of the leads.",
    count: 3,
    make(play, count) {
      const { org } = play.world;
      org.setEditConvertedLeads(false);
      const leads = play.linked("Lead", count);
      const contacts = play.linked("Contact", count);
      for (const [index, { hubspot, salesforceId }] of leads.entries()) {
        const contact = contacts[index];
        if (!contact) continue;
        play.convertLead(salesforceId, contact.salesforceId);
        play.editHubSpot(hubspot, { jobtitle: `Head of Region ${play.nextNumber()}` });
      }
      play.giveBack(contacts);
      // An admin lets the integration user view and edit converted leads. The leads stay converted: nobody can undo that.
      return () => org.setEditConvertedLeads(true);
    },
  },
  {
    id: "error/other/owner-cannot-read",
    title: "Owner who can't read contacts",
    story: "A colleague gets a profile without contacts in Salesforce; in HubSpot contacts are still given to them.",
    count: 3,
    make(play, count) {
      const colleague = play.world.salesPeople.at(-2);
      if (!colleague) return () => undefined;
      const records = play.linked("Contact", count, (_, fields) => fields.OwnerId !== colleague.user.id);
      colleague.user.unreadable = ["Contact"];
      for (const { hubspot } of records) play.editHubSpot(hubspot, { hubspot_owner_id: colleague.ownerId });
      return () => {
        colleague.user.unreadable = [];
        play.giveBack(records);
      };
    },
  },
];
