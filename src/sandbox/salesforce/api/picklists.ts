import type { ObjectDefinition } from "../metadata/objects.ts";
import type { FieldDefinition } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import { allowedForRecordType } from "../record-types.ts";
import type { UserRights } from "../rights.ts";

/** GET /ui-api/object-info/{object}/picklist-values/{recordTypeId}: the active values that the record type takes. */
export function picklistValues(
  data: OrgData,
  object: ObjectDefinition,
  rights: UserRights,
  version: string,
  recordTypeId: string,
): unknown {
  const fields = [...object.fields.values()].filter(
    (field) => (field.type === "picklist" || field.type === "multipicklist") && rights.field(object, field).read,
  );
  const url = `/services/data/${version}/ui-api/object-info/${object.name}/picklist-values/${recordTypeId}`;
  return {
    eTag: "b1d2c3e4f5a60718293a4b5c6d7e8f90",
    picklistFieldValues: Object.fromEntries(
      fields.map((field) => {
        const controlling = controllingValues(data, object, field, recordTypeId);
        return [
          field.name,
          {
            controllerValues: Object.fromEntries(controlling.map((value, index) => [value, index])),
            defaultValue: null,
            eTag: "c2e3d4f5a6b708192a3b4c5d6e7f8091",
            url: `${url}/${field.name}`,
            values: valuesFor(data, field, recordTypeId).map((value) => ({
              attributes: null,
              label: value.label,
              validFor: (value.validFor ?? []).map((one) => controlling.indexOf(one)).filter((index) => index >= 0),
              value: value.value,
            })),
          },
        ];
      }),
    ),
  };
}

function valuesFor(data: OrgData, field: FieldDefinition, recordTypeId: string) {
  const allowed = allowedForRecordType(data, recordTypeId, field.name);
  return (field.picklistValues ?? []).filter(({ active, value }) => active && (allowed === null || allowed.has(value)));
}

function controllingValues(data: OrgData, object: ObjectDefinition, field: FieldDefinition, recordTypeId: string): string[] {
  const controller = field.controllerName === undefined ? undefined : object.fields.get(field.controllerName);
  return controller === undefined ? [] : valuesFor(data, controller, recordTypeId).map(({ value }) => value);
}
