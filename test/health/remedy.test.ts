import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FixableError,
  type FixableRecord,
  type FixInput,
  type FixWorld,
  isFixable,
  type Remedy,
  remedyOf,
  sameValue,
  sidesOf,
  valueToWrite,
} from "../../src/health/remedy.ts";
import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorType } from "../../src/health/sync-errors.ts";
import { ENGLISH } from "../../src/language/language.ts";
import { similarOption } from "../../src/records/options.ts";
import type { SalesforceValue } from "../../src/records/record.ts";
import type { HubSpotProperty, SalesforceField } from "../../src/records/schema.ts";
import { checkForHubSpot, checkForSalesforce } from "../../src/records/schema-checks.ts";
import { ADA, BOB, field, objectSchema, picklist, property, SCHEMAS } from "../records/schema-parts.ts";

const CLEA = { ...ADA, id: "0055g00000ABCDGAA5", name: "Clea", email: "clea@example.com" };

interface Case {
  readonly type: SyncErrorType;
  readonly direction?: FixableError["direction"];
  readonly property: HubSpotProperty;
  readonly field: SalesforceField;
  /** What HubSpot and Salesforce hold in the field; other values of the record. */
  readonly hubspot?: string | null;
  readonly salesforce?: SalesforceValue;
  readonly properties?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, SalesforceValue>>;
  readonly others?: readonly (readonly [HubSpotProperty, SalesforceField])[];
  readonly details?: Readonly<Record<string, string>>;
  readonly allowed?: readonly string[];
  readonly rules?: FixWorld["rules"];
}

function arrange(one: Case) {
  const pairs = [[one.property, one.field] as const, ...(one.others ?? [])];
  const world: FixWorld = {
    mappings: pairs.map(([{ name: hubspotProperty }, { name: salesforceField }]) => ({
      object: "contacts",
      salesforceObject: "Contact",
      hubspotProperty,
      salesforceField,
      rule: "two-way",
    })),
    schemas: {
      ...SCHEMAS,
      hubspot: {
        contacts: Object.fromEntries(
          pairs.map(([{ name }]) => [name, pairs.find(([own]) => own.name === name)?.[0] ?? one.property]),
        ),
      },
      salesforce: {
        Contact: objectSchema(
          "Contact",
          pairs.map(([, own]) => own),
        ),
      },
      owners: [
        ...SCHEMAS.owners,
        { id: "74", email: CLEA.email, archived: false },
        { id: "75", email: "left@example.com", archived: true },
      ],
      users: { [ADA.id]: ADA, [BOB.id]: BOB, [CLEA.id]: CLEA },
    },
    rules: one.rules ?? {},
  };
  const error: FixableError = {
    type: one.type,
    direction: one.direction ?? "hubspot-to-salesforce",
    object: "contacts",
    hubspotProperty: one.property.name,
    salesforceField: one.field.name,
    details: one.details ?? {},
  };
  const record: FixableRecord = {
    salesforceObject: "Contact",
    hubspot: { [one.property.name]: one.hubspot ?? null, ...one.properties },
    salesforce: { [one.field.name]: one.salesforce ?? null, ...one.fields },
    allowed: one.allowed ?? null,
  };
  return { error, record, world };
}

function remedy(one: Case): Remedy {
  const { error, record, world } = arrange(one);
  const found = remedyOf(error, record, world);
  if (!("input" in found)) throw new Error(ENGLISH.render(found.why));
  return found;
}

function why(one: Case): string {
  const { error, record, world } = arrange(one);
  const found = remedyOf(error, record, world);
  if ("input" in found) throw new Error("There is a remedy.");
  return ENGLISH.render(found.why);
}

function values(input: FixInput): readonly string[] {
  return input.kind === "choice" ? input.options.map(({ value }) => value) : [];
}

const tierField = field({
  name: "Tier__c",
  label: "Tier",
  type: "picklist",
  restrictedPicklist: true,
  picklistValues: [...picklist("Bronze", "Silver", "Gold"), { value: "Old", label: "Old", active: false }],
});
const options = (...list: readonly string[]) => list.map((value) => ({ value, label: value, hidden: false }));
const tierProperty = property({
  name: "tier",
  label: "Tier",
  type: "enumeration",
  fieldType: "select",
  options: options("Gold", "Silver", "Platinum", "Old"),
});
const ownerProperty = property({ name: "hubspot_owner_id", label: "Owner", type: "enumeration" });
const ownerField = field({ name: "OwnerId", label: "Owner", type: "reference", referenceTo: ["User"] });

describe("which errors one value puts right", () => {
  const types = Object.values(SYNC_ERROR_TYPES_BY_CATEGORY).flat();
  const of = (direction: FixableError["direction"]) =>
    types
      .filter((type) => isFixable({ ...arrange({ type, property: tierProperty, field: tierField, direction }).error }))
      .toSorted();

  test("are these, by the way that the value travels", () => {
    expect(of("hubspot-to-salesforce")).toEqual([
      "inactive-owner",
      "invalid-email",
      "invalid-value",
      "missing-picklist-option",
      "missing-required-country",
      "missing-required-value",
      "options-mismatch",
      "restricted-picklist-value",
      "state-country-mismatch",
      "string-too-long",
    ]);
    expect(of("salesforce-to-hubspot")).toEqual([
      "invalid-email",
      "invalid-value",
      "missing-required-value",
      "options-mismatch",
      "owners-not-synced",
    ]);
  });

  test("but not where no mapped field is concerned", () => {
    const { error } = arrange({ type: "missing-required-value", property: tierProperty, field: tierField });
    expect(isFixable({ ...error, hubspotProperty: null })).toBe(false);
  });
});

describe("an option that Salesforce doesn't take", () => {
  test.each(["restricted-picklist-value", "missing-picklist-option", "options-mismatch"] as const)(
    "%s: HubSpot's options that Salesforce takes, written in HubSpot",
    (type) => {
      const found = remedy({ type, property: tierProperty, field: tierField, hubspot: "Platinum" });
      expect(found).toMatchObject({ system: "hubspot", field: "tier", before: "Platinum", proposal: null });
      expect(values(found.input)).toEqual(["Gold", "Silver"]);
    },
  );

  test("Salesforce's own where HubSpot's property is text", () => {
    const found = remedy({ type: "restricted-picklist-value", property: property(), field: tierField, hubspot: "silver " });
    expect(values(found.input)).toEqual(["Bronze", "Silver", "Gold"]);
    expect(found.proposal).toBe("Silver");
  });

  test("a misspelling proposes the one option that is near it", () => {
    expect(remedy({ type: "restricted-picklist-value", property: property(), field: tierField, hubspot: "Slver" }).proposal).toBe(
      "Silver",
    );
    expect(
      remedy({ type: "restricted-picklist-value", property: property(), field: tierField, hubspot: "Copper" }).proposal,
    ).toBeNull();
  });

  test("of a list of options only the one is replaced", () => {
    const list = { ...tierField, type: "multipicklist" };
    const several = { ...tierProperty, fieldType: "checkbox" };
    const one: Case = {
      type: "restricted-picklist-value",
      property: several,
      field: list,
      hubspot: "Gold;Platinum",
      details: { option: "Platinum" },
    };
    const found = remedy(one);
    expect(found).toMatchObject({ part: "Platinum", before: "Gold;Platinum" });
    const { error, record, world } = arrange(one);
    const sides = sidesOf(error, record, world);
    if ("why" in sides) throw new Error(ENGLISH.render(sides.why));
    expect(valueToWrite(found, "Silver", sides)).toBe("Gold;Silver");
    expect(valueToWrite(found, "Gold", sides)).toBe("Gold");
  });

  test("that goes with the record's record type and controlling value alone", () => {
    const reason = { option: "Gold" };
    const found = remedy({
      type: "missing-picklist-option",
      property: tierProperty,
      field: tierField,
      hubspot: "Gold",
      details: reason,
      allowed: ["Bronze", "Silver"],
    });
    expect(values(found.input)).toEqual(["Silver"]);
    const region = field({ name: "Region__c", label: "Region", type: "picklist", picklistValues: picklist("North", "South") });
    const depends = {
      ...tierField,
      controllerName: "Region__c",
      // The leftmost bit is the first controlling value's.
      picklistValues: [
        { value: "Silver", label: "Silver", active: true, validFor: Buffer.from([0x80]).toString("base64") },
        { value: "Gold", label: "Gold", active: true, validFor: Buffer.from([0x40]).toString("base64") },
      ],
    };
    const by = (value: string) =>
      values(
        remedy({
          type: "missing-picklist-option",
          property: tierProperty,
          field: depends,
          hubspot: "Old",
          properties: { region: value },
          others: [[property({ name: "region" }), region]],
        }).input,
      );
    expect(by("North")).toEqual(["Silver"]);
    expect(by("South")).toEqual(["Gold"]);
  });

  test("where none is left it says that the options have to be changed first", () => {
    const none = { ...tierProperty, options: options("Platinum") };
    expect(why({ type: "restricted-picklist-value", property: none, field: tierField, hubspot: "Platinum" })).toContain(
      "the options themselves have to be changed first",
    );
    const one = { ...tierProperty, options: options("Gold", "Platinum") };
    expect(why({ type: "restricted-picklist-value", property: one, field: tierField, hubspot: "Gold" })).toContain(
      "there is nothing to fix",
    );
  });
});

describe("owners", () => {
  test("of HubSpot who are active in Salesforce; none is proposed", () => {
    const found = remedy({ type: "inactive-owner", property: ownerProperty, field: ownerField, hubspot: "72" });
    expect(values(found.input)).toEqual(["71", "74"]);
    expect(found.proposal).toBeNull();
  });

  test("of Salesforce who are owners in HubSpot, written in Salesforce", () => {
    const found = remedy({
      type: "owners-not-synced",
      direction: "salesforce-to-hubspot",
      property: ownerProperty,
      field: ownerField,
      salesforce: BOB.id,
    });
    expect(found).toMatchObject({ system: "salesforce", field: "OwnerId" });
    expect(values(found.input)).toEqual([ADA.id, CLEA.id]);
  });
});

describe("states and countries", () => {
  const countryCode = field({
    name: "MailingCountryCode",
    type: "picklist",
    picklistValues: [
      { value: "CA", label: "Canada", active: true },
      { value: "NO", label: "Norway", active: true },
    ],
  });
  const bits = (byte: number) => Buffer.from([byte]).toString("base64");
  const stateCode = field({
    name: "MailingStateCode",
    type: "picklist",
    picklistValues: [
      { value: "ON", label: "Ontario", active: true, validFor: bits(0x80) },
      { value: "QC", label: "Quebec", active: true, validFor: bits(0x80) },
      { value: "46", label: "Vestland", active: true, validFor: bits(0x40) },
    ],
  });
  const country = field({ name: "MailingCountry", label: "Country" });
  const state = field({ name: "MailingState", label: "State" });
  const countryProperty = property({ name: "country", label: "Country" });
  const stateProperty = property({ name: "state", label: "State" });
  const codes = [
    [property({ name: "x" }), countryCode],
    [property({ name: "y" }), stateCode],
  ] as const;

  test("a state: those of the record's country", () => {
    const found = remedy({
      type: "state-country-mismatch",
      property: stateProperty,
      field: state,
      hubspot: "Vestland",
      properties: { country: "Canada" },
      others: [[countryProperty, country], ...codes],
    });
    expect(values(found.input)).toEqual(["Ontario", "Quebec"]);
  });

  test("a code where a name is wanted proposes its name", () => {
    const found = remedy({
      type: "state-country-mismatch",
      property: stateProperty,
      field: state,
      hubspot: "ON",
      properties: { country: "Canada" },
      others: [[countryProperty, country], ...codes],
    });
    expect(found.proposal).toBe("Ontario");
  });

  test("a missing country: the one that has the state", () => {
    const found = remedy({
      type: "missing-required-country",
      property: countryProperty,
      field: country,
      hubspot: null,
      properties: { state: "Vestland" },
      fields: { MailingState: "Vestland" },
      details: { state: "Vestland" },
      others: [[stateProperty, state], ...codes],
    });
    expect(found).toMatchObject({ proposal: "Norway", before: null });
    expect(values(found.input)).toEqual(["Norway"]);
  });
});

describe("texts", () => {
  test("too long: the limit, and the text cut to it without half a character at its end", () => {
    const short = field({ name: "Title", length: 10 });
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 11, maxLength: 40 }), (text) => {
        fc.pre(text.trim().length > 10);
        const found = remedy({ type: "string-too-long", property: property(), field: short, hubspot: text });
        expect(found.input).toMatchObject({ kind: "text", maxLength: 10 });
        if (found.proposal === null) return;
        expect(found.proposal.length).toBeLessThanOrEqual(10);
        expect(text.trim().startsWith(found.proposal)).toBe(true);
        expect(found.proposal).not.toMatch(/[\ud800-\udbff]$/);
      }),
    );
  });

  test("whose limit is more than a dialog holds are not cut to what it holds", () => {
    expect(
      why({
        type: "string-too-long",
        property: property(),
        field: field({ type: "textarea", length: 32_768 }),
        hubspot: "x".repeat(40_000),
      }),
    ).toContain("shorten it in place");
  });

  test("an email: what surely isn't part of it is taken off, and nothing else", () => {
    const email = { property: property({ name: "email" }), field: field({ name: "Email", type: "email", length: 80 }) };
    const proposed = (hubspot: string) => remedy({ type: "invalid-email", ...email, hubspot }).proposal;
    expect(proposed(" ada @example.com")).toBe("ada@example.com");
    expect(proposed("mailto:ada@example.com")).toBe("ada@example.com");
    expect(proposed("<ada@example.com>,")).toBe("ada@example.com");
    expect(proposed("ada..b@example.com")).toBeNull();
    expect(proposed("ada@")).toBeNull();
    expect(remedy({ type: "invalid-email", ...email, hubspot: "ada@" }).input).toMatchObject({
      kind: "text",
      isEmail: true,
      maxLength: 80,
    });
  });

  test("a missing value is written in the system that it comes from", () => {
    const required = field({ name: "Region__c", length: 60, nillable: false });
    expect(remedy({ type: "missing-required-value", property: property(), field: required })).toMatchObject({
      system: "hubspot",
      before: null,
      input: { kind: "text", maxLength: 60 },
    });
    const inSalesforce = remedy({
      type: "missing-required-value",
      direction: "salesforce-to-hubspot",
      property: property(),
      field: required,
    });
    expect(inSalesforce).toMatchObject({ system: "salesforce", field: "Region__c" });
  });

  test("that nobody can write are said to be so", () => {
    expect(why({ type: "invalid-value", property: property({ calculated: true }), field: field() })).toContain(
      "nobody can write it",
    );
    expect(
      why({
        type: "invalid-value",
        direction: "salesforce-to-hubspot",
        property: property(),
        field: field({ updateable: false }),
      }),
    ).toContain("can't write Salesforce's");
  });
});

test("whatever the schemas: every option that is offered passes both of them, and the proposal is one of the options", () => {
  const names = fc.uniqueArray(fc.constantFrom("Gold", "gold", "Silver", "Bronze", "Old", "New", "A;B"), { minLength: 1 });
  const direction = fc.constantFrom("hubspot-to-salesforce" as const, "salesforce-to-hubspot" as const);
  fc.assert(
    fc.property(
      names,
      names,
      fc.boolean(),
      fc.boolean(),
      direction,
      fc.constantFrom("Gold", "old", "Sylver", ""),
      (left, right, restricted, isList, way, held) => {
        const own = property({
          name: "tier",
          type: "enumeration",
          fieldType: isList ? "checkbox" : "select",
          options: options(...left),
        });
        const theirs = field({
          name: "Tier__c",
          type: isList ? "multipicklist" : "picklist",
          restrictedPicklist: restricted,
          picklistValues: right.map((value, index) => ({ value, label: value, active: index % 3 !== 2 })),
        });
        const { error, record, world } = arrange({
          type: "options-mismatch",
          direction: way,
          property: own,
          field: theirs,
          hubspot: held,
          salesforce: held,
        });
        const found = remedyOf(error, record, world);
        if (!("input" in found)) return;
        for (const value of values(found.input)) {
          expect(checkForSalesforce(value, theirs, world.schemas, way === "hubspot-to-salesforce" ? own : undefined)).toEqual([]);
          expect(checkForHubSpot(value, own, world.schemas, way === "hubspot-to-salesforce" ? undefined : theirs)).toEqual([]);
        }
        if (found.proposal !== null) expect(values(found.input)).toContain(found.proposal);
        const similar = similarOption(held, found.input.kind === "choice" ? found.input.options : []);
        if (similar !== null && found.part === null) expect(found.proposal).not.toBeNull();
      },
    ),
  );
});

describe("whether a field still has a value", () => {
  test.each<[SalesforceValue, SalesforceValue, boolean]>([
    [null, "", true],
    [" ", null, true],
    ["a\r\nb", "a\nb ", true],
    ["Ada@Example.com", "ada@example.com", true],
    ["Gold", "gold", false],
    [5, "5", true],
    ["Gold", null, false],
    [false, null, false],
  ])("%j and %j: %s", (one, other, same) => expect(sameValue(one, other)).toBe(same));
});
