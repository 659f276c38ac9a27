import type { LinkedRecord, Play } from "./play.ts";
import type { Scenario } from "./scenario.ts";

/** People write into a HubSpot text property what goes to a lookup in Salesforce. */
function writeReferrers(play: Play, count: number, referrerOf: (index: number, salesforceId: string) => string): () => void {
  const records = play.linked("Contact", count, (_, fields) => !fields.Referred_By__c);
  for (const [index, { hubspot, salesforceId }] of records.entries()) {
    play.editHubSpot(hubspot, { referred_by: referrerOf(index, salesforceId) });
  }
  return () => {
    for (const { hubspot } of records) play.editHubSpot(hubspot, { referred_by: "" });
    play.giveBack(records);
  };
}

/** Errors that values make which go to a lookup in Salesforce. */
export const ID_SCENARIOS: readonly Scenario[] = [
  {
    id: "error/property-mappings/missing-salesforce-id",
    title: "No id for a lookup",
    story: "Sales writes names of people into Referred By, which is mapped to a lookup in Salesforce.",
    count: 3,
    make: (play, count) => writeReferrers(play, count, () => `Nora Solberg ${play.nextNumber()}`),
  },
  {
    id: "error/property-mappings/invalid-salesforce-id",
    title: "Ids of something else",
    story:
      "An import fills Referred By, a lookup of contacts, with ids of accounts, and with ids whose letter case a sheet has lost.",
    count: 3,
    make(play, count) {
      const accounts: readonly LinkedRecord[] = play.linked("Account", count);
      const mend = writeReferrers(play, count, (index, contact) =>
        index % 3 === 2 ? contact.toLowerCase() : (accounts[index]?.salesforceId ?? ""),
      );
      return () => {
        mend();
        play.giveBack(accounts);
      };
    },
  },
];
