import { isRequired, type ObjectDefinition } from "./metadata/objects.ts";
import type { FieldDefinition, PicklistValue } from "./model.ts";
import type { UserRights } from "./rights.ts";

/** An entry of `/sobjects`, and the head of a describe: what the caller may do with an object. */
export function describeObject(object: ObjectDefinition, rights: UserRights, version: string): Record<string, unknown> {
  const granted = rights.object(object);
  const path = `/services/data/${version}/sobjects/${object.name}`;
  return {
    activateable: false,
    createable: granted.create,
    custom: object.name.endsWith("__c"),
    customSetting: false,
    deletable: granted.edit,
    deprecatedAndHidden: false,
    feedEnabled: object.kind === "stored",
    hasSubtypes: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix === "000" ? null : object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: object.kind === "stored",
    mergeable: ["Account", "Contact", "Lead"].includes(object.name),
    mruEnabled: object.kind === "stored",
    name: object.name,
    queryable: granted.read,
    replicateable: object.kind === "stored",
    retrieveable: granted.read,
    searchable: object.kind === "stored",
    triggerable: object.kind === "stored",
    undeletable: object.kind === "stored",
    updateable: granted.edit,
    urls: { sobject: path, describe: `${path}/describe`, rowTemplate: `${path}/{ID}` },
  };
}

/** The whole describe: fields that the caller can't read are absent. */
export function describeWhole(
  object: ObjectDefinition,
  rights: UserRights,
  version: string,
  recordTypes: readonly Record<string, unknown>[],
): Record<string, unknown> {
  return {
    ...describeObject(object, rights, version),
    childRelationships: Object.entries(object.children).map(([relationshipName, child]) => ({
      cascadeDelete: false,
      childSObject: child.object,
      deprecatedAndHidden: false,
      field: child.field,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName,
      restrictedDelete: false,
    })),
    fields: [...object.fields.values()]
      .filter((field) => rights.field(object, field).read)
      .map((field) => describeField(object, field, rights)),
    recordTypeInfos: recordTypes,
    supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: "everything" }],
  };
}

const SOAP_TYPES: Readonly<Record<string, string>> = {
  id: "tns:ID",
  reference: "tns:ID",
  boolean: "xsd:boolean",
  int: "xsd:int",
  double: "xsd:double",
  currency: "xsd:double",
  percent: "xsd:double",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  address: "urn:address",
};

function describeField(object: ObjectDefinition, field: FieldDefinition, rights: UserRights): Record<string, unknown> {
  const granted = rights.field(object, field);
  const length = field.length ?? 0;
  const long = field.type === "textarea" && length > 255;
  const compound = field.type === "address";
  return {
    aggregatable: !long && !compound,
    aiPredictionField: false,
    autoNumber: false,
    byteLength: length * 3,
    calculated: field.calculated ?? false,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: false,
    compoundFieldName: field.compoundFieldName ?? null,
    controllerName: field.controllerName ?? null,
    createable: granted.create,
    custom: field.name.endsWith("__c"),
    defaultValue: field.defaultValue ?? (field.type === "boolean" ? false : null),
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate ?? field.type === "boolean",
    dependentPicklist: field.controllerName !== undefined,
    deprecatedAndHidden: false,
    digits: field.type === "int" ? (field.precision ?? 8) : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId ?? false,
    extraTypeInfo: null,
    filterable: !long && !compound,
    filteredLookupInfo:
      field.lookupFilter === undefined ? null : { controllingFields: [], dependent: false, optionalFilter: false },
    formulaTreatNullNumberAsZero: false,
    groupable: !long && !compound && !["double", "currency", "percent", "datetime"].includes(field.type),
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.type === "id" || (field.unique ?? false),
    inlineHelpText: null,
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.name === "Name",
    namePointing: (field.referenceTo?.length ?? 0) > 1,
    nillable: field.nillable ?? !(isRequired(field) || field.type === "boolean"),
    permissionable: field.permissionable ?? !isRequired(field),
    picklistValues: (field.picklistValues ?? []).map((value) => ({
      active: value.active,
      defaultValue: value.value === field.defaultValue,
      label: value.label,
      validFor: validFor(object, field, value),
      value: value.value,
    })),
    polymorphicForeignKey: (field.referenceTo?.length ?? 0) > 1,
    precision: field.type === "int" ? 0 : (field.precision ?? 0),
    queryByDistance: compound,
    referenceTargetField: null,
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist ?? false,
    scale: field.scale ?? 0,
    searchPrefilterable: false,
    soapType: SOAP_TYPES[field.type] ?? "xsd:string",
    sortable: !long && !compound,
    type: field.type,
    unique: field.unique ?? false,
    updateable: granted.edit,
    writeRequiresMasterRead: false,
  };
}

/**
 * A set of bits in base64, the leftmost for the controlling picklist's first value, in whole groups of three bytes.
 * Source: Salesforce's SOAP API guide, PicklistEntry in DescribeSObjectResult.
 */
function validFor(object: ObjectDefinition, field: FieldDefinition, value: PicklistValue): string | null {
  const controller = field.controllerName === undefined ? undefined : object.fields.get(field.controllerName);
  if (controller === undefined) return null;
  const controlling = controller.picklistValues ?? [];
  const bytes = Buffer.alloc(Math.max(3, Math.ceil(controlling.length / 24) * 3));
  for (const [index, option] of controlling.entries()) {
    const isFor = value.validFor === undefined || value.validFor.includes(option.value);
    if (isFor) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
  }
  return bytes.toString("base64");
}
