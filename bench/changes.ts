import type { OpenSandbox } from "../src/sandbox/start.ts";

/** A contact of HubSpot's that is linked to one of Salesforce's. */
interface LinkedContact {
  readonly hubspotId: string;
  readonly salesforceId: string;
}

/** What people do to many contacts at once. */
export interface Changes {
  /** Changes so many in HubSpot, and lets the native sync carry it all. */
  inHubSpot(count: number): void;
  /** Changes so many in Salesforce, and lets the native sync carry it all. */
  inSalesforce(count: number): void;
  /** Half in HubSpot and half in Salesforce, with so many of the former that Salesforce refuses. */
  mixed(count: number, refused: number): void;
  /** Gives the refused ones what Salesforce takes, so that nothing is in error. */
  mend(): void;
}

const RULE = "Phone_in_international_form";
const REFUSED_PHONE = "phone unknown";

/** Every call changes other values than the one before, of the same contacts. */
export function changesOf({ world, org, account, sync }: OpenSandbox): Changes {
  const contacts: LinkedContact[] = [...account.records("contacts")].flatMap(({ id, properties }) =>
    properties.salesforcecontactid ? [{ hubspotId: id, salesforceId: properties.salesforcecontactid }] : [],
  );
  const [someone] = world.salesPeople;
  if (someone === undefined) throw new Error("The world has no sales people");
  const person = { userId: someone.user.id, app: "Salesforce" };
  let round = 0;
  let refusedIds: readonly string[] = [];
  org.addRule({
    kind: "validation",
    rule: {
      name: RULE,
      object: "Contact",
      errorMessage: "Give the phone number in its international form.",
      errorField: "Phone",
      refuses: ({ Phone }) => Phone === REFUSED_PHONE,
    },
  });

  function some(count: number): readonly LinkedContact[] {
    if (contacts.length < count) throw new Error(`The world has ${contacts.length} linked contacts, not ${count}`);
    round += 1;
    return contacts.slice(0, count);
  }

  function editHubSpot(id: string, properties: Readonly<Record<string, string>>): void {
    const written = account.update("contacts", id, properties, "CRM_UI");
    if (!written.ok) throw new Error(`HubSpot refuses a change: ${written.refusal.message}`);
  }

  function editSalesforce(id: string): void {
    const [result] = org.save(person, [{ object: "Contact", id, fields: { Title: `Salesforce's ${round}` } }]);
    if (result?.success !== true) throw new Error(`Salesforce refuses a change: ${result?.errors[0]?.message}`);
  }

  function carryAll(): void {
    sync.look();
    const { waiting, suspension } = sync.state();
    if (waiting > 0 || suspension !== null) throw new Error(`The native sync stopped with ${waiting} changes waiting`);
  }

  return {
    inHubSpot(count) {
      for (const { hubspotId } of some(count)) editHubSpot(hubspotId, { jobtitle: `HubSpot's ${round}` });
      carryAll();
    },
    inSalesforce(count) {
      for (const { salesforceId } of some(count)) editSalesforce(salesforceId);
      carryAll();
    },
    mixed(count, refused) {
      const chosen = some(count);
      refusedIds = chosen.slice(0, refused).map(({ hubspotId }) => hubspotId);
      for (const [index, { hubspotId, salesforceId }] of chosen.entries()) {
        if (index < refused) editHubSpot(hubspotId, { phone: REFUSED_PHONE });
        else if (index % 2 === 0) editHubSpot(hubspotId, { jobtitle: `HubSpot's ${round}` });
        else editSalesforce(salesforceId);
      }
      carryAll();
    },
    mend() {
      for (const id of refusedIds) editHubSpot(id, { phone: `+47 22 00 00 ${String(round).padStart(2, "0")}` });
      refusedIds = [];
      carryAll();
    },
  };
}
