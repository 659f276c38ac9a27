import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHubSpotValue, toSalesforceValue } from "../../src/records/conversion.ts";
import { sameValue } from "../../src/records/equality.ts";
import type { SalesforceValue } from "../../src/records/record.ts";
import type { HubSpotProperty, SalesforceField } from "../../src/records/schema.ts";
import { ADA, BOB, field, picklist, property, SCHEMAS } from "./schema-parts.ts";

/**
 * A pair of types that HubSpot maps: what values mean (`meant`), the forms that each system gives a meaning, and when two meanings
 * are the same.
 */
interface Pair<Meaning> {
  readonly field: SalesforceField;
  readonly property: HubSpotProperty;
  readonly meant: fc.Arbitrary<Meaning>;
  readonly inHubSpot: (meaning: Meaning) => fc.Arbitrary<string>;
  readonly inSalesforce: (meaning: Meaning) => fc.Arbitrary<SalesforceValue>;
  readonly identity: (meaning: Meaning) => string;
}

/** Any meaning, so that pairs of all kinds stand in one list. */
function pair<Meaning>(made: Pair<Meaning>): Pair<Meaning> {
  return made;
}

const one = fc.constantFrom;
const spaces = (text: string) => one(text, ` ${text}`, `${text}  `);
const DAYS = fc.date({ min: new Date("1901-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
const day = (at: Date) => at.toISOString().slice(0, 10);
const second = (at: Date) => Math.floor(at.getTime() / 1000);
const salesforceInstant = (at: Date) => `${at.toISOString().slice(0, 19)}.000+0000`;

/** The same instant, written with another offset from UTC. */
function shifted(at: Date, hours: number): string {
  const local = new Date(at.getTime() + hours * 3_600_000).toISOString().replace("Z", "");
  return `${local}${hours < 0 ? "-" : "+"}${String(Math.abs(hours)).padStart(2, "0")}:00`;
}

const OPTIONS = ["New Business", "Renewal", "Upsell"] as const;
const LABELLED = OPTIONS.map((label) => ({ value: label.toLowerCase().replace(" ", "_"), label, hidden: false }));
const optionOf = (label: string) => LABELLED.find((option) => option.label === label)?.value ?? label;

const PAIRS: Readonly<Record<string, Pair<never>>> = Object.fromEntries(
  Object.entries({
    "number and double": pair({
      field: field({ type: "double", precision: 18, scale: 2 }),
      property: property({ type: "number", fieldType: "number" }),
      meant: fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }),
      inHubSpot: (cents) =>
        one(String(cents / 100), (cents / 100).toFixed(2), (cents / 100).toFixed(4), (cents / 100).toExponential(14)),
      inSalesforce: (cents) => one(cents / 100),
      identity: String,
    }),
    "number and currency": pair({
      field: field({ type: "currency", precision: 18, scale: 2 }),
      property: property({ type: "number", fieldType: "number" }),
      meant: fc.integer({ min: 0, max: 100_000_000_000 }),
      inHubSpot: (cents) =>
        one(String(cents / 100), (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })),
      inSalesforce: (cents) => one(cents / 100),
      identity: String,
    }),
    "number and percent": pair({
      field: field({ type: "percent", precision: 5, scale: 1 }),
      property: property({ type: "number", fieldType: "number" }),
      meant: fc.integer({ min: -1000, max: 1000 }),
      inHubSpot: (tenths) => one(String(tenths / 10), (tenths / 10).toFixed(1)),
      inSalesforce: (tenths) => one(tenths / 10),
      identity: String,
    }),
    "number as text": pair({
      field: field({ type: "double", precision: 18, scale: 0 }),
      property: property({ type: "string", fieldType: "text" }),
      meant: fc.integer(),
      inHubSpot: (number) => spaces(String(number)),
      inSalesforce: (number) => one(number),
      identity: String,
    }),
    "date and date": pair({
      field: field({ type: "date" }),
      property: property({ type: "date", fieldType: "date" }),
      meant: DAYS,
      inHubSpot: (at) =>
        one(day(at), String(Date.parse(day(at))).padStart(9, "0")).filter((text) => /^(?:-?\d{9,}|\d{4}-.*)$/.test(text)),
      inSalesforce: (at) => one(day(at)),
      identity: day,
    }),
    "datetime and datetime": pair({
      field: field({ type: "datetime" }),
      property: property({ type: "datetime", fieldType: "date" }),
      meant: DAYS,
      inHubSpot: (at) => fc.integer({ min: -11, max: 13 }).chain((hours) => one(at.toISOString(), shifted(at, hours))),
      inSalesforce: (at) => one(salesforceInstant(at), `${at.toISOString().slice(0, 19)}Z`),
      identity: (at) => String(second(at)),
    }),
    "datetime and date": pair({
      field: field({ type: "date" }),
      property: property({ type: "datetime", fieldType: "date" }),
      meant: DAYS,
      inHubSpot: (at) => one(at.toISOString(), `${day(at)}T00:00:00Z`),
      inSalesforce: (at) => one(day(at)),
      identity: day,
    }),
    "date and datetime": pair({
      field: field({ type: "datetime" }),
      property: property({ type: "date", fieldType: "date" }),
      meant: DAYS,
      inHubSpot: (at) => one(day(at), `${day(at)}T00:00:00Z`),
      inSalesforce: (at) => one(salesforceInstant(at), `${day(at)}T00:00:00.000+0000`),
      identity: day,
    }),
    "single checkbox and checkbox": pair({
      field: field({ type: "boolean" }),
      property: property({ type: "bool", fieldType: "booleancheckbox" }),
      meant: fc.boolean(),
      inHubSpot: (is) => (is ? one("true", "TRUE", "Yes", "1") : one("false", "False", "No", "0", "")),
      inSalesforce: (is) => one(is),
      identity: String,
    }),
    "dropdown and picklist": pair({
      field: field({ type: "picklist", picklistValues: picklist(...OPTIONS) }),
      property: property({ type: "enumeration", fieldType: "select", options: LABELLED }),
      meant: one(...OPTIONS),
      inHubSpot: (label) => spaces(optionOf(label)),
      inSalesforce: (label) => one(label),
      identity: String,
    }),
    "checkboxes and multi-select": pair({
      field: field({ type: "multipicklist", picklistValues: picklist(...OPTIONS) }),
      property: property({ type: "enumeration", fieldType: "checkbox", options: LABELLED }),
      meant: fc.subarray([...OPTIONS], { minLength: 1 }),
      inHubSpot: (labels) =>
        fc.shuffledSubarray([...labels], { minLength: labels.length }).chain((shuffled) => {
          const values = shuffled.map(optionOf);
          return one(values.join(";"), values.join("; "), `;${values.join(";")};`);
        }),
      inSalesforce: (labels) =>
        fc.shuffledSubarray([...labels], { minLength: labels.length }).map((shuffled) => shuffled.join(";")),
      identity: (labels) => labels.toSorted().join(";"),
    }),
    "text and text": pair({
      field: field({ type: "string" }),
      property: property(),
      meant: fc.stringMatching(/^[A-Za-zé0-9][A-Za-zé0-9 .,;-]{0,20}[A-Za-z0-9]$/),
      inHubSpot: (text) => one(text, ` ${text}`, text.normalize("NFD")),
      inSalesforce: (text) => one(text, text.normalize("NFC")),
      identity: String,
    }),
    "multi-line text and long text": pair({
      field: field({ type: "textarea", length: 32_000 }),
      property: property({ fieldType: "textarea" }),
      meant: fc.array(fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,10}[a-z]$/), { minLength: 1, maxLength: 5 }),
      inHubSpot: (lines) => one(lines.join("\n"), `${lines.join("\n")}\n`, lines.join(" \n")),
      inSalesforce: (lines) => one(lines.join("\r\n"), lines.join("\n"), lines.join("\r")),
      identity: (lines) => lines.join("\n"),
    }),
    "rich text": pair({
      field: field({ type: "textarea", length: 32_000 }),
      property: property({ fieldType: "html" }),
      meant: fc.record({
        text: fc.stringMatching(/^[a-z<>&]{1,8}$/),
        bold: fc.boolean(),
        link: one("https://a.example/?x=1&y=2", "https://b.example"),
      }),
      inHubSpot: ({ text, bold, link }) => {
        const inner = html(text);
        return one(
          `<p>${bold ? `<b>${inner}</b>` : inner}</p><a href="${link}" target="_blank">l</a><br>`,
          `<P>${bold ? `<B>${inner}</B>` : inner}</P>\n<a target='_blank' href='${link.replace("&", "&amp;")}'>l</a><br/>`,
        );
      },
      inSalesforce: ({ text, bold, link }) => {
        const inner = html(text).replaceAll("&lt;", "&#60;");
        return one(
          `<p>${bold ? `<b>${inner}</b>` : inner}</p> <a href="${link.replace("&", "&amp;")}" target="_blank">l</a><br />`,
        );
      },
      identity: (meaning) => JSON.stringify(meaning),
    }),
    "phone and phone": pair({
      field: field({ type: "phone" }),
      property: property({ type: "phone_number", fieldType: "phonenumber" }),
      meant: fc.record({
        isInternational: fc.boolean(),
        digits: fc.stringMatching(/^[1-9]\d{8}$/),
        extension: fc.option(fc.stringMatching(/^[1-9]\d{0,3}$/), { nil: null }),
      }),
      inHubSpot: (number) => phoneForms(number),
      inSalesforce: (number) => phoneForms(number),
      identity: ({ isInternational, digits, extension }) => `${isInternational ? "+" : ""}${digits}x${extension ?? ""}`,
    }),
    "text and URL": pair({
      field: field({ type: "url" }),
      property: property(),
      meant: fc.record({
        host: one("example.com", "www.example.com", "a-b.example.org"),
        path: one("", "/About", "/about?x=1", "/a#b"),
      }),
      inHubSpot: ({ host, path }) => one(`https://${host}${path}`, `${host}${path}`, `HTTPS://${host.toUpperCase()}${path}`),
      inSalesforce: ({ host, path }) => one(`https://${host}${path === "" ? "/" : path}`, `https://${host}:443${path}`),
      identity: ({ host, path }) => host + path,
    }),
    "text and time": pair({
      field: field({ type: "time" }),
      property: property(),
      meant: fc.record({ hours: fc.nat(23), minutes: fc.nat(59) }),
      inHubSpot: ({ hours, minutes }) =>
        one(clock(hours, minutes), `${clock(hours, minutes)}:00`, `${clock(hours, minutes)}:00.000Z`),
      inSalesforce: ({ hours, minutes }) => one(`${clock(hours, minutes)}:00.000Z`),
      identity: ({ hours, minutes }) => clock(hours, minutes),
    }),
    "email and email": pair({
      field: field({ type: "email", name: "Email" }),
      property: property({ name: "email" }),
      meant: fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,8}@[a-z]{2,6}\.example$/),
      inHubSpot: (email) => spaces(email),
      inSalesforce: (email) => one(email, email.toUpperCase(), `${email.charAt(0).toUpperCase()}${email.slice(1)}`),
      identity: String,
    }),
    "owner by email": pair({
      field: field({ type: "reference", referenceTo: ["User"] }),
      property: property({ name: "hubspot_owner_id", type: "enumeration" }),
      meant: one({ owner: "71", user: ADA.id }, { owner: "72", user: BOB.id }),
      inHubSpot: ({ owner }) => one(owner),
      inSalesforce: ({ user }) => one(user, user.slice(0, 15)),
      identity: ({ owner }) => owner,
    }),
    "lookup by id": pair({
      field: field({ type: "reference", referenceTo: ["Account"] }),
      property: property(),
      meant: one("0015g00000ABCDEAA5", "0015g00000ABCDFAA5"),
      inHubSpot: (id) => one(id, id.slice(0, 15), ` ${id}`),
      inSalesforce: (id) => one(id),
      identity: String,
    }),
    "deal stage": pair({
      field: field({ name: "StageName", type: "picklist", picklistValues: picklist("Prospecting", "Closed Won") }),
      property: property({ name: "dealstage", type: "enumeration" }),
      meant: one({ id: "s1", name: "Prospecting" }, { id: "s2", name: "Closed Won" }),
      inHubSpot: ({ id }) => one(id),
      inSalesforce: ({ name }) => one(name),
      identity: ({ id }) => id,
    }),
  }),
) as unknown as Readonly<Record<string, Pair<never>>>;

function clock(hours: number, minutes: number): string {
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function phoneForms(number: { readonly isInternational: boolean; readonly digits: string; readonly extension: string | null }) {
  const { isInternational, digits, extension } = number;
  const groups = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  const ends = extension === null ? one("") : one(`x${extension}`, ` ext. ${extension}`, ` x ${extension}`, `;ext=${extension}`);
  const starts = isInternational ? one("+", "00", "+ ") : one("");
  return fc
    .tuple(starts, one(digits, groups.join(" "), `(${groups[0]}) ${groups[1]}-${groups[2]}`, groups.join(".")), ends)
    .map((parts) => parts.join(""));
}

describe.each(Object.entries(PAIRS))("%s", (_, { field: target, property: own, meant, inHubSpot, inSalesforce, identity }) => {
  const context = { ...SCHEMAS, field: target, property: own };

  test("one meaning is the same in whatever forms", () => {
    const forms = meant.chain((meaning) => fc.tuple(inHubSpot(meaning), inSalesforce(meaning)));
    fc.assert(fc.property(forms, ([left, right]) => sameValue(left, right, context)));
  });

  test("two meanings never are", () => {
    const forms = fc
      .tuple(meant, meant)
      .filter(([left, right]) => identity(left) !== identity(right))
      .chain(([left, right]) => fc.tuple(inHubSpot(left), inSalesforce(right)));
    fc.assert(fc.property(forms, ([left, right]) => !sameValue(left, right, context)));
  });

  test("no value is the same as none, and as no other", () => {
    const forms = meant.chain((meaning) => fc.tuple(inHubSpot(meaning), inSalesforce(meaning)));
    for (const blank of [null, undefined, "", "  "]) {
      expect(sameValue(blank, null, context)).toBe(true);
      fc.assert(
        fc.property(forms, ([left, right]) => {
          const isUnchecked = target.type === "boolean" && right === false;
          return sameValue(blank, right, context) === isUnchecked && sameValue(left, null, context) === isUnchecked;
        }),
      );
    }
  });

  test("what would be written is the same as what it comes from, in both systems and back", () => {
    const forms = meant.chain((meaning) => fc.tuple(inHubSpot(meaning), inSalesforce(meaning)));
    fc.assert(
      fc.property(forms, ([left, right]) => {
        const sentToSalesforce = toSalesforceValue(left, target, own, SCHEMAS);
        const sentToHubSpot = toHubSpotValue(right, target, own, SCHEMAS);
        expect(sameValue(left, sentToSalesforce, context)).toBe(true);
        expect(sameValue(sentToHubSpot, right, context)).toBe(true);
        expect(sameValue(sentToHubSpot, sentToSalesforce, context)).toBe(true);
        expect(sameValue(toHubSpotValue(sentToSalesforce, target, own, SCHEMAS), right, context)).toBe(true);
      }),
    );
  });
});

test("hostile texts of every kind are compared in no time", () => {
  const hostile = ["<!--", "<a ", "&#", " ", "x ", "1:", "http://", "+("].map((part) => part.repeat(30_000));
  const start = performance.now();
  for (const { field: target, property: own } of Object.values(PAIRS)) {
    for (const text of hostile) sameValue(text, `${text}x`, { ...SCHEMAS, field: target, property: own });
  }
  expect(performance.now() - start).toBeLessThan(5_000);
});

test("what isn't of its kind is compared as it stands", () => {
  const phone = { ...SCHEMAS, field: field({ type: "phone" }) };
  expect(sameValue("ask at the desk", "ask at the desk", phone)).toBe(true);
  expect(sameValue("ask at the desk", "ask at a desk", phone)).toBe(false);
  expect(sameValue("+47 22", "22", phone)).toBe(false);
  const url = { ...SCHEMAS, field: field({ type: "url" }) };
  expect(sameValue("http://example.com", "https://example.com", url)).toBe(false);
  expect(sameValue("https://example.com/A", "https://example.com/a", url)).toBe(false);
  expect(sameValue("n/a", "n/a", url)).toBe(true);
  const rich = { ...SCHEMAS, field: field({ type: "textarea" }), property: property({ fieldType: "html" }) };
  expect(sameValue("<b>a</b>", "a", rich)).toBe(false);
  expect(sameValue("&lt;b&gt;a", "<b>a", rich)).toBe(false);
  expect(sameValue("<p>a<!-- b --></p>", "<p>a</p>", rich)).toBe(true);
});
