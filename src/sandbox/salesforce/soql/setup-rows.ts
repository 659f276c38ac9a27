import { eventLogFiles } from "../event-log-files.ts";
import { makeId } from "../ids.ts";
import { isPermissionable, type ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, OrgUser } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import { type UserRights, userRights } from "../rights.ts";
import type { OrgRule } from "../save/rules.ts";
import { toDateTime } from "../timestamps.ts";

const ADMIN_PROFILE = makeId("00e", 1);
const INTEGRATION_PROFILE = makeId("00e", 2);

interface PermissionSetRow {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly namespace: string | null;
  readonly profileId: string | null;
  /** Whether its rights are those that the integration user has, or all. */
  readonly limited: boolean;
}

const PERMISSION_SETS: readonly PermissionSetRow[] = [
  {
    id: makeId("0PS", 1),
    name: "X00e_SystemAdministrator",
    label: "System Administrator",
    namespace: null,
    profileId: ADMIN_PROFILE,
    limited: false,
  },
  {
    id: makeId("0PS", 2),
    name: "X00e_Integration",
    label: "Integration User",
    namespace: null,
    profileId: INTEGRATION_PROFILE,
    limited: true,
  },
  {
    id: makeId("0PS", 3),
    name: "HubSpot_Integration",
    label: "HubSpot Integration Permissions",
    namespace: "HubSpot_Inc",
    profileId: null,
    limited: true,
  },
];

/** Rows of an object that describes the org, as its setup is now. `rights` are those of the user who looks. */
export function setupRows(data: OrgData, object: ObjectDefinition, rights: UserRights): readonly Fields[] {
  switch (object.name) {
    case "User":
      return data.users.map((user) => userRow(data, user));
    case "Profile":
      return [
        { Id: ADMIN_PROFILE, Name: "System Administrator", PermissionsApiEnabled: true },
        { Id: INTEGRATION_PROFILE, Name: "Integration User", PermissionsApiEnabled: data.rights.apiEnabled },
      ];
    case "Organization":
      return [organizationRow(data)];
    case "PermissionSet":
      return PERMISSION_SETS.map((set) => permissionSetRow(data, set));
    case "PermissionSetAssignment":
      return data.users.flatMap((user, index) => assignmentRows(data, user, index));
    case "ObjectPermissions":
      return PERMISSION_SETS.flatMap((set, index) => objectPermissionRows(data, set, index));
    case "FieldPermissions":
      return PERMISSION_SETS.flatMap((set, index) => fieldPermissionRows(data, set, index));
    case "EventLogFile":
      return eventLogFiles(data).map((file) => file.fields);
    case "EntityDefinition":
      return [...data.metadata.values()].filter((entity) => rights.object(entity).read).map(entityRow);
    case "FieldDefinition":
      return [...data.metadata.values()].flatMap((entity) => fieldRows(entity, rights));
    case "ValidationRule":
    case "DuplicateRule":
    case "FlowDefinition":
    case "FlowDefinitionView":
    case "ApexTrigger":
      return data.rules.map((rule, index) => ruleRow(data, object.name, rule, index)).filter((row) => row !== null);
    default:
      return [];
  }
}

function systemRow(data: OrgData): Fields {
  const created = toDateTime(data.createdAt);
  const by = data.integrationUser.id;
  return { CreatedDate: created, CreatedById: by, LastModifiedDate: created, LastModifiedById: by, SystemModstamp: created };
}

function userRow(data: OrgData, user: OrgUser): Fields {
  const [first, ...rest] = user.name.split(" ");
  return {
    ...systemRow(data),
    Id: user.id,
    Username: user.username,
    FirstName: rest.length === 0 ? null : (first ?? null),
    LastName: rest.length === 0 ? user.name : rest.join(" "),
    Name: user.name,
    Email: user.email,
    IsActive: user.isActive,
    UserType: user.userType,
    ProfileId: user === data.integrationUser ? INTEGRATION_PROFILE : ADMIN_PROFILE,
  };
}

function organizationRow(data: OrgData): Fields {
  return {
    ...systemRow(data),
    Id: data.organizationId,
    Name: data.organizationName,
    InstanceName: "USA123",
    IsSandbox: false,
    OrganizationType: "Enterprise Edition",
    NamespacePrefix: null,
    LanguageLocaleKey: "en_US",
    TimeZoneSidKey: "America/Los_Angeles",
    Country: "US",
  };
}

function permissionSetRow(data: OrgData, set: PermissionSetRow): Fields {
  return {
    ...systemRow(data),
    Id: set.id,
    Name: set.name,
    Label: set.label,
    NamespacePrefix: set.namespace,
    IsOwnedByProfile: set.profileId !== null,
    ProfileId: set.profileId,
    PermissionsApiEnabled: set.limited ? set.profileId !== null && data.rights.apiEnabled : true,
    PermissionsViewSetup: set.limited ? set.profileId !== null : true,
    PermissionsModifyAllData: !set.limited,
    PermissionsViewAllData: !set.limited,
  };
}

function assignmentRows(data: OrgData, user: OrgUser, index: number): Fields[] {
  const integration = user === data.integrationUser;
  return PERMISSION_SETS.filter((set) => set.limited === integration)
    .filter((set) => set.namespace === null || data.rights.hubspotPermissionSet)
    .map((set, place) => ({
      Id: makeId("0Pa", 1 + index * PERMISSION_SETS.length + place),
      PermissionSetId: set.id,
      AssigneeId: user.id,
      SystemModstamp: toDateTime(data.createdAt),
      IsActive: true,
    }));
}

/** A permission set without any right on an object has no row for it. */
function objectPermissionRows(data: OrgData, set: PermissionSetRow, index: number): Fields[] {
  const rights = userRights(set.limited ? data.rights : null);
  return [...data.metadata.values()].flatMap((object, place) => {
    const granted = rights.object(object);
    if (!object.permissionable || !granted.read) return [];
    return [
      {
        Id: makeId("110", 1 + index * 1000 + place),
        ParentId: set.id,
        SobjectType: object.name,
        PermissionsRead: true,
        PermissionsCreate: granted.create,
        PermissionsEdit: granted.edit,
        PermissionsDelete: granted.edit,
        PermissionsViewAllRecords: true,
        PermissionsModifyAllRecords: granted.edit,
      },
    ];
  });
}

/** A permission set that can't read a field has no row for it. Rows of other sets and profiles stand whoever looks. */
function fieldPermissionRows(data: OrgData, set: PermissionSetRow, index: number): Fields[] {
  const rows: Fields[] = [];
  let place = 0;
  for (const object of data.metadata.values()) {
    if (object.kind !== "stored" || object.keyPrefix === "012" || object.keyPrefix === "01J" || object.keyPrefix === "00G")
      continue;
    for (const field of object.fields.values()) {
      place += 1;
      if (!isPermissionable(field) || field.compoundFieldName !== undefined) continue;
      const granted = set.limited ? data.rights.grantedField(object, field) : { read: true, edit: true };
      if (!granted.read) continue;
      rows.push({
        Id: makeId("01k", 1 + index * 100_000 + place),
        ParentId: set.id,
        SobjectType: object.name,
        Field: `${object.name}.${field.name}`,
        PermissionsRead: true,
        PermissionsEdit: granted.edit && field.calculated !== true,
      });
    }
  }
  return rows;
}

function entityRow(object: ObjectDefinition): Fields {
  return {
    DurableId: object.name,
    QualifiedApiName: object.name,
    DeveloperName: object.name.replace(/__c$/, ""),
    Label: object.label,
    KeyPrefix: object.keyPrefix,
  };
}

function fieldRows(object: ObjectDefinition, rights: UserRights): Fields[] {
  return [...object.fields.values()]
    .filter((field) => rights.field(object, field).read)
    .map((field) => ({
      DurableId: `${object.name}.${field.name}`,
      QualifiedApiName: field.name,
      DeveloperName: field.name.replace(/__c$/, ""),
      Label: field.label,
      DataType: field.length === undefined ? field.type : `${field.type}(${field.length})`,
      Length: field.length ?? 0,
      EntityDefinitionId: object.name,
    }));
}

function ruleRow(data: OrgData, objectName: string, { kind, rule, madeAt }: OrgRule, index: number): Fields | null {
  const number = index + 1;
  if (objectName === "ValidationRule" && kind === "validation") {
    return {
      Id: makeId("03d", number),
      ValidationName: rule.name,
      EntityDefinitionId: rule.object,
      ErrorMessage: rule.errorMessage,
      ErrorDisplayField: rule.errorField,
      Active: true,
      NamespacePrefix: null,
      FullName: `${rule.object}.${rule.name}`,
      LastModifiedDate: toDateTime(madeAt),
      LastModifiedById: data.users.find((user) => user !== data.integrationUser)?.id ?? data.integrationUser.id,
    };
  }
  if (objectName === "DuplicateRule" && kind === "duplicate") {
    return {
      Id: makeId("0Bm", number),
      DeveloperName: rule.name,
      MasterLabel: rule.label,
      SobjectType: rule.object,
      IsActive: true,
    };
  }
  if (objectName === "ApexTrigger" && kind === "trigger") {
    return { Id: makeId("01q", number), Name: rule.name, TableEnumOrId: rule.object, Status: "Active", NamespacePrefix: null };
  }
  if (kind !== "flow") return null;
  if (objectName === "FlowDefinition") {
    return {
      Id: makeId("300", number),
      DeveloperName: rule.name,
      MasterLabel: rule.label,
      NamespacePrefix: null,
      ActiveVersionId: makeId("301", number),
    };
  }
  if (objectName !== "FlowDefinitionView") return null;
  return {
    DurableId: makeId("300", number),
    ApiName: rule.name,
    Label: rule.label,
    ProcessType: "AutoLaunchedFlow",
    TriggerType: "RecordAfterSave",
    TriggerObjectOrEventLabel: data.metadata.get(rule.object)?.label ?? rule.object,
    IsActive: true,
    NamespacePrefix: null,
  };
}
