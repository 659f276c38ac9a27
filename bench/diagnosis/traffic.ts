import type { ObjectType } from "../../src/sandbox/hubspot/model.ts";
import type { SalesforceObjectName } from "../../src/sandbox/native-sync/mapping.ts";
import { ImpossibleScenario, type Play } from "../../src/sandbox/scenarios/play.ts";
import type { Random } from "../../src/sandbox/world/random.ts";

/** People at their daily work in both CRMs: nothing of it is wrong, unless they are careless. */
export interface Traffic {
  /** One of them does something. */
  act(): void;
}

interface Editable {
  readonly object: ObjectType;
  readonly salesforceObject: SalesforceObjectName;
  readonly property: string;
  readonly field: string;
  readonly value: (number: number) => string;
}

/** What people edit, on either side, with values that both sides take. */
const EDITABLE: readonly Editable[] = [
  { object: "contacts", salesforceObject: "Contact", property: "jobtitle", field: "Title", value: (n) => `Adviser ${n}` },
  { object: "contacts", salesforceObject: "Contact", property: "phone", field: "Phone", value: (n) => `+47 40 ${100_000 + n}` },
  { object: "contacts", salesforceObject: "Contact", property: "city", field: "MailingCity", value: (n) => `New Town ${n}` },
  { object: "contacts", salesforceObject: "Contact", property: "mobilephone", field: "MobilePhone", value: (n) => `+47 9 ${n}` },
  { object: "contacts", salesforceObject: "Lead", property: "jobtitle", field: "Title", value: (n) => `Buyer ${n}` },
  { object: "contacts", salesforceObject: "Lead", property: "company", field: "Company", value: (n) => `Prospect ${n} Ltd` },
  { object: "companies", salesforceObject: "Account", property: "description", field: "Description", value: (n) => `Note ${n}` },
  { object: "companies", salesforceObject: "Account", property: "phone", field: "Phone", value: (n) => `+47 22 ${100_000 + n}` },
  { object: "deals", salesforceObject: "Opportunity", property: "amount", field: "Amount", value: (n) => String(1_000 + n) },
  { object: "deals", salesforceObject: "Opportunity", property: "hs_next_step", field: "NextStep", value: (n) => `Call ${n}` },
];

/** Careless people now and then go on with what a merge has left behind. */
export function createTraffic(play: Play, random: Random, { careless }: { readonly careless: boolean }): Traffic {
  const { account, org, salesPeople } = play.world;

  /** A linked record that no scenario uses. */
  function somebody(object: SalesforceObjectName) {
    const skip = random.integer(0, 25);
    let seen = 0;
    const [first] = play.linked(object, 1, () => seen++ >= skip);
    if (first === undefined) throw new ImpossibleScenario(`There is no free ${object}`);
    play.giveBack([first]);
    return first;
  }

  function editHubSpot(): void {
    const { salesforceObject, property, value } = random.pick(EDITABLE);
    play.editHubSpot(somebody(salesforceObject).hubspot, { [property]: value(play.nextNumber()) });
  }

  function editSalesforce(): void {
    const { salesforceObject, field, value } = random.pick(EDITABLE);
    const { salesforceId } = somebody(salesforceObject);
    const text = value(play.nextNumber());
    play.editSalesforce(salesforceObject, salesforceId, { [field]: field === "Amount" ? Number(text) : text });
  }

  /** Two people at the same record at nearly the same time. */
  function editBoth(): void {
    const one = random.pick(EDITABLE);
    const same = EDITABLE.filter(({ salesforceObject }) => salesforceObject === one.salesforceObject);
    const other = random.chance(0.5) ? one : random.pick(same);
    const { hubspot, salesforceId } = somebody(one.salesforceObject);
    const text = other.value(play.nextNumber());
    const inSalesforce = () =>
      play.editSalesforce(one.salesforceObject, salesforceId, { [other.field]: other.field === "Amount" ? Number(text) : text });
    if (random.chance(0.5)) inSalesforce();
    play.editHubSpot(hubspot, { [one.property]: one.value(play.nextNumber()) });
    if (random.chance(0.5)) inSalesforce();
  }

  function createInHubSpot(): void {
    const number = play.nextNumber();
    const owner = random.pick(salesPeople).ownerId;
    if (random.chance(0.25)) {
      const pipeline = account.pipelines().find(({ label }) => label.startsWith("Salesforce - "));
      written("deals", {
        dealname: `New deal ${number}`,
        pipeline: pipeline?.id ?? null,
        dealstage: pipeline?.stages[0]?.id ?? null,
        amount: String(number),
        closedate: new Date(play.world.clock.now().getTime() + 30 * 86_400_000).toISOString(),
        hubspot_owner_id: owner,
      });
      return;
    }
    written("contacts", {
      email: `visitor.${number}@visitors.example`,
      firstname: "New",
      lastname: `Visitor ${number}`,
      company: "Visitors Ltd",
      hubspot_owner_id: random.chance(0.8) ? owner : null,
      keep_out_of_salesforce: random.chance(0.2) ? "true" : null,
    });
  }

  function written(object: ObjectType, properties: Readonly<Record<string, string | null>>): void {
    const outcome = account.create(object, properties, "CRM_UI");
    if (!outcome.ok) throw new ImpossibleScenario(outcome.refusal.message);
  }

  function createInSalesforce(): void {
    const number = play.nextNumber();
    const OwnerId = random.pick(salesPeople).user.id;
    const object = random.pick(["Contact", "Lead", "Opportunity"] as const);
    if (object === "Lead") {
      const Email = random.chance(0.8) ? `walk.in.${number}@visitors.example` : null;
      play.createInSalesforce("Lead", { LastName: `Walk-in ${number}`, Company: "Visitors Ltd", Email, OwnerId });
      return;
    }
    const AccountId = random.chance(0.8) ? somebody("Account").salesforceId : null;
    if (object === "Contact") {
      const Email = random.chance(0.9) ? `colleague.of.${number}@customers.example` : null;
      play.createInSalesforce("Contact", { LastName: `Colleague ${number}`, Email, AccountId, OwnerId });
      return;
    }
    const CloseDate = new Date(play.world.clock.now().getTime() + 60 * 86_400_000).toISOString().slice(0, 10);
    const StageName = "Qualification";
    play.createInSalesforce("Opportunity", { Name: `New business ${number}`, StageName, CloseDate, AccountId, OwnerId });
  }

  function changeOwner(): void {
    const { hubspot, salesforceId, salesforceObject } = somebody(random.pick(["Contact", "Lead", "Account", "Opportunity"]));
    const { user, ownerId } = random.pick(salesPeople.slice(0, 3));
    if (random.chance(0.5)) play.editHubSpot(hubspot, { hubspot_owner_id: ownerId });
    else play.editSalesforce(salesforceObject, salesforceId, { OwnerId: user.id });
  }

  function changeEmail(): void {
    const { hubspot, salesforceId, salesforceObject } = somebody(random.pick(["Contact", "Lead"]));
    const email = `renamed.${play.nextNumber()}@renamed.example`;
    if (random.chance(0.5)) play.editHubSpot(hubspot, { email });
    else play.editSalesforce(salesforceObject, salesforceId, { Email: email });
  }

  function moveDeal(): void {
    const { hubspot, salesforceId } = somebody("Opportunity");
    const stage = random.pick(["Prospecting", "Qualification", "Needs Analysis", "Negotiation/Review"]);
    const pipeline = account.pipelines().find(({ id }) => id === hubspot.properties.pipeline);
    const stageId = pipeline?.stages.find(({ label }) => label === stage)?.id;
    if (random.chance(0.5) && stageId !== undefined) play.editHubSpot(hubspot, { dealstage: stageId });
    else play.editSalesforce("Opportunity", salesforceId, { StageName: stage });
  }

  /** Edits that change nothing that is mapped, or what HubSpot doesn't send. */
  function editUnmapped(): void {
    const { hubspot, salesforceId } = somebody("Contact");
    if (random.chance(0.4)) play.editHubSpot(hubspot, { lifecyclestage: random.pick(["lead", "customer", "evangelist"]) });
    else if (random.chance(0.5)) play.editHubSpot(hubspot, { firstname: `Nick ${play.nextNumber()}` });
    else play.editSalesforce("Contact", salesforceId, { Department: `Department ${play.nextNumber()}` });
  }

  function leaveOrJoinList(): void {
    const { hubspot } = somebody("Contact");
    play.editHubSpot(hubspot, { keep_out_of_salesforce: random.chance(0.5) ? "true" : "false" });
  }

  function blank(): void {
    const { hubspot, salesforceId } = somebody("Contact");
    if (random.chance(0.5)) play.editHubSpot(hubspot, { city: "" });
    else play.editSalesforce("Contact", salesforceId, { MailingCity: null });
  }

  function deleteInHubSpot(): void {
    const object = random.pick(["Contact", "Lead", "Opportunity"] as const);
    const { hubspot } = somebody(object);
    account.archive(hubspot.object, hubspot.id);
  }

  function deleteInSalesforce(): void {
    const object = random.pick(["Contact", "Lead", "Opportunity"] as const);
    const { salesforceId } = somebody(object);
    const person = salesPeople[0]?.user.id ?? "";
    org.remove({ userId: person, app: "Salesforce" }, object, salesforceId);
  }

  function convert(): void {
    const lead = somebody("Lead");
    play.convertLead(lead.salesforceId, somebody("Contact").salesforceId);
  }

  /** Two records that have nothing in common but that somebody takes them for one. */
  function two(object: SalesforceObjectName, otherObject = object) {
    const [one, other] = [somebody(object), somebody(otherObject)];
    if (one.hubspot.id === other.hubspot.id) throw new ImpossibleScenario("Nobody merges a record with itself");
    return [one, other] as const;
  }

  /** What is left of the loser in HubSpot stays linked to it: whoever edits that makes an error of it. */
  function mergeInSalesforce(): void {
    const object = random.pick(["Contact", "Lead", "Account"] as const);
    const [kept, loser] = two(object);
    const lost = org.get(object, loser.salesforceId)?.fields ?? {};
    const chosen = random.chance(0.4) ? { Phone: lost.Phone ?? null } : {};
    const email = careless && object !== "Account" && random.chance(0.2) ? { Email: lost.Email ?? null } : {};
    play.mergeInSalesforce(object, kept.salesforceId, loser.salesforceId, { ...chosen, ...email });
    if (!careless || random.chance(0.5)) return;
    const property = object === "Account" ? "description" : "jobtitle";
    play.editHubSpot(loser.hubspot, { [property]: `Merged away ${play.nextNumber()}` });
  }

  /** The secondary's Salesforce record stays, and no contact is linked to it: whoever edits that makes an error of it. */
  function mergeInHubSpot(): void {
    const [primary, secondary] = two(random.pick(["Contact", "Lead"]), random.pick(["Contact", "Lead"]));
    play.mergeInHubSpot(primary.hubspot, secondary.hubspot);
    if (!careless || random.chance(0.5)) return;
    play.editSalesforce(secondary.salesforceObject, secondary.salesforceId, { Title: `Merged away ${play.nextNumber()}` });
  }

  const DEEDS: readonly (readonly [weight: number, deed: () => void])[] = [
    [8, editHubSpot],
    [8, editSalesforce],
    [4, editBoth],
    [3, createInHubSpot],
    [3, createInSalesforce],
    [2, changeOwner],
    [2, changeEmail],
    [2, moveDeal],
    [2, editUnmapped],
    [1, leaveOrJoinList],
    [1, blank],
    [1, deleteInHubSpot],
    [1, deleteInSalesforce],
    [0.5, convert],
    [0.7, mergeInSalesforce],
    [0.7, mergeInHubSpot],
  ];
  const total = DEEDS.reduce((sum, [weight]) => sum + weight, 0);

  function pickDeed(): () => void {
    let at = random.next() * total;
    for (const [weight, deed] of DEEDS) {
      at -= weight;
      if (at <= 0) return deed;
    }
    return editHubSpot;
  }

  return {
    act() {
      try {
        pickDeed()();
      } catch (error) {
        // What a scenario has changed may stand in somebody's way: they leave it.
        if (!(error instanceof ImpossibleScenario)) throw error;
      }
    },
  };
}
