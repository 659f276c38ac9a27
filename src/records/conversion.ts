import { readBoolean } from "./boolean.ts";
import { readDecimal } from "./decimal.ts";
import { dayOf, instantOf, readMoment } from "./moment.ts";
import { hubspotOption, salesforceOption, splitOptions } from "./options.ts";
import { ownerOfUser, userOfOwner } from "./owner.ts";
import type { SalesforceValue } from "./record.ts";
import { isSalesforceId, longId } from "./salesforce-id.ts";
import type { HubSpotProperty, SalesforceField } from "./schema.ts";
import type { Translation } from "./schemas.ts";
import { stageId, stageName } from "./stage.ts";
import { isBlank } from "./text.ts";
import { readTimeOfDay } from "./time-of-day.ts";
import { valueKind } from "./value-kind.ts";

/**
 * HubSpot's value as Salesforce is to be sent it; null clears the field. A value that doesn't fit the field's type stays as it
 * is, for Salesforce to refuse. An owner whom no known Salesforce user matches becomes null: leave the field out of a write.
 */
export function toSalesforceValue(
  value: string | null | undefined,
  field: SalesforceField,
  property: HubSpotProperty | undefined,
  context: Translation,
): SalesforceValue {
  const kind = valueKind(field, property);
  if (isBlank(value)) return field.type === "boolean" ? false : null;
  const text = value.trim();
  switch (kind) {
    case "owner":
      return isSalesforceId(text) ? longId(text) : (userOfOwner(text, context)?.id ?? null);
    case "stage":
      return stageName(text, context.pipelines ?? []) ?? text;
    case "boolean":
      return field.type === "boolean" ? (readBoolean(text) ?? text) : text;
    case "option":
      return field.picklistValues.length > 0 ? (salesforceOption(text, field, property)?.value ?? text) : text;
    case "options":
      return splitOptions(text)
        .map((option) =>
          field.picklistValues.length > 0 ? (salesforceOption(option, field, property)?.value ?? option) : option,
        )
        .join(";");
    case "number": {
      const decimal = readDecimal(text);
      if (decimal === null) return text;
      return isText(field) ? decimal : Number(decimal);
    }
    case "day":
    case "instant": {
      const moment = readMoment(text);
      if (moment === null) return text;
      return field.type === "datetime" || (kind === "instant" && field.type !== "date") ? instantOf(moment) : dayOf(moment);
    }
    case "id":
      return longId(text);
    case "time-of-day":
      return readTimeOfDay(text) ?? text;
    default:
      return text;
  }
}

function isText(field: SalesforceField): boolean {
  return !["double", "currency", "percent", "int", "long"].includes(field.type);
}

/**
 * Salesforce's value as HubSpot is to be sent it; an empty text clears the property. A value that doesn't fit the property
 * stays as it is, for HubSpot to refuse. An owner whom no HubSpot owner matches becomes empty: leave the property out of a write.
 */
export function toHubSpotValue(
  value: SalesforceValue | undefined,
  field: SalesforceField | undefined,
  property: HubSpotProperty,
  context: Translation,
): string {
  if (typeof value === "boolean") return String(value);
  if (isBlank(value)) return "";
  const text = String(value).trim();
  switch (valueKind(field, property)) {
    case "owner":
      return isSalesforceId(text) ? (ownerOfUser(text, context)?.id ?? "") : text;
    case "stage":
      return stageId(text, context.pipelines ?? []) ?? text;
    case "boolean":
      return String(readBoolean(text) ?? text);
    case "option":
      return hubspotOption(text, property, field)?.value ?? text;
    case "options":
      return splitOptions(text)
        .map((option) => hubspotOption(option, property, field)?.value ?? option)
        .join(";");
    case "number":
      return readDecimal(text) ?? text;
    case "day":
    case "instant": {
      const moment = readMoment(text, { epoch: false });
      if (moment === null) return text;
      if (property.type === "datetime") return instantOf(moment);
      return property.type === "date" || moment.wholeDay ? dayOf(moment) : instantOf(moment);
    }
    default:
      return text;
  }
}
