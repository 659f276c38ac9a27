/** The parts of HubSpot's and Salesforce's schemas that decide whether a value can be written. */

/** From `/crm/v3/properties/{objectType}`. */
export interface HubSpotProperty {
  readonly name: string;
  readonly label: string;
  /** `string`, `number`, `date`, `datetime`, `enumeration`, `bool`, `phone_number` … */
  readonly type: string;
  /** `text`, `textarea`, `select`, `checkbox` (several options) … */
  readonly fieldType: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly hidden: boolean }[];
  readonly hasUniqueValue: boolean;
  readonly calculated: boolean;
  readonly readOnlyValue: boolean;
}

export interface SalesforceOption {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  /** Of a dependent picklist: the places of the controlling values it goes with, as describe encodes them. */
  readonly validFor?: string;
}

/** A record type that the integration user may see; `master` stands for none. */
export interface RecordType {
  readonly id: string;
  readonly name: string;
  readonly master: boolean;
  readonly active: boolean;
  /** What the integration user's new records get. */
  readonly isDefault: boolean;
}

/** What an admin demands of a HubSpot property's values, e.g. `MAX_NUMBER` with `["100"]`. From `/crm/v3/property-validations/{objectType}`. */
export interface PropertyRule {
  readonly type: string;
  readonly arguments: readonly string[];
}

/** By property; those without rules are absent. */
export type PropertyRules = Readonly<Record<string, readonly PropertyRule[]>>;

/** From a Salesforce describe: rights are those of the user that asked, the integration user. */
export interface SalesforceField {
  readonly name: string;
  readonly label: string;
  /** `string`, `textarea`, `picklist`, `multipicklist`, `reference`, `double`, `currency`, `date`, `datetime`, `boolean`, `email` … */
  readonly type: string;
  /** Characters; 0 where a length makes no sense. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly calculated: boolean;
  readonly unique: boolean;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly SalesforceOption[];
  /** Of a dependent picklist: the field whose value decides which options a record can have. */
  readonly controllerName?: string;
  readonly referenceTo: readonly string[];
}

export interface SalesforceObjectSchema {
  readonly name: string;
  readonly label: string;
  /** First three characters of its ids, e.g. `003`. */
  readonly keyPrefix: string;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly queryable: boolean;
  /** By API name. A field the integration user may not read is absent. */
  readonly fields: Readonly<Record<string, SalesforceField>>;
  /** Absent where they were not read, as in what older versions have stored. */
  readonly recordTypes?: readonly RecordType[];
}

/** A deal pipeline; those that sync are named "Salesforce - [record type]". */
export interface HubSpotPipeline {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly { readonly id: string; readonly label: string }[];
}

export interface HubSpotOwner {
  readonly id: string;
  readonly email: string | null;
  readonly archived: boolean;
}

export interface SalesforceUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
  readonly userType: string;
}
