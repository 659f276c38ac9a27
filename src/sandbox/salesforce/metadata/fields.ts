import type { FieldDefinition } from "../model.ts";

type Options = Partial<Omit<FieldDefinition, "name" | "label" | "type">>;

export function text(name: string, label: string, length: number, options: Options = {}): FieldDefinition {
  return { name, label, type: "string", length, ...options };
}

/** Up to 255 characters it can be filtered by, longer ones can't. */
export function textArea(name: string, label: string, length: number, options: Options = {}): FieldDefinition {
  return { name, label, type: "textarea", length, ...options };
}

export function phone(name: string, label: string): FieldDefinition {
  return { name, label, type: "phone", length: 40 };
}

export function url(name: string, label: string): FieldDefinition {
  return { name, label, type: "url", length: 255 };
}

export function email(name: string, label: string, options: Options = {}): FieldDefinition {
  return { name, label, type: "email", length: 80, ...options };
}

export function integer(name: string, label: string): FieldDefinition {
  return { name, label, type: "int", precision: 8, scale: 0 };
}

export function double(name: string, label: string, precision: number, scale: number, options: Options = {}): FieldDefinition {
  return { name, label, type: "double", precision, scale, ...options };
}

export function currency(name: string, label: string, precision = 18, scale = 0): FieldDefinition {
  return { name, label, type: "currency", precision, scale };
}

export function checkbox(name: string, label: string, options: Options = {}): FieldDefinition {
  return { name, label, type: "boolean", nillable: false, defaultedOnCreate: true, defaultValue: false, ...options };
}

export function date(name: string, label: string, options: Options = {}): FieldDefinition {
  return { name, label, type: "date", ...options };
}

export function dateTime(name: string, label: string, options: Options = {}): FieldDefinition {
  return { name, label, type: "datetime", ...options };
}

export function picklist(name: string, label: string, values: readonly string[], options: Options = {}): FieldDefinition {
  return {
    name,
    label,
    type: "picklist",
    length: 255,
    restrictedPicklist: false,
    picklistValues: values.map((value) => ({ value, label: value, active: true })),
    ...options,
  };
}

export function reference(
  name: string,
  label: string,
  referenceTo: readonly string[],
  relationshipName: string,
  options: Options = {},
): FieldDefinition {
  return { name, label, type: "reference", length: 18, referenceTo, relationshipName, ...options };
}

/** A field that only Salesforce sets. */
export function readOnly(field: FieldDefinition): FieldDefinition {
  return { ...field, createable: false, updateable: false, nillable: field.nillable ?? true, permissionable: false };
}

/** Street, city, state, postal code and country, with the compound that holds them together. */
export function address(prefix: string): FieldDefinition[] {
  const compoundFieldName = `${prefix}Address`;
  const label = prefix === "" ? "" : `${prefix} `;
  const part = { compoundFieldName };
  return [
    textArea(`${prefix}Street`, `${label}Street`, 255, part),
    text(`${prefix}City`, `${label}City`, 40, part),
    text(`${prefix}State`, `${label}State/Province`, 80, part),
    text(`${prefix}PostalCode`, `${label}Zip/Postal Code`, 20, part),
    text(`${prefix}Country`, `${label}Country`, 80, part),
    {
      name: compoundFieldName,
      label: `${label}Address`,
      type: "address",
      createable: false,
      updateable: false,
      permissionable: true,
    },
  ];
}

/** What every record has. */
export function systemFields(object: string): FieldDefinition[] {
  const system = { createable: false, updateable: false, nillable: false, permissionable: false, defaultedOnCreate: true };
  return [
    { name: "Id", label: `${object} ID`, type: "id", length: 18, ...system },
    { name: "IsDeleted", label: "Deleted", type: "boolean", ...system },
    { name: "CreatedDate", label: "Created Date", type: "datetime", ...system },
    reference("CreatedById", "Created By ID", ["User"], "CreatedBy", system),
    { name: "LastModifiedDate", label: "Last Modified Date", type: "datetime", ...system },
    reference("LastModifiedById", "Last Modified By ID", ["User"], "LastModifiedBy", system),
    { name: "SystemModstamp", label: "System Modstamp", type: "datetime", ...system },
  ];
}

export function owner(object: string): FieldDefinition {
  const referenceTo = object === "Lead" || object === "Task" ? ["Group", "User"] : ["User"];
  return reference("OwnerId", "Owner ID", referenceTo, "Owner", {
    nillable: false,
    defaultedOnCreate: true,
    permissionable: false,
  });
}
