import fc from "fast-check";
import { expect, it } from "vitest";
import { mrkdwn, readable } from "./rendered.ts";

it("formats what Slack formats", () => {
  const markup = mrkdwn("*bold* _slanted_ ~gone~ `code`");
  expect(markup).toMatch(/<strong>.*bold.*<\/strong>/);
  expect(markup).toMatch(/<em>.*slanted.*<\/em>/);
  expect(markup).toMatch(/<s>.*gone.*<\/s>/);
  expect(markup).toMatch(/<code[^>]*>code<\/code>/);
});

it("shows mentions as names and dates in the reader's time", () => {
  const markup = mrkdwn("<@U0ADMIN> in <#C0REVOPS> since <!date^1767279600^{date_short_pretty} at {time}|2026-01-01 15:00 UTC>");
  expect(readable(markup)).toBe("@Ada Admin in #revops since today at 00:00");
  expect(markup).toContain('dateTime="2026-01-01T15:00:00.000Z"');
});

it("shows escaped markup as text, so that a record's name pings nobody", () => {
  const markup = mrkdwn("&lt;!channel&gt; &lt;@U0ADMIN&gt; &amp;lt; &lt;b&gt;");
  expect(readable(markup)).toBe("<!channel> <@U0ADMIN> &lt; <b>");
  expect(markup).not.toContain("slack_broadcast");
  expect(markup).not.toContain("slack_user");
});

it("never turns text into HTML", () => {
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>" onclick="x';
  const markup = mrkdwn(hostile);
  expect(markup).not.toMatch(/<script|<img|<[^>]+\son\w+=/);
  expect(readable(markup)).toBe(hostile);
});

it("opens web and mail addresses alone", () => {
  expect(mrkdwn("<https://a.example/x?a=1&amp;b=2|here &amp; there>")).toContain(
    '<a href="https://a.example/x?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">',
  );
  expect(mrkdwn("<javascript:alert(1)|click>")).not.toContain("<a");
  expect(mrkdwn("see https://a.example and a@b.example")).not.toContain("<a");
  expect(mrkdwn("see https://a.example", false)).toContain('<a href="https://a.example"');
});

it.each([
  "# no heading",
  "#;",
  "1. first\n2. second",
  "* no bullet\n+ nor this",
  "- dash",
  "before\n---\nafter",
  "| a | b |\n|---|---|",
  "    four spaces",
  "at 10:15:22 and 2026-01-01T10:15:22Z",
  "[a](http://b.example) ![c](http://d.example/e.png)",
  "C:\\new\\*x",
  ":no_such_emoji:",
])("keeps what Markdown knows and Slack does not: %j", (text) => {
  expect(readable(mrkdwn(text))).toBe(text);
});

it("loses no word of what a CRM may hold", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[\w#|.,()[\]!+=:;'"@/-]{1,12}$/), { minLength: 1, maxLength: 6 }), (words) => {
      const text = words.join(" ");
      const shown = readable(mrkdwn(text.replace(/[*_~`]/g, "-").replace(/:(?=\S*:)/g, ";")));
      expect(shown.replace(/\s+/g, " ").trim()).toBe(
        text
          .replace(/[*_~`]/g, "-")
          .replace(/:(?=\S*:)/g, ";")
          .trim(),
      );
    }),
    { numRuns: 150 },
  );
});

it("draws state marks and shows other emoji as characters", () => {
  expect(mrkdwn(":red_circle: stopped")).toContain('<span role="img" aria-label="red circle" class="mark mark-red"></span>');
  expect(readable(mrkdwn(":tada:"))).toBe("🎉");
});
