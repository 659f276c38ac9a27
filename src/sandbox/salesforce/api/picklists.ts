import type { ObjectDefinition } from "../metadata/objects.ts";
import type { UserRights } from "../rights.ts";

/** GET /ui-api/object-info/{object}/picklist-values/{recordTypeId}: active values only. */
export function picklistValues(object: ObjectDefinition, rights: UserRights, version: string, recordTypeId: string): unknown {
  const fields = [...object.fields.values()].filter(
    (field) => (field.type === "picklist" || field.type === "multipicklist") && rights.field(object, field).read,
  );
  const url = `/services/data/${version}/ui-api/object-info/${object.name}/picklist-values/${recordTypeId}`;
  return {
    eTag: "b1d2c3e4f5a60718293a4b5c6d7e8f90",
    picklistFieldValues: Object.fromEntries(
      fields.map((field) => [
        field.name,
        {
          controllerValues: {},
          defaultValue: null,
          eTag: "c2e3d4f5a6b708192a3b4c5d6e7f8091",
          url: `${url}/${field.name}`,
          values: (field.picklistValues ?? [])
            .filter((value) => value.active)
            .map((value) => ({ attributes: null, label: value.label, validFor: [], value: value.value })),
        },
      ]),
    ),
  };
}
