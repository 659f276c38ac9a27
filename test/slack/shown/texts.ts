import fc from "fast-check";
import { DRIFT } from "../../../src/health/drift.ts";
import { type Said, sentence } from "../../../src/language/sentence.ts";
import { ALL_ERRORS, errorTarget } from "../../../src/monitor/actions/targets.ts";
import { LINKS } from "../reports.ts";

/** Nobody names this person but a text that tries to ping them. */
export const HOSTILE_PERSON = "U0HOSTILE";

/** What the texts of a report are drawn from. */
export interface Texts {
  /** As a CRM, a file or somebody's typing has it. */
  readonly words: fc.Arbitrary<string>;
  /** What the bot says itself: text, or a sentence with any text within. */
  readonly said: fc.Arbitrary<Said>;
  /** What a connection is called. */
  readonly name: fc.Arbitrary<string>;
  /** A Slack user, or what people call themselves. */
  readonly person: fc.Arbitrary<string>;
  readonly details: fc.Arbitrary<Readonly<Record<string, string>>>;
  readonly url: fc.Arbitrary<string | null>;
  readonly links: fc.Arbitrary<{ readonly [Place in keyof typeof LINKS]: string | null }>;
  readonly timeZone: fc.Arbitrary<string>;
}

const DETAILS = ["rule", "option", "field", "object", "owner", "account", "trigger", "limit", "max", "message", "user", "host"];

function textsOf(drawn: Pick<Texts, "words" | "said" | "name" | "url" | "timeZone">): Texts {
  const { words, said, url } = drawn;
  return {
    ...drawn,
    said: fc.oneof(words, said),
    person: fc.oneof(fc.constantFrom("U0ADMIN", "configuration"), words),
    details: fc.dictionary(fc.constantFrom(...DETAILS), words, { noNullPrototype: true }),
    links: fc.oneof(
      fc.constantFrom(LINKS, { syncHealth: null, hubspotBase: null, salesforceBase: null }),
      fc.record({ syncHealth: url, hubspotBase: url, salesforceBase: url }),
    ),
  };
}

const worst = fc.oneof(
  fc.string({ unit: "binary", maxLength: 3_000 }),
  fc.constantFrom(
    "",
    " ",
    "<!channel>",
    `<@${HOSTILE_PERSON}>`.repeat(300),
    `<!subteam^S0HOSTILE> <@${HOSTILE_PERSON}|ada>`,
    "&".repeat(3_000),
    "<".repeat(3_000),
    "💥".repeat(3_000),
    "@here @channel @everyone \n * _ ` ~ >",
    "مرحبا \u202e<!here> ‏عميل",
    "שלום ".repeat(600),
    "👩‍👩‍👧‍👦".repeat(270),
    "a".repeat(3_000),
    "*bold* _not_ `code` ~gone~ <https://example.com|link>",
    '{"english":"{name}","values":{}}',
    "{records, plural, one {# record} other {",
    `${"\u0000".repeat(200)}\ud800`,
  ),
);
const within = worst.map((text) => sentence("{text}", { text }));
const nested = fc.tuple(within, worst).map(([inner, text]) => sentence("{inner}: {texts}", { inner, texts: [text, inner] }));
const translated = Object.values(DRIFT).flatMap(({ label, meaning, advice }) => [label, meaning, advice]);

/** The longest, emptiest and most hostile. A connection's name is the configuration's: it has an end, and is no less hostile. */
export const HOSTILE: Texts = textsOf({
  words: worst,
  said: fc.oneof(within, nested, fc.constantFrom(...translated)),
  name: fc.oneof(
    fc.constantFrom("acme", "<!channel>", "a & b", "@here"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 80 }),
  ),
  url: fc.constantFrom(
    null,
    "",
    "javascript:alert(1)",
    "https://acme.example/a|b><!here>",
    `https://acme.example/${"x".repeat(3_000)}`,
  ),
  timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/Argentina/ComodRivadavia"),
});

/** As on a good day: with these, nothing of what the bot says itself has to be cut. */
export const CALM: Texts = textsOf({
  words: fc.constantFrom("Industry", "Ada"),
  said: fc.constantFrom(errorTarget("E7K3Q"), ALL_ERRORS),
  name: fc.constant("acme"),
  url: fc.constantFrom(null, "https://acme.example/setup"),
  timeZone: fc.constant("UTC"),
});
