import type { Scenario } from "./scenario.ts";

/** Errors that rights on single records or rarely written fields make. */
export const RIGHTS_SCENARIOS: readonly Scenario[] = [
  {
    // Only leads without a rating are written to (the rule is prefer Salesforce), so the rest of the sync goes on. Were the
    // field unreadable, or two-way, every lead would fail: that is the suspension sf-field-permissions-missing.
    id: "error/permissions/field-permission",
    title: "Field permission",
    story: "An admin makes the leads' Rating read-only for the integration user; HubSpot wants to fill it where it is blank.",
    count: 3,
    make(play, count) {
      const records = play.linked("Lead", count, (_, fields) => fields.Rating === null);
      play.world.org.setFieldRights("Lead", "Rating", { read: true, edit: false });
      for (const { hubspot } of records) play.editHubSpot(hubspot, { rating: "Hot" });
      return () => {
        play.world.org.setFieldRights("Lead", "Rating", { read: true, edit: true });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/permissions/insufficient-access",
    title: "Record locked by an approval",
    story: "Opportunities are in an approval process, which locks them; in HubSpot their amounts are changed.",
    count: 3,
    make(play, count) {
      const records = play.linked("Opportunity", count);
      for (const { hubspot, salesforceId } of records) {
        play.world.org.setRecordAccess(salesforceId, "locked-by-approval");
        play.editHubSpot(hubspot, { amount: String(500_000 + play.nextNumber()) });
      }
      return () => {
        for (const { salesforceId } of records) play.world.org.setRecordAccess(salesforceId, "full");
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/permissions/insufficient-access-or-missing-record",
    title: "Record hidden",
    story: "A sharing rule is removed: the integration user no longer reaches some contacts.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      for (const { hubspot, salesforceId } of records) {
        play.world.org.setRecordAccess(salesforceId, "hidden");
        play.editHubSpot(hubspot, { jobtitle: `Board member ${play.nextNumber()}` });
      }
      return () => {
        for (const { salesforceId } of records) play.world.org.setRecordAccess(salesforceId, "full");
        play.giveBack(records);
      };
    },
  },
];
