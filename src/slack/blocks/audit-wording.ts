import { type DifferingValue, DRIFT, type DriftKind } from "../../health/drift.ts";
import type { ConnectionLinks, DriftReport } from "../../health/report.ts";
import { SALESFORCE_OBJECTS, SYNCED_OBJECTS } from "../../records/record.ts";
import { count, crmText, link, list, plural } from "./text.ts";
import { hubspotRecordUrl, recordText, salesforceRecordUrl } from "./wording.ts";

const VALUE_CHARACTERS = 60;

/** The kind as a headline with how often it was found. */
export function kindText(kind: DriftKind, found: number, fresh: number | null): string {
  const news = fresh === null || fresh === 0 ? "" : ` (${count(fresh)} new)`;
  return `*${DRIFT[kind].label}* · ${count(found)}${news}`;
}

/** One record that has drifted: its name, links to both systems, and what is wrong with it. */
export function driftLine(links: ConnectionLinks, drift: DriftReport): string {
  const { kind, record, details, isNew } = drift;
  const news = isNew ? "_new_ · " : "";
  const what = [
    ...(details.values ?? []).map(valueText),
    ...moreValues(details.values?.length ?? 0, details.differing ?? 0),
    ...(kind === "frozen" && details.differing === 0 ? ["no value differs so far"] : []),
    ...fateText(links, drift),
    ...(details.reason === "converted" ? ["the linked lead was converted"] : []),
    ...(details.match === undefined ? [] : [`in common: ${crmText(details.match.replace(/^[a-z]+:/, ""), 120)}`]),
    ...othersText(links, details),
  ];
  return `${news}${recordText(links, record)}${what.length === 0 ? "" : `\n${what.join("\n")}`}`;
}

function valueText({ hubspotProperty, salesforceField, direction, hubspotValue, salesforceValue }: DifferingValue): string {
  const arrow = direction === "hubspot-to-salesforce" ? "→" : "←";
  return `${crmText(hubspotProperty, 80)} ${shown(hubspotValue)} ${arrow} ${crmText(salesforceField, 80)} ${shown(salesforceValue)}`;
}

function shown(value: string | null): string {
  return value === null || value === "" ? "_blank_" : `\`${crmText(value, VALUE_CHARACTERS).replaceAll("`", "'")}\``;
}

function moreValues(shownValues: number, differing: number): readonly string[] {
  return differing > shownValues ? [`… and ${plural(differing - shownValues, "more value")}`] : [];
}

function fateText(links: ConnectionLinks, { record, details: { fate, mergedInto } }: DriftReport): readonly string[] {
  if (fate === undefined) return [];
  if (fate === "deleted") return ["Salesforce's record is in the recycle bin"];
  if (fate === "merged") {
    const kept = link(
      salesforceRecordUrl(links, { salesforceId: mergedInto ?? null }),
      `this ${record.salesforceObject ?? "record"}`,
    );
    return [`Salesforce's record was merged into ${kept}`];
  }
  return ["the integration user finds no Salesforce record with this id: deleted for good, never there, or hidden from it"];
}

function othersText(
  links: ConnectionLinks,
  { others = [], otherCount = others.length }: DriftReport["details"],
): readonly string[] {
  if (others.length === 0) return [];
  const named = others.map(({ system, object, id }) => {
    if (system === "salesforce")
      return link(salesforceRecordUrl(links, { salesforceId: id }), `${crmText(object, 40)} ${crmText(id, 20)}`);
    const synced = SYNCED_OBJECTS.find((one) => one === object) ?? "contacts";
    return link(hubspotRecordUrl(links, { object: synced, hubspotId: id }), `HubSpot ${crmText(id, 20)}`);
  });
  const more = otherCount > others.length ? [`${count(otherCount - others.length)} more`] : [];
  return [`concerned: ${list([...named, ...more])}`];
}

/** "1,200 contacts in HubSpot, 1,180 Contact and 20 Lead in Salesforce". */
export function recordsText(records: Readonly<Record<string, number>>): string {
  const part = (objects: readonly string[]) =>
    list(objects.flatMap((object) => (records[object] === undefined ? [] : [`${count(records[object])} ${object}`])));
  const sides = [
    [part(SYNCED_OBJECTS), "HubSpot"],
    [part(SALESFORCE_OBJECTS), "Salesforce"],
  ] as const;
  return list(sides.flatMap(([words, system]) => (words === "" ? [] : [`${words} in ${system}`])));
}
