import fc from "fast-check";
import { expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { crmText, cutMrkdwn, date, link, person, truncate } from "../../../src/slack/blocks/text.ts";

/** Names as somebody might write them to ping a channel or break a message. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        "<!channel>",
        "<@U0ADMIN>",
        "@here",
        "&",
        "<",
        ">",
        "|",
        "`",
        "*",
        "\u202e",
        "\n",
        "💥",
        "a",
        "<!date^1^x|y>",
      ),
      {
        maxLength: 60,
      },
    )
    .map((parts) => parts.join("")),
);

test("text of a CRM can neither ping, link nor break a line, whatever it holds", () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 8, max: 300 }), (text, max) => {
      const shown = crmText(text, max);
      expect(shown.length).toBeLessThanOrEqual(max);
      expect(shown).not.toMatch(/[<>\n\r]/);
      expect(shown).not.toMatch(/@(?:here|channel|everyone)/i);
      expect(shown.replace(/&(?:amp|lt|gt);/g, "")).not.toContain("&");
    }),
  );
});

test("a name that would ping a channel is shown as it is written", () => {
  expect(crmText("<!channel> & co", 100)).toBe("&lt;!channel&gt; &amp; co");
  expect(crmText("@channel", 100)).toBe("@\u200bchannel");
});

test("cutting mrkdwn leaves no half of a link, a date or an escaped character", () => {
  const text = `before ${date(ENGLISH, new Date(0))} &amp; <https://example.com|a link> after`;
  for (let max = 2; max <= text.length; max += 1) {
    const cut = cutMrkdwn(text, max);
    expect(cut.length).toBeLessThanOrEqual(max);
    expect((cut.match(/</g) ?? []).length).toBe((cut.match(/>/g) ?? []).length);
    expect(cut).not.toMatch(/&(?!amp;)/);
  }
});

test("truncate keeps whole characters", () => {
  expect(truncate("ab💥cd", 4)).toBe("ab…");
  expect(truncate("abcd", 4)).toBe("abcd");
});

test("a link goes only where a browser would go, and its address can't end it early", () => {
  expect(link("javascript:alert(1)", "x")).toBe("x");
  expect(link(null, "x")).toBe("x");
  expect(link("https://example.com/a>b|c?d=1&e=2", "x")).toBe("<https://example.com/a%3Eb%7Cc?d=1&amp;e=2|x>");
});

test("a person is mentioned by id, anything else is plain text", () => {
  expect(person("U0ADMIN")).toBe("<@U0ADMIN>");
  expect(person("!channel>")).toBe("!channel&gt;");
  expect(person("configuration")).toBe("configuration");
});

test("a moment is shown in each reader's time zone", () => {
  expect(date(ENGLISH, new Date("2026-11-22T10:00:00Z"))).toBe(
    "<!date^1795341600^{date_short_pretty} at {time}|2026-11-22 10:00 UTC>",
  );
});
