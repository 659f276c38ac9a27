import type { Hono } from "hono";
import { notFound } from "./api-refusal.ts";
import { requireScope } from "./gateway.ts";
import type { HubSpotAccount, ObjectType, Pipeline, PropertyDefinition } from "./model.ts";
import { hasExternalOptions } from "./property-values.ts";
import { objectType, queryFlag } from "./request-reading.ts";
import { schemaScopes } from "./scopes.ts";
import { REQUIRED_ON_CREATE } from "./standard-properties.ts";

const GROUPS: Readonly<Record<ObjectType, string>> = {
  contacts: "contactinformation",
  companies: "companyinformation",
  deals: "dealinformation",
  tasks: "taskinformation",
};
/** HubSpot's own definitions and pipelines are as old as the product, not as the account. */
const DEFINED_AT = "2019-08-06T02:41:08.029Z";

/** A property as HubSpot's `Property`. */
function propertyAnswer(object: ObjectType, definition: PropertyDefinition): Readonly<Record<string, unknown>> {
  const own = definition.hubspotDefined === true;
  return {
    createdAt: DEFINED_AT,
    updatedAt: DEFINED_AT,
    name: definition.name,
    label: definition.label,
    type: definition.type,
    fieldType: definition.fieldType,
    description: "",
    groupName: GROUPS[object],
    options: definition.options.map((option, displayOrder) => ({ ...option, description: "", displayOrder })),
    displayOrder: -1,
    calculated: definition.calculated ?? false,
    externalOptions: hasExternalOptions(definition),
    archived: false,
    hasUniqueValue: definition.hasUniqueValue ?? false,
    hidden: false,
    hubspotDefined: own,
    modificationMetadata: {
      archivable: !own,
      readOnlyDefinition: own,
      readOnlyOptions: own,
      readOnlyValue: (definition.readOnlyValue ?? false) || (definition.calculated ?? false),
    },
    formField: !definition.readOnlyValue,
  };
}

/** A pipeline as HubSpot's `Pipeline`. */
function pipelineAnswer(pipeline: Pipeline, displayOrder: number): Readonly<Record<string, unknown>> {
  const times = { createdAt: DEFINED_AT, updatedAt: DEFINED_AT, archived: false };
  return {
    id: pipeline.id,
    label: pipeline.label,
    displayOrder,
    ...times,
    stages: pipeline.stages.map((stage, order) => ({
      id: stage.id,
      label: stage.label,
      displayOrder: order,
      metadata: {
        isClosed: String(stage.closed),
        probability: stage.closed ? (/won/i.test(stage.label) ? "1.0" : "0.0") : "0.5",
      },
      writePermissions: "CRM_PERMISSIONS_ENFORCEMENT",
      ...times,
    })),
  };
}

const SCHEMA_IDS: Readonly<Record<ObjectType, string>> = { contacts: "0-1", companies: "0-2", deals: "0-3", tasks: "0-27" };

/** What an object's records are made of, as HubSpot's `ObjectSchema`. */
function schemaAnswer(account: HubSpotAccount, object: ObjectType): Readonly<Record<string, unknown>> {
  const own = REQUIRED_ON_CREATE[object].flatMap((names) => (names.length === 1 ? names : []));
  const singular = { contacts: "Contact", companies: "Company", deals: "Deal", tasks: "Task" }[object];
  return {
    id: SCHEMA_IDS[object],
    objectTypeId: SCHEMA_IDS[object],
    fullyQualifiedName: singular.toUpperCase(),
    name: singular.toUpperCase(),
    labels: { singular, plural: { contacts: "Contacts", companies: "Companies", deals: "Deals", tasks: "Tasks" }[object] },
    requiredProperties: [...own, ...account.state.required[object]],
    searchableProperties: [],
    secondaryDisplayProperties: [],
    properties: [...account.properties(object).values()].map((definition) => propertyAnswer(object, definition)),
    associations: [],
    archived: false,
  };
}

/** `/crm/v3/properties/{type}`, their rules and schema, and `/crm/v3/pipelines/{type}`. */
export function schemaRoutes(app: Hono, account: HubSpotAccount): void {
  app.get("/crm-object-schemas/v3/schemas/:objectType", (context) => {
    const object = objectType(context);
    requireScope(account, [`crm.schemas.${object}.read`]);
    return context.json(schemaAnswer(account, object));
  });

  app.get("/crm/v3/property-validations/:objectType", (context) => {
    const object = objectType(context);
    requireScope(account, schemaScopes(object));
    const results = [...account.properties(object).values()].flatMap(({ name, rules = [] }) =>
      rules.length === 0
        ? []
        : [{ propertyName: name, propertyValidationRules: rules.map((rule) => ({ ...rule, shouldApplyNormalization: false })) }],
    );
    return context.json({ results });
  });

  app.get("/crm/v3/properties/:objectType", (context) => {
    const object = objectType(context);
    requireScope(account, schemaScopes(object));
    const definitions = queryFlag(context, "archived") ? [] : [...account.properties(object).values()];
    return context.json({ results: definitions.map((definition) => propertyAnswer(object, definition)) });
  });

  app.get("/crm/v3/properties/:objectType/:name", (context) => {
    const object = objectType(context);
    requireScope(account, schemaScopes(object));
    const definition = account.properties(object).get(context.req.param("name"));
    if (!definition) throw notFound(`Property ${context.req.param("name")} does not exist`);
    return context.json(propertyAnswer(object, definition));
  });

  app.get("/crm/v3/pipelines/:objectType", (context) => {
    const object = objectType(context);
    requireScope(account, schemaScopes(object));
    return context.json({ results: object === "deals" ? account.pipelines().map(pipelineAnswer) : [] });
  });

  app.get("/crm/v3/pipelines/:objectType/:pipelineId", (context) => {
    const object = objectType(context);
    requireScope(account, schemaScopes(object));
    const index = account.pipelines().findIndex(({ id }) => id === context.req.param("pipelineId"));
    const pipeline = object === "deals" ? account.pipelines()[index] : undefined;
    if (!pipeline) throw notFound("resource not found");
    return context.json(pipelineAnswer(pipeline, index));
  });
}
