import { fillAllocation } from "./allocation.ts";
import type { Play } from "./play.ts";
import type { Scenario } from "./scenario.ts";

/** Colleagues edit contacts in HubSpot meanwhile: changes that then wait for the sync. */
function editContacts(play: Play, count: number): void {
  for (const { hubspot } of edited(play, count)) {
    const title = (hubspot.properties.jobtitle ?? "Adviser").replace(/ \(team \d+\)$/, "");
    play.editHubSpot(hubspot, { jobtitle: `${title} (team ${play.nextNumber()})` });
  }
}

/** They stay free for other scenarios: nothing is wrong with them. */
function edited(play: Play, count: number) {
  const records = play.linked("Contact", count);
  play.giveBack(records);
  return records;
}

/** New people in HubSpot, whom the sync would make leads of. */
function createContacts(play: Play, count: number): void {
  for (let made = 0; made < count; made++) {
    const number = play.nextNumber();
    const written = play.world.account.create(
      "contacts",
      {
        email: `webinar.guest.${number}@visitors.example`,
        firstname: "Webinar",
        lastname: `Guest ${number}`,
        company: "Visitors Ltd",
        hubspot_owner_id: play.world.salesPeople[0]?.ownerId ?? null,
      },
      "CRM_UI",
    );
    if (!written.ok) throw new Error(`The webinar's guest can't be made: ${written.refusal.message}`);
  }
}

export const SUSPENSION_SCENARIOS: readonly Scenario[] = [
  {
    id: "suspension/sf-api-limit-exceeded",
    title: "API limit exceeded",
    story: "A reporting tool has used up the Salesforce org's API calls of the day.",
    count: 3,
    make(play, count) {
      const { apiRequests } = play.world.org.state;
      const before = apiRequests.used;
      apiRequests.used = apiRequests.max;
      editContacts(play, count);
      return () => {
        apiRequests.used = before;
      };
    },
  },
  {
    id: "suspension/sf-api-access-disabled",
    title: "API access disabled",
    story: "An admin takes the API Enabled permission from the integration user's profile.",
    count: 3,
    make(play, count) {
      play.world.org.setApiEnabled(false);
      editContacts(play, count);
      return () => play.world.org.setApiEnabled(true);
    },
  },
  {
    id: "suspension/unknown-error",
    title: "Unknown error",
    story: "HubSpot's sync stops for a reason that nobody sees from outside.",
    count: 3,
    make(play, count) {
      play.sync.settings.stuck = true;
      editContacts(play, count);
      return () => {
        play.sync.settings.stuck = false;
      };
    },
  },
  {
    id: "suspension/sf-object-permissions-missing",
    title: "Object permissions missing",
    story: "An admin removes create and edit on Leads from the integration user.",
    count: 3,
    make(play, count) {
      play.world.org.setObjectRights("Lead", { read: true, create: false, edit: false });
      editContacts(play, count);
      return () => play.world.org.setObjectRights("Lead", { read: true, create: true, edit: true });
    },
  },
  {
    id: "suspension/sf-field-permissions-missing",
    title: "Field permissions missing",
    story: "An admin removes edit access to the contacts' Phone from the integration user.",
    count: 3,
    make(play, count) {
      play.world.org.setFieldRights("Contact", "Phone", { read: true, edit: false });
      editContacts(play, count);
      return () => play.world.org.setFieldRights("Contact", "Phone", { read: true, edit: true });
    },
  },
  {
    id: "suspension/sf-org-locked",
    title: "Organization locked",
    story: "Salesforce locks the org while its admins split it.",
    count: 3,
    make(play, count) {
      play.world.org.state.locked = "org";
      editContacts(play, count);
      return () => {
        play.world.org.state.locked = false;
      };
    },
  },
  {
    id: "suspension/sf-storage-limit-exceeded",
    title: "Storage limit exceeded",
    story: "An import has filled the org's data storage; new contacts in HubSpot can't become leads.",
    count: 3,
    make(play, count) {
      const { dataStorageMb } = play.world.org.state;
      const before = dataStorageMb.remaining;
      dataStorageMb.remaining = 0;
      createContacts(play, count);
      return () => {
        dataStorageMb.remaining = before;
      };
    },
  },
  {
    id: "suspension/sf-org-unavailable",
    title: "Organization unavailable",
    story: "The Salesforce instance is down for maintenance.",
    count: 3,
    make(play, count) {
      play.world.org.state.unavailable = "server-unavailable";
      editContacts(play, count);
      return () => {
        play.world.org.state.unavailable = false;
      };
    },
  },
  {
    id: "suspension/sf-server-error",
    title: "Salesforce server error",
    story: "Salesforce answers every call with an internal error.",
    count: 3,
    make(play, count) {
      play.world.org.state.serverError = true;
      editContacts(play, count);
      return () => {
        play.world.org.state.serverError = false;
      };
    },
  },
  {
    id: "suspension/hubspot-api-limit-exceeded",
    title: "HubSpot's allocation used up",
    story: "A bulk edit in HubSpot has used all the Salesforce calls allocated to it.",
    count: 3,
    make(play, count) {
      const rollOn = fillAllocation(play, 1);
      editContacts(play, count);
      return rollOn;
    },
  },
  {
    id: "suspension/missing-field-mappings",
    title: "Field mappings missing",
    story: "Somebody archives the HubSpot property Product interest, which is mapped.",
    count: 3,
    make(play, count) {
      const { account } = play.world;
      const property = account.properties("contacts").get("product_interest");
      account.removeProperty("contacts", "product_interest");
      editContacts(play, count);
      return () => {
        if (property) account.addProperty("contacts", property);
      };
    },
  },
];
