import { expect, it } from "vitest";
import { html, mrkdwn, readable } from "./rendered.ts";

const plain = (text: string) => ({ type: "plain_text", text });

it("renders a header as a heading, its text taken as it is", () => {
  const markup = html({ type: "header", text: plain(":large_green_circle: *Acme* <b> & Co. _x_") });
  expect(markup).toContain('<h3 class="block-heading">');
  expect(readable(markup)).toBe(" *Acme* <b> & Co. _x_");
});

it("renders fields, context, dividers, images and tables", () => {
  const markup = html(
    { type: "section", fields: [{ type: "mrkdwn", text: "*Left*" }, plain("*Right*")] },
    { type: "context", elements: [{ type: "mrkdwn", text: "small print", verbatim: true }] },
    { type: "divider" },
    { type: "image", image_url: "https://a.example/b.png", alt_text: "a picture" },
    {
      type: "table",
      rows: [
        [
          { type: "raw_text", text: "a_b_c" },
          { type: "raw_text", text: "<i>" },
        ],
      ],
    },
  );
  expect(markup).toMatch(/<strong>.*Left/);
  expect(readable(markup)).toContain("*Right*");
  expect(readable(markup)).toContain("small print");
  expect(markup).toContain("slack_blocks_to_jsx__divider");
  expect(markup).toContain('alt="a picture"');
  expect(readable(markup)).toContain("a_b_c<i>");
});

it("gives a button what its click must say", () => {
  const markup = html({
    type: "actions",
    block_id: "row",
    elements: [
      {
        type: "button",
        action_id: "syncwarden:clear",
        style: "primary",
        text: plain("Clear suspension"),
        value: '{"a":"<"}',
        confirm: { title: plain("Clear?"), text: plain("It tests."), confirm: plain("Clear"), deny: plain("Not now") },
      },
      {
        type: "button",
        action_id: "open",
        text: plain("Open"),
        url: "https://a.example/?a=1&b=2",
        accessibility_label: "Open it",
      },
      { type: "button", action_id: "bad", text: plain("Bad"), url: "javascript:alert(1)" },
    ],
  });
  const [clear = "", open = "", bad = ""] = markup.match(/<button[^>]*>/g) ?? [];
  expect(clear).toContain('data-channel="C0REVOPS"');
  expect(clear).toContain('data-ts="1767225600.000100"');
  expect(clear).toContain('data-block-id="row"');
  expect(clear).toContain('data-action-id="syncwarden:clear"');
  expect(clear).toContain('data-value="{&quot;a&quot;:&quot;&lt;&quot;}"');
  const confirm = readable(/data-confirm="([^"]*)"/.exec(clear)?.[1] ?? "");
  expect(JSON.parse(confirm)).toEqual({ title: "Clear?", text: "It tests.", confirm: "Clear", deny: "Not now", danger: false });
  expect(open).toContain('data-url="https://a.example/?a=1&amp;b=2"');
  expect(open).toContain('aria-label="Open it"');
  expect(bad).not.toContain("javascript");
});

it("puts an accessory beside its section", () => {
  const markup = html({
    type: "section",
    block_id: "s",
    text: { type: "mrkdwn", text: "*Error*" },
    accessory: { type: "button", action_id: "details", text: plain("Details") },
  });
  expect(markup).toMatch(/<strong>.*Error.*accessory.*<button[^>]*data-action-id="details"/s);
});

it("renders selects, menus and choices with their options", () => {
  const options = [
    { text: plain("One"), value: "1" },
    { text: plain("Two"), value: "2" },
  ];
  const markup = html({
    type: "actions",
    block_id: "row",
    elements: [
      { type: "static_select", action_id: "pick", placeholder: plain("Pick one"), options },
      { type: "overflow", action_id: "more", options },
      { type: "users_select", action_id: "who" },
      { type: "checkboxes", action_id: "which", options },
    ],
  });
  expect(markup).toMatch(/<select[^>]*data-action-id="pick"[^>]*>.*Pick one.*value="2">Two/);
  expect(markup).toMatch(
    /<summary[^>]*aria-label="More actions".*<button[^>]*data-action-id="more"[^>]*data-value="1"[^>]*>One</,
  );
  expect(markup).toContain('<option value="U0ADMIN">Ada Admin</option>');
  expect(markup).toMatch(/role="group"[^>]*>.*type="checkbox"[^>]*value="1"/);
});

it("labels an input, and has room for what is wrong with it", () => {
  const markup = html({
    type: "input",
    block_id: "calls",
    label: plain("Allocation"),
    hint: plain("Calls a day"),
    optional: true,
    element: { type: "number_input", action_id: "n", is_decimal_allowed: false, initial_value: "100" },
  });
  expect(markup).toContain('id="input-calls-label"');
  expect(markup).toMatch(/<input[^>]*aria-labelledby="input-calls-label"/);
  expect(markup).toMatch(/<input[^>]*aria-describedby="input-calls-error input-calls-hint"/);
  expect(markup).toMatch(/<input[^>]*value="100"/);
  expect(markup).toContain('id="input-calls-error" role="alert"');
  expect(readable(markup)).toContain("(optional)");
});

it("draws a chart and tells its figures in a table", () => {
  const markup = html({
    type: "data_visualization",
    title: "Affected records",
    chart: {
      type: "line",
      series: [
        {
          name: "Records",
          data: [
            { label: "Mon", value: 1200 },
            { label: "Tue", value: 7 },
          ],
        },
      ],
      axis_config: { categories: ["Mon", "Tue"], x_label: "Day", y_label: "Records" },
    },
  });
  expect(markup).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Line chart: Affected records/);
  expect(markup).toContain('<tr><th scope="row">Mon</th><td>1,200</td></tr>');
  expect(markup).toContain('<tr><th scope="row">Tue</th><td>7</td></tr>');
});

it("says so where it can't show a block", () => {
  expect(readable(html({ type: "hologram", block_id: "x" }))).toContain("A block of the type hologram can't be shown here");
});

it("gives no two elements of a page the same id", () => {
  expect(mrkdwn("one")).not.toContain(' id="');
  expect(
    html({ type: "actions", block_id: "a", elements: [{ type: "button", action_id: "b", text: plain("B") }] }),
  ).not.toContain(' id="');
});
