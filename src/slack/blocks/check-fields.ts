import { ENGLISH } from "../../language/language.ts";
import type { CheckReport, FieldReport } from "../../monitor/check/check-report.ts";
import { chunks } from "../../records/chunks.ts";
import type { MessageBlock } from "./message.ts";
import { context, section } from "./parts.ts";
import { crmText, date, plural } from "./text.ts";
import { directionText } from "./wording.ts";

/** Fields in step that are shown unless all are asked for, and how many stand in one block. */
export const IN_STEP_SHOWN = 8;
const A_BLOCK = 4;

/** Some fields in blocks. */
export interface FieldItem {
  readonly fields: number;
  readonly blocks: readonly MessageBlock[];
}

export function fieldsHead({ fields }: CheckReport): MessageBlock[] {
  return fields.length === 0
    ? []
    : [section(`*${plural(fields.length, "mapped field")}* (HubSpot property, Salesforce field, sync rule)`)];
}

/** Differences first, one a block; then fields in step, a few a block, and how many more there are. */
export function fieldItems({ fields }: CheckReport, all: boolean): readonly FieldItem[] {
  const differing = fields.filter(({ verdict }) => verdict.verdict !== "same" && verdict.verdict !== "new");
  const plain = fields.filter(({ verdict }) => verdict.verdict === "same" || verdict.verdict === "new");
  const shown = all ? plain : plain.slice(0, IN_STEP_SHOWN);
  const hidden = plain.length - shown.length;
  const inStep = plain.every(({ verdict }) => verdict.verdict === "same");
  return [
    ...differing.map((field) => ({ fields: 1, blocks: [section(differingText(field))] })),
    ...chunks(shown, A_BLOCK).map((some) => ({ fields: some.length, blocks: [section(some.map(plainText).join("\n"))] })),
    ...(hidden > 0
      ? [{ fields: hidden, blocks: [context(`… and ${plural(hidden, "more field", "more fields")}${inStep ? " in step" : ""}`)] }]
      : []),
  ];
}

function plainText(field: FieldReport): string {
  const value = field.hubspotValue ?? field.salesforceValue;
  const sign = field.verdict.verdict === "same" ? "=" : "→";
  return `${names(field, sign)} ${shown(value, 60)}`;
}

function differingText(field: FieldReport): string {
  const values = `HubSpot ${shown(field.hubspotValue, 250)}${since(field)}\nSalesforce ${shown(field.salesforceValue, 250)}`;
  const { verdict } = field;
  switch (verdict.verdict) {
    case "travels":
      return `${names(field, verdict.direction === "hubspot-to-salesforce" ? "→" : "←")} *should go from ${directionText(ENGLISH, verdict.direction)}* since ${date(ENGLISH, verdict.since)}\n${values}`;
    case "left":
      return `${names(field, "≠")} ${LEFT[verdict.because]}\n${values}`;
    case "unreadable":
      return `${names(field, "?")} can't be read in ${verdict.side === "hubspot" ? "HubSpot" : "Salesforce"}${verdict.side === "hubspot" ? "" : `\nHubSpot ${shown(field.hubspotValue, 250)}`}`;
    default:
      return `${names(field, "=")} ${values}`;
  }
}

const LEFT = {
  rule: "differs; the sync rule leaves it so until Salesforce's record changes",
  "not-synced": "isn't synced",
  "not-writable": "differs; the other side's value is calculated and can't be written",
  "no-counterpart": "differs; HubSpot's owner is nobody in Salesforce, so the record keeps its Salesforce owner",
  "owned-by-sync": "differs; the integration user owns what nobody has taken over, and HubSpot goes on without an owner",
} as const;

function names({ hubspotProperty, salesforceField, rule }: FieldReport, sign: string): string {
  return `• \`${crmText(hubspotProperty, 100)}\` ${sign} \`${crmText(salesforceField, 100)}\` · ${rule} ·`;
}

/** When HubSpot's value was changed, and whether the native sync did it. */
function since({ changed }: FieldReport): string {
  if (changed === null) return "";
  return ` since ${date(ENGLISH, changed.at)}${changed.source === "SALESFORCE" ? " (from Salesforce)" : ""}`;
}

function shown(value: string | null, max: number): string {
  return value === null ? "_empty_" : `\`${crmText(value, max).replaceAll("`", "'")}\``;
}
