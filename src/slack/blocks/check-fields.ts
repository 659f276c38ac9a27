import type { Language } from "../../language/language.ts";
import type { CheckReport, FieldReport } from "../../monitor/check/check-report.ts";
import { chunks } from "../../records/chunks.ts";
import type { LeftBecause } from "../../records/comparison.ts";
import type { SyncRule } from "../../records/mapping.ts";
import { SYSTEM_NAMES } from "../../records/record.ts";
import type { MessageBlock } from "./message.ts";
import { context, section } from "./parts.ts";
import { crmText, date } from "./text.ts";

/** Fields in step that are shown unless all are asked for, and how many stand in one block. */
export const IN_STEP_SHOWN = 8;
const A_BLOCK = 4;

/** Some fields in blocks. */
export interface FieldItem {
  readonly fields: number;
  readonly blocks: readonly MessageBlock[];
}

export function fieldsHead(t: Language, { fields }: CheckReport): MessageBlock[] {
  if (fields.length === 0) return [];
  const title = t.say(
    "*{fields, plural, one {# mapped field} other {# mapped fields}}* (HubSpot property, Salesforce field, sync rule)",
    { fields: fields.length },
  );
  return [section(title)];
}

/** Differences first, one a block; then fields in step, a few a block, and how many more there are. */
export function fieldItems(t: Language, { fields }: CheckReport, all: boolean): readonly FieldItem[] {
  const differing = fields.filter(({ verdict }) => verdict.verdict !== "same" && verdict.verdict !== "new");
  const plain = fields.filter(({ verdict }) => verdict.verdict === "same" || verdict.verdict === "new");
  const shown = all ? plain : plain.slice(0, IN_STEP_SHOWN);
  const hidden = plain.length - shown.length;
  const inStep = plain.every(({ verdict }) => verdict.verdict === "same");
  const more = inStep
    ? t.say("… and {hidden, plural, one {# more field in step} other {# more fields in step}}", { hidden })
    : t.say("… and {hidden, plural, one {# more field} other {# more fields}}", { hidden });
  return [
    ...differing.map((field) => ({ fields: 1, blocks: [section(differingText(t, field))] })),
    ...chunks(shown, A_BLOCK).map((some) => ({
      fields: some.length,
      blocks: [section(some.map((field) => plainText(t, field)).join("\n"))],
    })),
    ...(hidden > 0 ? [{ fields: hidden, blocks: [context(more)] }] : []),
  ];
}

function plainText(t: Language, field: FieldReport): string {
  const value = field.hubspotValue ?? field.salesforceValue;
  const sign = field.verdict.verdict === "same" ? "=" : "→";
  return `${names(t, field, sign)} ${shown(t, value, 60)}`;
}

function differingText(t: Language, field: FieldReport): string {
  const values = [hubspotText(t, field), `${SYSTEM_NAMES.salesforce} ${shown(t, field.salesforceValue, 250)}`];
  const { verdict } = field;
  switch (verdict.verdict) {
    case "travels": {
      const since = date(t, verdict.since);
      return verdict.direction === "hubspot-to-salesforce"
        ? lines(names(t, field, "→"), t.say("*should go from HubSpot to Salesforce* since {since}", { since }), values)
        : lines(names(t, field, "←"), t.say("*should go from Salesforce to HubSpot* since {since}", { since }), values);
    }
    case "left":
      return lines(names(t, field, "≠"), leftText(t, verdict.because), values);
    case "unreadable":
      return verdict.side === "hubspot"
        ? lines(names(t, field, "?"), t.say("can't be read in HubSpot"), [])
        : lines(names(t, field, "?"), t.say("can't be read in Salesforce"), [
            `${SYSTEM_NAMES.hubspot} ${shown(t, field.hubspotValue, 250)}`,
          ]);
    default:
      return `${names(t, field, "=")} ${values.join("\n")}`;
  }
}

function lines(field: string, says: string, values: readonly string[]): string {
  return [`${field} ${says}`, ...values].join("\n");
}

function leftText(t: Language, because: LeftBecause): string {
  switch (because) {
    case "rule":
      return t.say("differs; the sync rule leaves it so until Salesforce's record changes");
    case "not-synced":
      return t.say("isn't synced");
    case "not-writable":
      return t.say("differs; the other side's value is calculated and can't be written");
    case "no-counterpart":
      return t.say("differs; HubSpot's owner is nobody in Salesforce, so the record keeps its Salesforce owner");
    case "owned-by-sync":
      return t.say("differs; the integration user owns what nobody has taken over, and HubSpot goes on without an owner");
  }
}

function names(t: Language, { hubspotProperty, salesforceField, rule }: FieldReport, sign: string): string {
  return `• \`${crmText(hubspotProperty, 100)}\` ${sign} \`${crmText(salesforceField, 100)}\` · ${ruleText(t, rule)} ·`;
}

function ruleText(t: Language, rule: SyncRule): string {
  switch (rule) {
    case "two-way":
      return t.say("two-way");
    case "prefer-salesforce":
      return t.say("prefer Salesforce");
    case "always-salesforce":
      return t.say("always Salesforce");
    case "none":
      return t.say("don't sync");
  }
}

/** HubSpot's value, when it was changed, and whether the native sync did it. */
function hubspotText(t: Language, { hubspotValue, changed }: FieldReport): string {
  const value = shown(t, hubspotValue, 250);
  if (changed === null) return `${SYSTEM_NAMES.hubspot} ${value}`;
  const values = { value, since: date(t, changed.at) };
  return changed.source === "SALESFORCE"
    ? t.say("HubSpot {value} since {since} (from Salesforce)", values)
    : t.say("HubSpot {value} since {since}", values);
}

function shown(t: Language, value: string | null, max: number): string {
  return value === null ? t.say("_empty_") : `\`${crmText(value, max).replaceAll("`", "'")}\``;
}
