import { describe, expect, test } from "vitest";
import { faultsOfBlocks } from "../../../src/sandbox/slack/block-kit/blocks.ts";

const plain = (length: number) => ({ type: "plain_text", text: "x".repeat(length) });
const button = (more: Record<string, unknown> = {}) => ({ type: "button", text: plain(4), ...more });
const actions = (...elements: unknown[]) => ({ type: "actions", elements });
const option = (value: string) => ({ text: plain(3), value });
const chart = (more: Record<string, unknown> = {}) => ({
  type: "data_visualization",
  title: "Errors",
  chart: {
    type: "line",
    series: [{ name: "Errors", data: [{ label: "Mon", value: 3 }] }],
    axis_config: { categories: ["Mon"], x_label: "Day" },
  },
  ...more,
});
const table = (rows: number, columns = 1) => ({
  type: "table",
  rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ type: "raw_text", text: "x" }))),
});

describe("blocks that Slack takes", () => {
  test.each([
    ["a section of 3,000 characters", { type: "section", text: { type: "mrkdwn", text: "x".repeat(3000) } }],
    [
      "a header of 150 characters beyond the basic plane",
      { type: "header", text: { type: "plain_text", text: "🟢".repeat(150) } },
    ],
    ["25 buttons", actions(...Array.from({ length: 25 }, (_, index) => button({ action_id: `a${index}` })))],
    ["a button value of 2,000 characters", actions(button({ value: "v".repeat(2000) }))],
    [
      "a select of 100 options",
      actions({ type: "static_select", options: Array.from({ length: 100 }, (_, index) => option(`${index}`)) }),
    ],
    ["a chart", chart()],
    ["a table of 100 rows and 20 columns", table(100, 20)],
    ["10 context elements", { type: "context", elements: Array.from({ length: 10 }, () => ({ type: "mrkdwn", text: "x" })) }],
  ])("%s", (_, block) => {
    expect(faultsOfBlocks([block], "message")).toEqual([]);
  });
});

describe("blocks that Slack refuses, and where it says they are wrong", () => {
  test.each<[string, unknown[], string]>([
    [
      "51 blocks",
      Array.from({ length: 51 }, () => ({ type: "divider" })),
      "no more than 50 items allowed [json-pointer:/blocks]",
    ],
    [
      "a section of 3,001 characters",
      [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(3001) } }],
      "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ],
    ["a section with nothing", [{ type: "section" }], "must provide one of: text, fields [json-pointer:/blocks/0]"],
    ["an empty text", [{ type: "header", text: plain(0) }], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"],
    [
      "a header in mrkdwn",
      [{ type: "header", text: { type: "mrkdwn", text: "x" } }],
      "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ],
    [
      "a header of 151",
      [{ type: "header", text: plain(151) }],
      "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ],
    [
      "a long button text",
      [actions({ type: "button", text: plain(76) })],
      "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ],
    [
      "a long value",
      [actions(button({ value: "v".repeat(2001) }))],
      "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ],
    [
      "26 buttons",
      [actions(...Array.from({ length: 26 }, () => button()))],
      "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ],
    [
      "an action_id twice in a block",
      [actions(button({ action_id: "a" }), button({ action_id: "a" }))],
      "`action_id` a already exists for another element [json-pointer:/blocks/0/elements/1/action_id]",
    ],
    [
      "a block_id twice",
      [
        { type: "divider", block_id: "b" },
        { type: "divider", block_id: "b" },
      ],
      "`block_id` b already exists [json-pointer:/blocks/1/block_id]",
    ],
    [
      "101 options",
      [actions({ type: "static_select", options: Array.from({ length: 101 }, (_, index) => option(`${index}`)) })],
      "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ],
    ["an unknown property", [{ type: "divider", color: "red" }], "invalid additional property: color [json-pointer:/blocks/0]"],
    ["an unknown block", [{ type: "banner" }], "unsupported type: banner [json-pointer:/blocks/0/type]"],
    ["an alert in a message", [{ type: "alert", text: plain(3) }], "unsupported type: alert [json-pointer:/blocks/0/type]"],
    ["two tables", [table(1), table(1)], "only_one_table_allowed [json-pointer:/blocks/1]"],
    ["101 rows", [table(101)], "no more than 100 items allowed [json-pointer:/blocks/0/rows]"],
    ["21 columns", [table(1, 21)], "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"],
    ["three charts", [chart(), chart(), chart()], "no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]"],
    ["a chart without title", [chart({ title: undefined })], "missing required field: title [json-pointer:/blocks/0]"],
    [
      "a chart with a point too few",
      [
        chart({
          chart: {
            type: "line",
            series: [{ name: "Errors", data: [{ label: "Mon", value: 3 }] }],
            axis_config: { categories: ["Mon", "Tue"] },
          },
        }),
      ],
      "must have exactly one data point for each category [json-pointer:/blocks/0/chart/series/0/data]",
    ],
  ])("%s", (_, blocks, expected) => {
    expect(faultsOfBlocks(blocks, "message")).toContain(expected);
  });

  test("a modal takes 100 blocks but no more", () => {
    const dividers = (count: number) => Array.from({ length: count }, () => ({ type: "divider" }));
    expect(faultsOfBlocks(dividers(100), "modal")).toEqual([]);
    expect(faultsOfBlocks(dividers(101), "modal")).toEqual(["no more than 100 items allowed [json-pointer:/blocks]"]);
  });
});
