import { stringify } from "csv-stringify/sync";
import type { ObjectType } from "../hubspot/model.ts";
import type { World } from "../world/world.ts";
import { EXPORTED_CATEGORIES, EXPORTED_COLUMNS, EXPORTED_OBJECTS, EXPORTED_TYPES, type ExportLanguage } from "./export-names.ts";
import type { Truth, TruthError, TruthRecord } from "./truth.ts";

export const EXPORT_ENCODINGS = ["utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252"] as const;
export const EXPORT_DELIMITERS = { comma: ",", semicolon: ";", tab: "\t" } as const;

export interface ExportForm {
  readonly language: ExportLanguage;
  readonly delimiter: keyof typeof EXPORT_DELIMITERS;
  readonly encoding: (typeof EXPORT_ENCODINGS)[number];
}

type Column = keyof typeof EXPORTED_COLUMNS;
type Cells = Readonly<Record<Column, string>>;

const TYPE_IDS: Readonly<Record<string, string>> = { contacts: "0-1", companies: "0-2", deals: "0-3" };

/** What HubSpot's Sync Health exports of the sync errors there are: a line each record and error. */
export function exportErrors(truth: Truth, world: World, { language, delimiter, encoding }: ExportForm): Uint8Array | null {
  const rows = truth.errors.flatMap((error) => error.records.map((record) => cellsOf(error, record, world, language)));
  const columns = (Object.keys(EXPORTED_COLUMNS) as Column[]).map((key) => ({ key, header: EXPORTED_COLUMNS[key][language] }));
  const text = stringify(rows, {
    header: true,
    columns,
    delimiter: EXPORT_DELIMITERS[delimiter],
    record_delimiter: "\r\n",
    escape_formulas: true,
  });
  return encoded(text, encoding);
}

function cellsOf(error: TruthError, record: TruthRecord, world: World, language: ExportLanguage): Cells {
  const { object, category, type, message } = error;
  const { hubspotId, salesforceId, salesforceObject } = record;
  const properties = hubspotId === null ? {} : (world.account.get(object as ObjectType, hubspotId)?.properties ?? {});
  const fields =
    salesforceId === null || salesforceObject === null ? {} : (world.org.get(salesforceObject, salesforceId)?.fields ?? {});
  const text = (...candidates: readonly unknown[]) => String(candidates.find((one) => one !== null && one !== undefined) ?? "");
  return {
    object: EXPORTED_OBJECTS[object]?.[language] ?? object,
    recordName: text(properties.name, properties.dealname, fields.Name, properties.lastname),
    recordId: text(hubspotId),
    recordLink:
      hubspotId === null
        ? ""
        : `https://app.hubspot.com/contacts/${world.account.portalId}/record/${TYPE_IDS[object] ?? "0-1"}/${hubspotId}`,
    email: text(properties.email, fields.Email),
    salesforceId: text(salesforceId),
    category: EXPORTED_CATEGORIES[category]?.[language] ?? category,
    type: EXPORTED_TYPES[type]?.[language] ?? type,
    message,
    property: text(error.property),
    field: text(error.field),
    at: world.clock.now().toISOString().slice(0, 16).replace("T", " "),
  };
}

/** Null where the encoding has no such letters. */
function encoded(text: string, encoding: ExportForm["encoding"]): Uint8Array | null {
  switch (encoding) {
    case "utf-8":
      return Buffer.from(text);
    case "utf-8-bom":
      return Buffer.from(`\ufeff${text}`);
    case "utf-16le":
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case "utf-16be":
      return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    case "windows-1252":
      // Latin-1 is Windows-1252 but for 32 codes, which are left out here.
      return /[^\p{ASCII}\u00a0-\u00ff]/u.test(text) ? null : Buffer.from(text, "latin1");
  }
}
