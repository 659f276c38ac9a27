import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Control, eventually, type SeenMessage, wordsOf } from "../support/control.ts";
import {
  answerMessage,
  answerWords,
  buttonOf,
  channelMessages,
  current,
  eventualMessage,
  type ListedError,
  listedErrors,
  press,
  repliesTo,
  shownError,
} from "../support/slack-reading.ts";
import { QUICK, startWorld, type World } from "../support/world.ts";

interface Expected {
  readonly scenario: string;
  readonly count: number;
  readonly label: string;
  readonly category: string;
  /** What was seen: code, message, field, rule, trigger, option, owner, stage, account. */
  readonly evidence: readonly (string | RegExp)[];
  /** What somebody can do with these very names in it. */
  readonly advice: readonly (string | RegExp)[];
  /** What stands beside each record; null where the error has none. */
  readonly value: RegExp | null;
  /** HubSpot has no such record yet, so that there is nothing to touch. */
  readonly onlyInSalesforce?: boolean;
}

const ERRORS: readonly Expected[] = [
  {
    scenario: "error/associations/waiting-for-account",
    count: 4,
    label: "Waiting for account to sync",
    category: "Associations",
    evidence: ["Salesforce to HubSpot", "`AccountId`", /No HubSpot company is linked to Salesforce's account .+ \(001\w{15}\)/],
    advice: [/Import the account “.+” \(001\w{15}\) into HubSpot/],
    value: /^001\w{15}$/,
    onlyInSalesforce: true,
  },
  {
    scenario: "error/custom-code/salesforce-automation",
    count: 4,
    label: "Salesforce automation",
    category: "Custom code",
    evidence: ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "ContactRoutingTrigger", "System.NullPointerException"],
    advice: ["Have a developer look at the trigger “ContactRoutingTrigger” on Contact"],
    value: null,
  },
  {
    scenario: "error/custom-code/custom-validation-rule",
    count: 12,
    label: "Salesforce custom field validation rule",
    category: "Custom code",
    evidence: [
      "HubSpot to Salesforce",
      "HubSpot property `phone` · Salesforce field `Phone`",
      "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      "Phone must start with a country code, such as +47",
      "That is the validation rule Phone_With_Country_Code",
    ],
    advice: ["satisfy the validation rule “Phone_With_Country_Code” on Contact", "exempt the integration user in its formula"],
    value: /^22 1\d{7}$/,
  },
  {
    scenario: "error/duplicates/email-already-in-use",
    count: 3,
    label: "Email already in use",
    category: "Duplicates",
    evidence: [/The email \S+@\S+ belongs to HubSpot's contact \d+, which is linked to Salesforce's Contact 003\w{15}/],
    advice: [/Decide whom \S+@\S+ belongs to: HubSpot contact \d+/],
    value: /^\S+@\S+$/,
    onlyInSalesforce: true,
  },
  {
    scenario: "error/duplicates/salesforce-duplicate-rule",
    count: 3,
    label: "Salesforce duplicate rule",
    category: "Duplicates",
    evidence: ["DUPLICATES_DETECTED", /The duplicate rule Contacts_With_Same_Phone found 003\w{15}/],
    advice: [/003\w{15}/, /let the duplicate rule “Contacts.With.Same.Phone”/i],
    value: null,
  },
  {
    scenario: "error/permissions/field-permission",
    count: 3,
    label: "Salesforce field permission",
    category: "Permissions",
    evidence: [
      "HubSpot property `rating` · Salesforce field `Rating`",
      /can't be written by the integration user|INVALID_FIELD_FOR_INSERT_UPDATE/,
    ],
    advice: [/Give the integration user read and edit access to .*Rating.* on Lead by field-level security/],
    value: /^Hot$/,
  },
  {
    scenario: "error/picklists/restricted-picklist-value",
    count: 4,
    label: "Restricted picklist value",
    category: "Picklists",
    evidence: ["HubSpot property `customer_tier` · Salesforce field `Customer_Tier__c`", "Platinum"],
    advice: [/Add the option “Platinum” to .*Customer Tier.* on Contact/],
    value: /^Platinum$/,
  },
  {
    scenario: "error/picklists/missing-picklist-option",
    count: 3,
    label: "Missing Salesforce picklist option",
    category: "Picklists",
    evidence: [
      "HubSpot property `customer_tier` · Salesforce field `Customer_Tier__c`",
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      "The record's record type, Partner, doesn't take Gold",
    ],
    advice: [/Allow the option “Gold” of .*Customer Tier.* on Contact for the record type “Partner” in Salesforce/],
    value: /^Gold$/,
  },
  {
    scenario: "error/picklists/state-country-mismatch",
    count: 3,
    label: "Mismatched state or country value",
    category: "Picklists",
    evidence: ["HubSpot property `state` · Salesforce field `MailingState`", /has "Ontario" for another country, not for \w+/],
    advice: [/Correct the state “Ontario” or the country “\w+” on the HubSpot records/],
    value: /^Ontario$/,
  },
  {
    scenario: "error/property-values/missing-required-country",
    count: 3,
    label: "Missing required country",
    category: "Property values",
    evidence: [
      "HubSpot property `country` · Salesforce field `MailingCountry`",
      /is blank beside the state ".+", which needs a country/,
    ],
    advice: [/Fill in the country \(MailingCountry\) on the HubSpot records that have a state, such as “.+”/],
    value: null,
  },
  {
    scenario: "error/picklists/inactive-owner",
    count: 4,
    label: "Inactive Salesforce owner",
    category: "Picklists",
    evidence: ["Salesforce field `OwnerId`", /INACTIVE_OWNER_OR_USER|inactive Salesforce user/],
    advice: ["Give the records of Sara Lund to an active user in HubSpot, or activate Sara Lund in Salesforce"],
    value: /^005\w{15}$/,
  },
  {
    scenario: "error/picklists/missing-or-invalid-stage",
    count: 3,
    label: "Missing or invalid opportunity stage",
    category: "Picklists",
    evidence: ["Salesforce to HubSpot", '"Legal Review" is no stage of the HubSpot pipeline'],
    advice: ["Add the stage “Legal Review” to the pipeline “Salesforce - New Business”"],
    value: /^Legal Review$/,
  },
  {
    scenario: "error/property-values/string-too-long",
    count: 3,
    label: "String too long",
    category: "Property values",
    evidence: ["HubSpot property `jobtitle` · Salesforce field `Title`", "takes 128 characters"],
    advice: [/Shorten the text to 128 characters: .*Title/],
    value: /^Deputy Deputy/,
  },
  {
    scenario: "error/property-values/missing-required-value",
    count: 3,
    label: "Missing required value",
    category: "Property values",
    evidence: [
      "HubSpot property `sales_region` · Salesforce field `Sales_Region__c`",
      /is required and would be empty|REQUIRED_FIELD_MISSING/,
    ],
    advice: [/Fill in .*Sales Region.* on Contact/],
    value: null,
  },
  {
    scenario: "error/property-mappings/missing-salesforce-id",
    count: 3,
    label: "Missing Salesforce ID",
    category: "Property mappings",
    evidence: [
      "HubSpot property `referred_by` · Salesforce field `Referred_By__c`",
      /Salesforce's Referred By takes IDs of Contact; "Nora Solberg \d+" is no ID/,
    ],
    advice: [/Put the 18-character ID of the Contact into the HubSpot property .*Referred By \(Referred_By__c\)/],
    value: /^Nora Solberg \d+$/,
  },
  {
    scenario: "error/property-mappings/invalid-salesforce-id",
    count: 3,
    label: "Invalid Salesforce ID",
    category: "Property mappings",
    evidence: [
      "HubSpot property `referred_by` · Salesforce field `Referred_By__c`",
      /Salesforce's Referred By takes IDs of Contact; "\w{18}" is (one of Account|no ID that Salesforce has given)/,
    ],
    advice: [/Correct the ID in the HubSpot property .*Referred By \(Referred_By__c\): it takes IDs of Contact records/],
    value: /^00[13]\w{15}$/,
  },
  {
    scenario: "error/custom-code/salesforce-flow",
    count: 3,
    label: "Salesforce flow",
    category: "Custom code",
    evidence: ["CANNOT_EXECUTE_FLOW_TRIGGER", /Deal.Desk.Review/, "The flow didn't find any"],
    advice: [/Open the flow “Deal.Desk.Review” on Opportunity/],
    value: null,
  },
  {
    scenario: "error/permissions/insufficient-access",
    count: 3,
    label: "Insufficient Salesforce access",
    category: "Permissions",
    evidence: ["ENTITY_IS_LOCKED"],
    advice: ["edit access to Opportunity records", "locked by an approval process"],
    value: null,
  },
  {
    scenario: "error/associations/association-limit-reached",
    count: 3,
    label: "Association limit reached",
    category: "Associations",
    evidence: [
      "Salesforce to HubSpot",
      "`AccountId`",
      /HubSpot's company .+ \(\d+\) has \d+ contacts, the most that HubSpot allows/,
    ],
    advice: [
      /Remove associations that are no longer needed from the company .+ \(it has the most that HubSpot allows: \d+ contacts\)/,
    ],
    value: /^001\w{15}$/,
    onlyInSalesforce: true,
  },
  {
    scenario: "error/picklists/option-limit-exceeded",
    count: 3,
    label: "Option limit exceeded",
    category: "Picklists",
    evidence: [
      "HubSpot property `last_event` · Salesforce field `Last_Event__c`",
      /HubSpot's Last event has no option "Roadshow \d+" and can't get it: it has 5,000 options/,
    ],
    advice: ["Delete options that no record uses from the property Last event (at most 5000)"],
    value: /^Roadshow \d+$/,
  },
  {
    scenario: "error/picklists/default-sales-process-unavailable",
    count: 3,
    label: "Default sales process unavailable",
    category: "Picklists",
    evidence: ["Salesforce field `RecordTypeId`", "The opportunity has no record type", "New Business"],
    advice: ["Give the opportunities a record type in Salesforce (New Business)"],
    value: null,
    onlyInSalesforce: true,
  },
  {
    scenario: "error/property-values/invalid-email",
    count: 3,
    label: "Invalid email",
    category: "Property values",
    evidence: ["HubSpot property `email` · Salesforce field `Email`", /doesn't take "ola\.\.nordmann|INVALID_EMAIL_ADDRESS/],
    advice: [/Correct the address in .*Email/],
    value: /^ola\.\.nordmann\.\d+@mobile\.example$/,
  },
  {
    scenario: "error/property-values/restricted-unique-value",
    count: 3,
    label: "Restricted unique value",
    category: "Property values",
    evidence: ["DUPLICATE_VALUE", "Salesforce field `Customer_Number__c`"],
    advice: [/must be unique/],
    value: /./,
  },
  {
    scenario: "error/custom-code/missing-contact-id",
    count: 3,
    label: "Missing contact ID",
    category: "Custom code",
    evidence: ["HubSpot to Salesforce", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "TaskCampaignTrigger", "REQUIRED_FIELD_MISSING"],
    advice: [
      /Sync the HubSpot contact to a Salesforce contact first \(ContactId is required\)/,
      "let the trigger “TaskCampaignTrigger” leave leads out",
    ],
    value: null,
  },
  {
    scenario: "error/property-values/owner-assignment",
    count: 3,
    label: "Owner assignment",
    category: "Property values",
    evidence: ["HubSpot property `hubspot_owner_id` · Salesforce field `OwnerId`", "OP_WITH_INVALID_USER_TYPE_EXCEPTION"],
    advice: [/the queue “Inbound Leads”/],
    value: /^00G\w{15}$/,
  },
  {
    scenario: "error/permissions/insufficient-access-or-missing-record",
    count: 3,
    label: "Insufficient access or missing Salesforce record",
    category: "Permissions",
    evidence: [
      "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
      /The integration user finds no Contact \(003\w{15}\), not in the Recycle Bin either: it may not see it/,
    ],
    advice: [/Look for Contact \(003\w{15}\) as a Salesforce admin: if it is there, share it with the integration user/],
    value: null,
  },
];

function typeOf({ scenario }: Expected): string {
  return scenario.split("/")[2] ?? "";
}

function keysOf(records: readonly { readonly hubspotId: string | null; readonly salesforceId: string | null }[]): string[] {
  return records.map(({ hubspotId, salesforceId }) => `${hubspotId} ${salesforceId}`).toSorted();
}

describe("sync errors over HTTP", () => {
  let world: World;
  let control: Control;
  let listed: readonly ListedError[];

  function idOf({ label }: Expected): string {
    const found = listed.filter((error) => error.label === label);
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} errors are listed as ${label}`);
    return found[0].id;
  }

  async function alertOf(expected: Expected): Promise<SeenMessage> {
    return eventualMessage(control, new RegExp(`do(?:es)? not sync: ${expected.label} \\(${idOf(expected)}\\)`), 60_000);
  }

  async function truthOf(expected: Expected) {
    return (await control.truth()).errors.filter(({ type }) => type === typeOf(expected));
  }

  beforeAll(async () => {
    world = await startWorld({ contacts: 180, connection: QUICK });
    control = world.control;
    await world.startBot();
    await eventualMessage(control, /acme is healthy: no sync errors/, 30_000);
    for (const { scenario, count } of ERRORS) await control.make(scenario, count);
    const wanted = ERRORS.map(({ label }) => label).toSorted();
    listed = await eventually(
      "every error to be listed",
      async () => {
        const seen = await listedErrors(control);
        const labels = seen.map(({ label }) => label).toSorted();
        if (JSON.stringify(labels) !== JSON.stringify(wanted)) throw new Error(`Listed: ${labels.join(", ")}`);
        return seen;
      },
      60_000,
    );
  }, 120_000);

  afterAll(async () => {
    await world?.close();
  });

  test("the list is the truth: nothing is missing, nothing is too much, and the sync is not suspended", async () => {
    const truth = await control.truth();
    expect(truth.suspension).toBeNull();
    expect(truth.errors.map(({ type }) => type).toSorted()).toEqual(ERRORS.map(typeOf).toSorted());
    expect(answerWords(await control.command("suspension"))).toContain("no suspension is known");
    expect((await channelMessages(control)).map(wordsOf).filter((words) => words.includes("suspended"))).toEqual([]);
  });

  test.each(ERRORS)(
    "$label: Slack has its evidence, its records and what to do",
    async (expected) => {
      const { words, records } = await shownError(control, idOf(expected));
      expect(words).toContain(`${expected.label}: ${expected.count} `);
      expect(words).toContain(`· ${expected.category} ·`);
      for (const what of [...expected.evidence, ...expected.advice]) expect(words).toMatch(what);

      const [truth, ...others] = await truthOf(expected);
      expect(others).toEqual([]);
      expect(truth?.category).toBe(expected.scenario.split("/")[1]);
      expect(truth?.records).toHaveLength(expected.count);
      expect(keysOf(records)).toEqual(keysOf(truth?.records ?? []));
      for (const record of records) {
        const value = /^Value: `(.*)`$/m.exec(record.words)?.[1] ?? null;
        if (expected.value === null) expect(value).toBeNull();
        else expect(value).toMatch(expected.value);
        // Each has a name of its own beside its links.
        expect(record.words).toMatch(/^[^\s(].{2,} \(</);
      }

      const alert = wordsOf(await alertOf(expected));
      expect(alert).toContain(`${expected.count} `);
      for (const what of [...expected.evidence, ...expected.advice]) expect(alert).toMatch(what);
    },
    90_000,
  );

  test("the list can be narrowed to a category and an object", async () => {
    expect((await listedErrors(control, "picklists")).map(({ label }) => label).toSorted()).toEqual(
      ERRORS.filter(({ category }) => category === "Picklists")
        .map(({ label }) => label)
        .toSorted(),
    );
    expect((await listedErrors(control, "picklists deals")).map(({ label }) => label).toSorted()).toEqual([
      "Default sales process unavailable",
      "Missing or invalid opportunity stage",
    ]);
    expect(answerWords(await control.command("errors property-mappings deals"))).toMatch(/no open sync errors/);
  });

  test("a resync before anything is mended says that the records still fail, and why", async () => {
    const tooLong = ERRORS.find(({ label }) => label === "String too long");
    if (!tooLong) throw new Error("no such error");
    await press(control, await alertOf(tooLong), "syncwarden:resync");
    const done = await eventualMessage(control, new RegExp(`resync of .*${idOf(tooLong)}.* is done`), 40_000);
    expect(wordsOf(done)).toContain("3 of 3 sent, 0 verified as synced, 3 still failing");
    expect(wordsOf(done)).toMatch(/3 records: .*takes 128 characters/);
    expect(await truthOf(tooLong)).toHaveLength(1);
  }, 60_000);

  test("mended and resynced, each record is verified, each error resolved, and the truth is empty", async () => {
    const started: { readonly expected: Expected; readonly channel: string; readonly earlier: readonly string[] }[] = [];
    const alerts = new Map<string, SeenMessage>();
    for (const expected of ERRORS) alerts.set(expected.label, await alertOf(expected));
    for (const [index, expected] of ERRORS.entries()) {
      const byButton = index % 2 === 0;
      const channel = byButton ? "C0REVOPS" : "C0SALES";
      const earlier = (await resyncMessages(channel, expected)).map(({ ts }) => ts);
      const alert = alerts.get(expected.label);
      if (!alert) throw new Error("no alert");
      const begin = byButton ? await resyncByButton(alert, expected) : await resyncByCommand(idOf(expected));
      await control.mend(expected.scenario);
      const answer = await begin();
      expect(answer).toMatch(/The resync has begun|It has begun/);
      started.push({ expected, channel, earlier });
    }

    for (const { expected, channel, earlier } of started) {
      const { count, onlyInSalesforce = false } = expected;
      const words = await eventually(
        `the end of the resync of ${expected.label}`,
        async () => {
          const newest = (await resyncMessages(channel, expected)).filter(({ ts }) => !earlier.includes(ts)).at(-1);
          return newest !== undefined && / is done /.test(newest.text) ? wordsOf(newest) : null;
        },
        90_000,
      );
      expect(words).not.toMatch(/[1-9]\d* still failing/);
      if (!onlyInSalesforce) expect(words).toContain(`${count} of ${count} sent, ${count} verified as synced`);
      else {
        expect(words).toContain(`0 of ${count} sent, 0 verified as synced, ${count} skipped`);
        expect(words).toContain("HubSpot has no such record yet: only the native sync can make it");
      }
    }

    await eventually(
      "the truth to be empty",
      async () => {
        const truth = (await control.truth()).errors.map(({ type, records }) => `${type} of ${records.length} in truth`);
        const left = [...truth, ...(await listedErrors(control)).map(({ label }) => label)];
        if (left.length > 0) throw new Error(`Left: ${left.join("; ")}`);
        return true;
      },
      60_000,
    );
    for (const expected of ERRORS) {
      const alert = alerts.get(expected.label);
      if (!alert) throw new Error("no alert");
      const resolved = async () => wordsOf(await current(control, alert)).includes(`resolved: ${expected.label}`);
      await eventually(`the alert of ${expected.label} to say so`, resolved, 90_000);
      const noted = async () => (await repliesTo(control, alert)).some(({ text }) => text.startsWith("Resolved"));
      await eventually(`a note in the thread of ${expected.label}`, noted, 90_000);
      expect(answerWords(await control.command(`error ${idOf(expected)}`))).toContain("It is resolved since");
    }
    expect(answerWords(await control.command("errors"))).toContain("no open sync errors are known");
    expect(answerWords(await control.command("status"))).toContain("acme is healthy");
  }, 240_000);

  test("buttons of an error that is resolved say so and resync nothing", async () => {
    const [alert] = (await channelMessages(control)).filter(({ text }) => text.includes("is resolved since"));
    if (!alert) throw new Error("no resolved alert");
    const { errorId } = JSON.parse(buttonOf(alert, "syncwarden:details").value ?? "{}") as { errorId: string };
    expect(wordsOf(alert)).not.toContain("Resync");
    expect(answerWords(await control.command(`resync ${errorId}`))).toContain(`Error ${errorId} is resolved already`);
  });

  /** Those of resyncs that have been told as under way or done. */
  async function resyncMessages(channel: string, expected: Expected): Promise<readonly SeenMessage[]> {
    const messages = (await channelMessages(control, channel)).filter(({ text }) => text.includes(idOf(expected)));
    return messages.filter(({ text }) => text.includes("the resync of"));
  }

  /** More than ten records are asked about once more in a dialog, which then says what came of it. */
  async function resyncByButton(alert: SeenMessage, { count }: Expected): Promise<() => Promise<string>> {
    if (count <= 10) return async () => answerWords(await press(control, alert, "syncwarden:resync"));
    const { view } = await press(control, alert, "syncwarden:resync");
    expect(JSON.stringify(view)).toContain(`covers ${count} records`);
    const submission = { user: "U0ADMIN", view_id: view?.id, values: {} };
    return async () => JSON.stringify(await control.send("POST", "/slack/submit", submission));
  }

  async function resyncByCommand(id: string): Promise<() => Promise<string>> {
    const preview = answerMessage(await control.command(`resync ${id}`, { channel: "C0SALES" }));
    expect(preview.text).toMatch(/covers \d+ records?, touches .*, and costs about \d+ /);
    return async () => answerWords(await press(control, preview, "syncwarden:confirm-resync", { channel: "C0SALES" }));
  }
});
