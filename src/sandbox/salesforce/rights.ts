import { findField, isPermissionable, type Metadata, type ObjectDefinition } from "./metadata/objects.ts";
import type { FieldDefinition, RecordAccess } from "./model.ts";

export interface ObjectRights {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
}

export interface FieldRights {
  readonly read: boolean;
  readonly edit: boolean;
}

/** What one user may do. */
export interface UserRights {
  object(object: ObjectDefinition): ObjectRights;
  /** Includes what the object's own rights and the field's nature forbid. */
  field(object: ObjectDefinition, field: FieldDefinition): FieldRights & { readonly create: boolean };
  record(id: string): RecordAccess;
  /** Converted leads are read-only without this permission. */
  readonly editConvertedLeads: boolean;
}

/** The integration user's rights, in sum over profile and permission sets. Everybody else in the org may do everything. */
export interface IntegrationRights {
  apiEnabled: boolean;
  hubspotPermissionSet: boolean;
  editConvertedLeads: boolean;
  setObject(object: string, rights: ObjectRights): void;
  setField(object: string, field: string, rights: FieldRights): void;
  setRecord(id: string, access: RecordAccess): void;
  granted(object: ObjectDefinition): ObjectRights;
  grantedField(object: ObjectDefinition, field: FieldDefinition): FieldRights;
  recordAccess(id: string): RecordAccess;
}

const ALL: ObjectRights = { read: true, create: true, edit: true };
const NONE: ObjectRights = { read: false, create: false, edit: false };
const ALL_OF_FIELD: FieldRights = { read: true, edit: true };

/** Field-level security of an address part is that of its compound. */
export function securedAs(object: ObjectDefinition, field: FieldDefinition): FieldDefinition {
  return field.compoundFieldName === undefined ? field : (findField(object, field.compoundFieldName) ?? field);
}

export function createIntegrationRights(metadata: Metadata): IntegrationRights {
  const objects = new Map<string, ObjectRights>();
  const fields = new Map<string, FieldRights>();
  const records = new Map<string, RecordAccess>();

  return {
    apiEnabled: true,
    hubspotPermissionSet: true,
    editConvertedLeads: false,
    setObject(object, rights) {
      // Salesforce gives no right to write what can't be read.
      objects.set(object, rights.read ? { ...rights } : NONE);
    },
    setField(object, field, rights) {
      const definition = metadata.get(object);
      const found = definition === undefined ? undefined : findField(definition, field);
      if (definition === undefined || found === undefined) throw new Error(`No field ${object}.${field} in the sandbox's org.`);
      const secured = securedAs(definition, found);
      if (!isPermissionable(secured)) throw new Error(`Field-level security does not govern ${object}.${field}.`);
      fields.set(`${object}.${secured.name}`, { read: rights.read, edit: rights.read && rights.edit });
    },
    setRecord(id, access) {
      if (access === "full") records.delete(id);
      else records.set(id, access);
    },
    granted: (object) => (object.kind === "setup" ? { ...NONE, read: true } : (objects.get(object.name) ?? ALL)),
    grantedField: (object, field) => fields.get(`${object.name}.${securedAs(object, field).name}`) ?? ALL_OF_FIELD,
    recordAccess: (id) => records.get(id) ?? "full",
  };
}

/** The rights that a save or read of a user meets. */
export function userRights(integration: IntegrationRights | null): UserRights {
  const object = (definition: ObjectDefinition): ObjectRights => {
    if (definition.kind === "setup") return { ...NONE, read: true };
    return integration === null ? ALL : integration.granted(definition);
  };
  return {
    object,
    field(definition, field) {
      const onObject = object(definition);
      const granted = integration === null ? ALL_OF_FIELD : integration.grantedField(definition, field);
      const writable = field.calculated !== true;
      return {
        read: onObject.read && granted.read,
        edit: onObject.edit && granted.edit && writable && field.updateable !== false,
        create: onObject.create && granted.edit && writable && field.createable !== false,
      };
    },
    record: (id) => (integration === null ? "full" : integration.recordAccess(id)),
    editConvertedLeads: integration === null || integration.editConvertedLeads,
  };
}
