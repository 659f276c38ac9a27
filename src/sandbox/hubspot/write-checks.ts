import type { AccountRefusal, ObjectType, Owner, Pipeline, PropertyDefinition, Source } from "./model.ts";
import { brokenRule } from "./property-rules.ts";
import { type CheckedValue, checkValue, notAnOption } from "./property-values.ts";
import { REQUIRED_ON_CREATE, SYSTEM_PROPERTIES } from "./standard-properties.ts";

type Values = Readonly<Record<string, string | null>>;

/** What a write is checked against. */
export interface Surroundings {
  readonly object: ObjectType;
  readonly portalId: number;
  readonly definitions: ReadonlyMap<string, PropertyDefinition>;
  readonly pipelines: readonly Pipeline[];
  readonly owners: readonly Owner[];
  /** Properties that the account requires of new records. */
  readonly required: ReadonlySet<string>;
  /** The record before the write; null for a create. */
  readonly before: Values | null;
  /** Id of another record that has this value of a unique property. */
  readonly holder: (property: string, value: string) => string | null;
}

export type CheckedWrite =
  | { readonly ok: true; readonly values: Values }
  | { readonly ok: false; readonly refusal: AccountRefusal };

interface Fault {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

const SINGULAR: Readonly<Record<ObjectType, string>> = {
  contacts: "CONTACT",
  companies: "COMPANY",
  deals: "DEAL",
  tasks: "TASK",
};

function invalidValues(faults: readonly Fault[], portalId: number): AccountRefusal {
  const details = faults.map(({ name, code, message }) => ({
    isValid: false,
    message,
    error: code,
    name,
    localizedErrorMessage: message,
    portalId,
  }));
  return {
    status: 400,
    category: "VALIDATION_ERROR",
    message: `Property values were not valid: ${JSON.stringify(details)}`,
    errors: faults.map(({ name, code, message }) => ({ message, code, context: { propertyName: [name] } })),
  };
}

function missingRequired({ object, required }: Surroundings, values: Values): AccountRefusal | null {
  const own = [...required].map((name) => [name] as const);
  const missing = [...REQUIRED_ON_CREATE[object], ...own]
    .filter((names) => names.every((name) => !values[name]))
    .map((names) => names[0]);
  if (missing.length === 0) return null;
  return {
    status: 400,
    category: "VALIDATION_ERROR",
    message: `Error creating ${SINGULAR[object]}. Some required properties were not set.`,
    context: { properties: missing },
  };
}

function isReadOnly(definition: PropertyDefinition, source: Source): boolean {
  if (SYSTEM_PROPERTIES.has(definition.name) || definition.calculated) return true;
  // HubSpot's own integration writes what nobody else may: the link properties.
  return definition.readOnlyValue === true && (source !== "SALESFORCE" || definition.name === "createdate");
}

function checkOne(name: string, given: string | null, source: Source, around: Surroundings): CheckedValue {
  const definition = around.definitions.get(name);
  if (!definition) return { ok: false, code: "PROPERTY_DOESNT_EXIST", message: `Property "${name}" does not exist` };
  if (isReadOnly(definition, source)) {
    return { ok: false, code: "READ_ONLY_VALUE", message: `"${name}" is a read only property; its value cannot be set.` };
  }
  const checked = checkPresent(definition, given, around);
  const broken = checked.ok ? brokenRule(definition.rules ?? [], checked.value) : null;
  return broken === null ? checked : { ok: false, ...broken };
}

function checkPresent(definition: PropertyDefinition, given: string | null, around: Surroundings): CheckedValue {
  if (given === null || given === "") return { ok: true, value: null };
  return definition.name === "hubspot_owner_id" ? checkOwner(given, around) : checkValue(definition, given);
}

function checkOwner(given: string, around: Surroundings): CheckedValue {
  if (around.before?.hubspot_owner_id === given) return { ok: true, value: given };
  const owner = around.owners.find((candidate) => candidate.id === given && !candidate.archived);
  if (owner) return { ok: true, value: given };
  return { ok: false, code: "INVALID_OWNER_ID", message: `Owner with id ${given} does not exist or is deactivated` };
}

/** Stage and pipeline must go together; a new deal without a pipeline is in the first one. */
function checkStage(values: Record<string, string | null>, around: Surroundings): Fault | null {
  if (around.object !== "deals") return null;
  const first = around.pipelines[0];
  if (!around.before && !values.pipeline && first) values.pipeline = first.id;
  if (values.pipeline === undefined && values.dealstage === undefined) return null;
  const pipelineId = values.pipeline ?? around.before?.pipeline ?? "";
  const pipeline = around.pipelines.find(({ id }) => id === pipelineId);
  if (!pipeline) {
    return fault(
      "pipeline",
      notAnOption(
        pipelineId,
        around.pipelines.map(({ id }) => id),
      ),
    );
  }
  const stage = values.dealstage === undefined ? around.before?.dealstage : values.dealstage;
  if (!stage || pipeline.stages.some(({ id }) => id === stage)) return null;
  return fault(
    "dealstage",
    notAnOption(
      stage,
      pipeline.stages.map(({ id }) => id),
    ),
  );
}

function fault(name: string, checked: CheckedValue): Fault | null {
  return checked.ok ? null : { name, code: checked.code, message: checked.message };
}

function checkUnique(values: Values, around: Surroundings): AccountRefusal | null {
  for (const [name, value] of Object.entries(values)) {
    if (value === null || !around.definitions.get(name)?.hasUniqueValue) continue;
    const holder = around.holder(name, value);
    if (holder === null) continue;
    if (name === "email") {
      return { status: 409, category: "CONFLICT", message: `Contact already exists. Existing ID: ${holder}` };
    }
    const conflict = { name, code: "CONFLICTING_UNIQUE_VALUE", message: `${holder} already has that value.` };
    return invalidValues([conflict], around.portalId);
  }
  return null;
}

/** Checks a write as HubSpot does, all faulty values at once, and normalises its values. */
export function checkWrite(given: Values, source: Source, around: Surroundings): CheckedWrite {
  const values: Record<string, string | null> = {};
  const faults: Fault[] = [];
  for (const [name, value] of Object.entries(given)) {
    const checked = checkOne(name, value, source, around);
    if (checked.ok) values[name] = checked.value;
    else faults.push({ name, code: checked.code, message: checked.message });
  }
  const stageFault = faults.length === 0 ? checkStage(values, around) : null;
  if (stageFault) faults.push(stageFault);
  if (faults.length > 0) return { ok: false, refusal: invalidValues(faults, around.portalId) };
  const refusal = (around.before ? null : missingRequired(around, values)) ?? checkUnique(values, around);
  return refusal ? { ok: false, refusal } : { ok: true, values };
}
