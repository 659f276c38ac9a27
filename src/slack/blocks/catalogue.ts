import type { CatalogueEntry, Details, Responsible } from "../../health/catalogue-entry.ts";
import { SUSPENSION_NAMES } from "../../health/names/suspension-names.ts";
import { CATEGORY_NAMES, TYPE_NAMES } from "../../health/names/sync-error-names.ts";
import { placeUrl } from "../../health/place.ts";
import type { ConnectionLinks, SyncErrorReport, WarningReport } from "../../health/report.ts";
import { SUSPENSION_CATALOGUE } from "../../health/suspension-catalogue.ts";
import { SUSPENSION_KINDS, type SuspensionCause, type SuspensionKind } from "../../health/suspensions.ts";
import { SYNC_ERROR_CATALOGUE } from "../../health/sync-error-catalogue.ts";
import type { SyncErrorCategory, SyncErrorType } from "../../health/sync-errors.ts";
import { WARNING_CATALOGUE } from "../../health/warning-catalogue.ts";
import type { WarningKind } from "../../health/warnings.ts";
import type { Language } from "../../language/language.ts";
import { crmText } from "./text.ts";

/** What to say of a cause: plain text, in part from a CRM. */
export interface Advice {
  readonly meaning: string;
  readonly advice: readonly string[];
  /** Who can put it right. */
  readonly who: string;
  /** Where in Salesforce's Setup it is put right; null where that isn't the place or its address isn't known. */
  readonly setupUrl: string | null;
}

export function suspensionLabel(t: Language, kind: SuspensionKind): string {
  return SUSPENSION_NAMES[kind][t.tag];
}

/** The labels of stored kinds; one that this version doesn't know is shown as it is. */
export function suspensionKindsText(t: Language, kinds: readonly string[]): string {
  return t.list(
    kinds.map((kind) => {
      const known = SUSPENSION_KINDS.find((candidate) => candidate === kind);
      return known === undefined ? crmText(kind, 80) : suspensionLabel(t, known);
    }),
  );
}

export function suspensionAdvice(t: Language, cause: SuspensionCause, links: ConnectionLinks): Advice {
  return adviceFrom(t, SUSPENSION_CATALOGUE[cause.kind], cause.details, links);
}

export function errorLabel(t: Language, type: SyncErrorType): string {
  return type === "other" ? t.say("Other") : TYPE_NAMES[type][t.tag];
}

export function categoryLabel(t: Language, category: SyncErrorCategory): string {
  return CATEGORY_NAMES[category][t.tag];
}

export function errorAdvice(t: Language, error: Pick<SyncErrorReport, "type" | "details" | "links">): Advice {
  return adviceFrom(t, SYNC_ERROR_CATALOGUE[error.type], error.details, error.links);
}

export function warningLabel(t: Language, kind: WarningKind): string {
  return t.render(WARNING_CATALOGUE[kind].label);
}

export function warningAdvice(t: Language, { kind, details, links }: WarningReport): Advice {
  return adviceFrom(t, WARNING_CATALOGUE[kind], details, links);
}

function adviceFrom(t: Language, entry: CatalogueEntry, details: Details, links: ConnectionLinks): Advice {
  const { meaning, advice, who, link } = entry;
  return {
    meaning: t.render(meaning),
    advice: advice(details).map(t.render),
    who: responsibleText(t, who),
    setupUrl: link.startsWith("salesforce-setup:") ? placeUrl(link, links, details) : null,
  };
}

function responsibleText(t: Language, who: Responsible): string {
  switch (who) {
    case "HubSpot admin":
      return t.say("HubSpot admin");
    case "Salesforce admin":
      return t.say("Salesforce admin");
    case "record owner":
      return t.say("record owner");
  }
}
