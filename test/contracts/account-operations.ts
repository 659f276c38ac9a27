import type { Operation } from "./codegen-operations.ts";
import type { Attribute, Models } from "./model-faults.ts";

const key = (name: string, type: string, more: Partial<Attribute> = {}): Attribute => ({ name, type, required: true, ...more });
const optional = (name: string, type: string, more: Partial<Attribute> = {}): Attribute =>
  key(name, type, { ...more, required: false });
const moment = { format: "date-time" } as const;

/**
 * Models of the operations that @hubspot/api-client has no generated code for. Sources: HubSpot's API reference,
 * *Account information* (`GET /account-info/v3/details`, `GET /account-info/v3/api-usage/daily/private-apps`), *Limits tracking*
 * (`GET /crm/v3/limits/associations/records/…`) and *Property validations* (`GET /crm/v3/property-validations/…`), their fields,
 * their types, which are required and what they may be; errors as in every reference of HubSpot's.
 */
const MODELS: Readonly<Record<string, readonly Attribute[]>> = {
  PortalInformationResponse: [
    key("portalId", "number", { format: "int32" }),
    key("accountType", "string", { values: ["STANDARD", "DEVELOPER_TEST", "SANDBOX", "APP_DEVELOPER"] }),
    key("timeZone", "string"),
    key("companyCurrency", "string"),
    key("additionalCurrencies", "Array<string>"),
    key("utcOffset", "string"),
    key("utcOffsetMilliseconds", "number", { format: "int64" }),
    key("uiDomain", "string"),
    key("dataHostingLocation", "string"),
  ],
  CollectionResponseApiUsage: [key("results", "Array<ApiUsage>"), optional("paging", "Paging")],
  ApiUsage: [
    key("name", "string"),
    key("usageLimit", "number", { format: "int32" }),
    key("currentUsage", "number", { format: "int32" }),
    key("collectedAt", "Date", moment),
    key("fetchStatus", "string", { values: ["SUCCESS", "TIMEOUT", "FAILURE", "CACHED", "NOTFOUND"] }),
    optional("resetsAt", "Date", moment),
  ],
  AssociationRecordLimitResponse: [
    key("limit", "number", { format: "int64" }),
    key("totalRecordsNearLimit", "number", { format: "int64" }),
    key("totalRecordsAtLimit", "number", { format: "int64" }),
    key("nearLimitFromRecordSamples", "Array<NearLimitRecordSample>"),
    key("atLimitFromRecordSamples", "Array<AtLimitRecordSample>"),
  ],
  AtLimitRecordSample: [key("label", "string"), key("objectId", "number", { format: "int64" })],
  NearLimitRecordSample: [
    key("label", "string"),
    key("objectId", "number", { format: "int64" }),
    key("percentage", "number", { format: "double" }),
    key("usage", "number", { format: "int64" }),
  ],
  CollectionResponsePropertyValidation: [key("results", "Array<PropertyValidation>"), optional("paging", "Paging")],
  PropertyValidation: [key("propertyName", "string"), key("propertyValidationRules", "Array<PropertyValidationRule>")],
  PropertyValidationRule: [
    key("ruleType", "string"),
    key("ruleArguments", "Array<string>"),
    optional("shouldApplyNormalization", "boolean"),
  ],
  Paging: [optional("next", "NextPage"), optional("prev", "PreviousPage")],
  NextPage: [key("after", "string"), optional("link", "string")],
  PreviousPage: [key("before", "string"), optional("link", "string")],
  Error: [
    key("category", "string"),
    key("correlationId", "string", { format: "uuid" }),
    key("message", "string"),
    optional("subCategory", "string"),
    optional("context", "{ [key: string]: Array<string>; }"),
    optional("links", "{ [key: string]: string; }"),
    optional("errors", "Array<ErrorDetail>"),
  ],
  ErrorDetail: [
    key("message", "string"),
    optional("subCategory", "string"),
    optional("code", "string"),
    optional("in", "string"),
    optional("context", "{ [key: string]: Array<string>; }"),
  ],
};

const models: Models = {
  attributes: (model) => MODELS[model] ?? null,
  beside: (model) => (model === "Error" ? ["status"] : []),
};

function reading(path: string, model: string): Operation {
  const answers = new Map([
    ["200", model],
    ["default", "Error"],
  ]);
  return { method: "GET", path, query: [], body: null, answers, models };
}

export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  reading("/account-info/v3/details", "PortalInformationResponse"),
  reading("/account-info/v3/api-usage/daily/private-apps", "CollectionResponseApiUsage"),
  reading("/crm/v3/limits/associations/records/{fromObjectTypeId}/{toObjectTypeId}", "AssociationRecordLimitResponse"),
  reading("/crm/v3/property-validations/{objectTypeId}", "CollectionResponsePropertyValidation"),
];
