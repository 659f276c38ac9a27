import { fillAllocation } from "./allocation.ts";
import type { Scenario } from "./scenario.ts";

const TICK_MS = 500;
/** Ticks in which the calls that are left would be used up: half an hour. */
const TICKS_LEFT = 3_600;

/** What goes wrong later, unless somebody acts: nothing has stopped yet. */
export const WARNING_SCENARIOS: readonly Scenario[] = [
  {
    id: "warning/calls-running-out",
    title: "API calls run out within the hour",
    story: "A data migration calls Salesforce without pause; in half an hour the org's API calls of the day are gone.",
    count: 0,
    make(play) {
      const { apiRequests } = play.world.org.state;
      const before = apiRequests.used;
      apiRequests.used = Math.max(before, Math.floor(apiRequests.max * 0.7));
      const each = (apiRequests.max - apiRequests.used) / TICKS_LEFT;
      let owed = 0;
      const migration = setInterval(() => {
        owed += each;
        const calls = Math.floor(owed);
        owed -= calls;
        apiRequests.used = Math.min(apiRequests.max, apiRequests.used + calls);
      }, TICK_MS);
      migration.unref();
      return () => {
        clearInterval(migration);
        apiRequests.used = before;
      };
    },
  },
  {
    id: "warning/storage-nearly-full",
    title: "Storage nearly full",
    story: "Years of attachments have left three percent of the org's data storage.",
    count: 0,
    make(play) {
      const { dataStorageMb } = play.world.org.state;
      const before = dataStorageMb.remaining;
      dataStorageMb.remaining = Math.floor(dataStorageMb.max * 0.03);
      return () => {
        dataStorageMb.remaining = before;
      };
    },
  },
  {
    id: "warning/allocation-nearly-used",
    title: "HubSpot's allocation nearly used",
    story: "A bulk edit in HubSpot has taken nine tenths of the Salesforce calls allocated to it.",
    count: 0,
    make: (play) => fillAllocation(play, 0.9),
  },
  {
    id: "warning/validation-rule",
    title: "A rule that refuses existing contacts",
    story: "An admin adds a validation rule: contacts need a department. Most of those who sync today have none.",
    count: 0,
    make(play) {
      play.world.org.addRule({
        kind: "validation",
        rule: {
          name: "Department_Required",
          object: "Contact",
          errorMessage: "Enter the contact's department.",
          errorField: "Department",
          refuses: (record) => !record.Department,
        },
      });
      return () => play.world.org.removeRule("Department_Required");
    },
  },
  {
    id: "warning/picklist-option",
    title: "An option taken out of a picklist",
    story: "An admin deactivates the customer tier Bronze in Salesforce; HubSpot still offers it.",
    count: 0,
    make(play) {
      const options = play.world.org.fieldsOf("Contact").get("Customer_Tier__c")?.picklistValues ?? [];
      const bronze = options.find(({ value }) => value === "Bronze");
      if (bronze) bronze.active = false;
      return () => {
        if (bronze) bronze.active = true;
      };
    },
  },
];
