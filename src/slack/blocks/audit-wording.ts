import { type DifferingValue, DRIFT, type DriftKind } from "../../health/drift.ts";
import type { ConnectionLinks, DriftReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { type CrmSystem, SALESFORCE_OBJECTS, SYNCED_OBJECTS, SYSTEM_NAMES } from "../../records/record.ts";
import { crmText, link, listSome } from "./text.ts";
import { hubspotRecordUrl, objects, recordText, salesforceRecordUrl } from "./wording.ts";

const VALUE_CHARACTERS = 60;

/** The kind as a headline with how often it was found. */
export function kindText(t: Language, kind: DriftKind, found: number, fresh: number | null): string {
  const values = { kind: t.render(DRIFT[kind].label), found };
  return fresh === null || fresh === 0
    ? t.say("*{kind}* · {found, number}", values)
    : t.say("*{kind}* · {found, number} ({fresh, number} new)", { ...values, fresh });
}

/** What a kind of drift means, and what to do about it. */
export function kindAdvice(t: Language, kind: DriftKind): string {
  const { meaning, advice } = DRIFT[kind];
  return `${t.render(meaning)} ${t.say("_What to do:_ {advice}", { advice: t.render(advice) })}`;
}

/** One record that has drifted: its name, links to both systems, and what is wrong with it. */
export function driftLine(t: Language, links: ConnectionLinks, drift: DriftReport): string {
  const { kind, record, details, isNew } = drift;
  const lines = [
    ...(details.values ?? []).map((value) => valueText(t, value)),
    ...moreValues(t, details.values?.length ?? 0, details.differing ?? 0),
    ...(kind === "frozen" && details.differing === 0 ? [t.say("no value differs so far")] : []),
    ...fateText(t, links, drift),
    ...(details.reason === "converted" ? [t.say("the linked lead was converted")] : []),
    ...(details.match === undefined
      ? []
      : [t.say("in common: {match}", { match: crmText(details.match.replace(/^[a-z]+:/, ""), 120) })]),
    ...othersText(t, links, details),
  ];
  const name = recordText(links, record);
  return [isNew ? t.say("_new_ · {record}", { record: name }) : name, ...lines].join("\n");
}

function valueText(
  t: Language,
  { hubspotProperty, salesforceField, direction, hubspotValue, salesforceValue }: DifferingValue,
): string {
  const arrow = direction === "hubspot-to-salesforce" ? "→" : "←";
  return `${crmText(hubspotProperty, 80)} ${shown(t, hubspotValue)} ${arrow} ${crmText(salesforceField, 80)} ${shown(t, salesforceValue)}`;
}

function shown(t: Language, value: string | null): string {
  return value === null || value === "" ? t.say("_blank_") : `\`${crmText(value, VALUE_CHARACTERS).replaceAll("`", "'")}\``;
}

function moreValues(t: Language, shownValues: number, differing: number): readonly string[] {
  if (differing <= shownValues) return [];
  return [t.say("… and {more, plural, one {# more value} other {# more values}}", { more: differing - shownValues })];
}

function fateText(
  t: Language,
  links: ConnectionLinks,
  { record, details: { fate, mergedInto } }: DriftReport,
): readonly string[] {
  if (fate === undefined) return [];
  switch (fate) {
    case "deleted":
      return [t.say("Salesforce's record is in the recycle bin")];
    case "merged": {
      const kept = [record.salesforceObject, crmText(mergedInto ?? "", 20)].filter(Boolean).join(" ");
      return [
        t.say("Salesforce's record was merged into {record}", {
          record: link(salesforceRecordUrl(links, { salesforceId: mergedInto ?? null }), kept),
        }),
      ];
    }
    case "not-found":
      return [
        t.say("the integration user finds no Salesforce record with this id: deleted for good, never there, or hidden from it"),
      ];
  }
}

function othersText(
  t: Language,
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
  return [t.say("concerned: {records}", { records: listSome(t, named, otherCount) })];
}

/** "1,200 contacts", "20 Lead": Salesforce's objects go by their API names. */
export function objectCount(t: Language, records: number, object: string): string {
  const synced = SYNCED_OBJECTS.find((one) => one === object);
  return synced === undefined ? `${t.count(records)} ${crmText(object, 40)}` : objects(t, records, synced);
}

/** "1,200 contacts in HubSpot and 1,180 Contact and 20 Lead in Salesforce"; empty where nothing is known. */
export function recordsText(t: Language, records: Readonly<Record<string, number>>): string {
  const side = (system: CrmSystem, names: readonly string[]) => {
    const counts = names.flatMap((object) => {
      const count = records[object];
      return count === undefined ? [] : [objectCount(t, count, object)];
    });
    return counts.length === 0 ? [] : [t.say("{records} in {system}", { records: t.list(counts), system: SYSTEM_NAMES[system] })];
  };
  return t.list([...side("hubspot", SYNCED_OBJECTS), ...side("salesforce", SALESFORCE_OBJECTS)], "figures");
}
