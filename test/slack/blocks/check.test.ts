import { describe, expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import type { CheckOutcome, CheckReport } from "../../../src/monitor/check/check-report.ts";
import { checkAnswer } from "../../../src/slack/blocks/check.ts";
import { wordsOf } from "../../support/control.ts";
import { buttonsOf } from "../../support/slack-reading.ts";
import { checkReport, fieldReport, minutesAgo, syncError } from "../reports.ts";

const VIEW = { word: "ada@example.com", connection: "acme", mayResync: true, all: false };

function answer(changes: Partial<CheckReport> = {}, view: Partial<typeof VIEW> = {}) {
  const message = checkAnswer(ENGLISH, { outcome: "checked", report: checkReport(changes) }, { ...VIEW, ...view });
  const seen = { text: message.text, blocks: message.blocks as unknown as Record<string, unknown>[] };
  return { text: message.text, words: wordsOf(seen), buttons: buttonsOf(seen), message };
}

const travelling = fieldReport({
  hubspotValue: "Space travel",
  salesforceValue: null,
  verdict: { verdict: "travels", direction: "hubspot-to-salesforce", since: minutesAgo(30) },
});
const reason: CheckReport["reasons"][number] = {
  finding: {
    type: "restricted-picklist-value",
    direction: "hubspot-to-salesforce",
    record: checkReport().record,
    hubspotProperty: "industry",
    salesforceField: "Industry",
    cause: "Industry",
    value: "Space travel",
    details: { option: "Space travel", field: "Industry" },
    evidence: { at: minutesAgo(0).toISOString(), statement: "Salesforce refused Space travel" },
  },
  open: syncError(),
};

describe("a check's answer", () => {
  test("says in one glance that a record is in step", () => {
    const { text, words, buttons } = answer();
    expect(text).toContain("ada@example.com is in step. 2 mapped fields are the same on both sides.");
    expect(words).toContain(":large_green_circle: ada@example.com is in step");
    expect(words).toMatch(/\*Pairing\* linked to Salesforce's Contact .*by `salesforcecontactid`/);
    expect(words).toContain("*Included* yes, in the inclusion list 77");
    expect(words).toMatch(/\*Last sync\* to Salesforce .* to HubSpot .* stamp/);
    expect(words).toContain("`phone` = `Phone` · two-way · `+47 22 00 00 00`");
    expect(buttons.map(({ text: { text: label } }) => label)).toEqual(["Check again", "Open in HubSpot", "Open in Salesforce"]);
  });

  test("names each reason with its error, evidence and advice, and both values of what is to travel", () => {
    const { text, words, buttons } = answer({
      verdict: { state: "in-error" },
      fields: [travelling],
      reasons: [reason],
      trial: { state: "refused" },
    });
    expect(text).toContain("ada@example.com does not sync: Restricted picklist value");
    expect(words).toMatch(
      /\*Restricted picklist value\* · error \*E7K3Q\* since .*, 12 contacts · HubSpot to Salesforce · `industry` · `Industry`/,
    );
    expect(words).toMatch(/Seen .*: Salesforce refused Space travel/);
    expect(words).toMatch(/\*What to do\* \(.*\)\n1\. /);
    expect(words).toContain("*should go from HubSpot to Salesforce*");
    expect(words).toContain("HubSpot `Space travel`");
    expect(words).toContain("Salesforce _empty_");
    expect(words).toContain("Tried just now: Salesforce refused the write");
    const resync = buttons.find(({ action_id }) => action_id === "syncwarden:resync");
    expect(JSON.parse(resync?.value ?? "{}")).toEqual({
      connection: "acme",
      selection: { kind: "record", record: "003000000000001AAA" },
    });
  });

  test("offers no resync to who may not, nor for what is in step or left out", () => {
    const verbs = (of: ReturnType<typeof answer>) => of.buttons.map(({ action_id }) => action_id);
    expect(verbs(answer({ verdict: { state: "in-error" }, reasons: [reason] }, { mayResync: false }))).not.toContain(
      "syncwarden:resync",
    );
    expect(verbs(answer({ verdict: { state: "excluded", why: "The lead was converted" } }))).not.toContain("syncwarden:resync");
    expect(verbs(answer())).not.toContain("syncwarden:resync");
  });

  test("puts differences first and cuts fields in step, saying how many; a button shows them all", () => {
    const same = Array.from({ length: 30 }, (_, index) => fieldReport({ hubspotProperty: `property_${index}` }));
    const cut = answer({ verdict: { state: "in-error" }, fields: [travelling, ...same] });
    expect(cut.words).toContain("… and 22 more fields in step");
    expect(cut.words.indexOf("should go")).toBeLessThan(cut.words.indexOf("property_0"));
    const button = cut.buttons.find(({ action_id }) => action_id === "syncwarden:check:all");
    expect(JSON.parse(button?.value ?? "{}")).toEqual({ connection: "acme", record: "101", object: "contacts", all: true });
    const all = answer({ fields: same }, { all: true });
    expect(all.words).toContain("property_29");
  });

  test.each<[Partial<CheckReport>, RegExp]>([
    [
      { verdict: { state: "waiting", direction: "hubspot-to-salesforce", since: minutesAgo(1), isDue: false } },
      /is given its time before this counts/,
    ],
    [
      { verdict: { state: "waiting", direction: "salesforce-to-hubspot", since: minutesAgo(9), isDue: true } },
      /Nothing was found that speaks against it/,
    ],
    [{ verdict: { state: "old-difference", since: minutesAgo(9), bySync: false } }, /before I watched this connection/],
    [{ verdict: { state: "old-difference", since: minutesAgo(9), bySync: true } }, /the sync's own write/],
    [
      {
        verdict: { state: "excluded", why: "The contact isn't in the inclusion list" },
        inclusion: { list: "77", isMember: false },
      },
      /Included\* no, not in the inclusion list 77/,
    ],
    [{ verdict: { state: "not-known", why: "Only 3 calls are left" } }, /Only 3 calls are left\. What stands below/],
    [{ suspension: { kind: "sf-api-limit-exceeded", openedAt: minutesAgo(60) } }, /whole sync is suspended/],
    [{ pairing: { ...checkReport().pairing, state: "partner-deleted" } }, /That record was deleted in Salesforce/],
    [
      { pairing: { ...checkReport().pairing, concerns: [{ kind: "shared", records: [checkReport().record] }] } },
      /Linked to the same Salesforce record: ada@example.com/,
    ],
  ])("says what %j means", (changes, expected) => {
    expect(answer(changes).words).toMatch(expected);
  });

  test("says which record to name where several have the id, and what was looked for where none has", () => {
    const { record, links } = checkReport();
    const several: CheckOutcome = { outcome: "several", records: [record, { ...record, object: "companies" }], links };
    const message = checkAnswer(ENGLISH, several, { ...VIEW, word: "101" });
    expect(message.text).toBe("Several records of acme have the id `101`: which one do you mean?");
    expect(JSON.stringify(message.blocks)).toContain('\\"object\\":\\"companies\\"');
    expect(checkAnswer(ENGLISH, { outcome: "not-found", looked: ["hubspot"] }, VIEW).text).toContain(
      "HubSpot has no contact, company or deal",
    );
  });
});
