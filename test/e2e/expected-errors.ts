/** What Slack says of the errors that each scenario makes. */
export interface ExpectedError {
  readonly label: string;
  readonly category: string;
  /** How many records, where it isn't as many as the scenario touches by itself. */
  readonly count?: number;
  /** What was seen: code, message, field, rule, trigger, option, owner, stage, account. */
  readonly evidence: readonly (string | RegExp)[];
  /** What somebody can do with these very names in it. */
  readonly advice: readonly (string | RegExp)[];
  /** What stands beside each record; null where the error has none. */
  readonly value: RegExp | null;
  /** HubSpot has no such record yet, so that there is nothing to touch. */
  readonly onlyInSalesforce?: boolean;
  /** The scenario of the same cause whose error has these records too. */
  readonly sameErrorAs?: string;
}

/** By the scenario's id: one entry for each `error/` scenario of the sandbox. They are all made in one world. */
export const EXPECTED_ERRORS: Readonly<Record<string, ExpectedError>> = {
  "error/associations/waiting-for-account": {
    label: "Waiting for account to sync",
    category: "Associations",
    evidence: ["Salesforce to HubSpot", "`AccountId`", /No HubSpot company is linked to Salesforce's account .+ \(001\w{15}\)/],
    advice: [/Import the account “.+” \(001\w{15}\) into HubSpot/],
    value: /^001\w{15}$/,
    onlyInSalesforce: true,
  },
  "error/custom-code/salesforce-automation": {
    label: "Salesforce automation",
    category: "Custom code",
    evidence: ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "ContactRoutingTrigger", "System.NullPointerException"],
    advice: ["Have a developer look at the trigger “ContactRoutingTrigger” on Contact"],
    value: null,
  },
  "error/custom-code/custom-validation-rule": {
    count: 12,
    label: "Salesforce custom field validation rule",
    category: "Custom code",
    evidence: [
      "HubSpot to Salesforce",
      "HubSpot property `phone` · Salesforce field `Phone`",
      "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      "Phone must start with a country code, such as +47",
      "That is the validation rule Phone_With_Country_Code",
    ],
    advice: ["satisfy the validation rule “Phone_With_Country_Code” on Contact", "exempt the integration user in its formula"],
    value: /^22 1\d{7}$/,
  },
  "error/duplicates/email-already-in-use": {
    label: "Email already in use",
    category: "Duplicates",
    evidence: [/The email \S+@\S+ belongs to HubSpot's contact \d+, which is linked to Salesforce's Contact 003\w{15}/],
    advice: [/Decide whom \S+@\S+ belongs to: HubSpot contact \d+/],
    value: /^\S+@\S+$/,
    onlyInSalesforce: true,
  },
  "error/duplicates/salesforce-duplicate-rule": {
    label: "Salesforce duplicate rule",
    category: "Duplicates",
    evidence: ["DUPLICATES_DETECTED", /The duplicate rule Contacts_With_Same_Phone found 003\w{15}/],
    advice: [/003\w{15}/, /let the duplicate rule “Contacts.With.Same.Phone”/i],
    value: null,
  },
  "error/permissions/field-permission": {
    label: "Salesforce field permission",
    category: "Permissions",
    evidence: [
      "HubSpot property `rating` · Salesforce field `Rating`",
      /can't be written by the integration user|INVALID_FIELD_FOR_INSERT_UPDATE/,
    ],
    advice: [/Give the integration user read and edit access to .*Rating.* on Lead by field-level security/],
    value: /^Hot$/,
  },
  "error/picklists/restricted-picklist-value": {
    label: "Restricted picklist value",
    category: "Picklists",
    evidence: ["HubSpot property `customer_tier` · Salesforce field `Customer_Tier__c`", "Platinum"],
    advice: [/Add the option “Platinum” to .*Customer Tier.* on Contact/],
    value: /^Platinum$/,
  },
  "error/picklists/missing-picklist-option": {
    label: "Missing Salesforce picklist option",
    category: "Picklists",
    evidence: [
      "HubSpot property `customer_tier` · Salesforce field `Customer_Tier__c`",
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      "The record's record type, Partner, doesn't take Gold",
    ],
    advice: [/Allow the option “Gold” of .*Customer Tier.* on Contact for the record type “Partner” in Salesforce/],
    value: /^Gold$/,
  },
  "error/picklists/state-country-mismatch": {
    label: "Mismatched state or country value",
    category: "Picklists",
    evidence: ["HubSpot property `state` · Salesforce field `MailingState`", /has "Ontario" for another country, not for \w+/],
    advice: [/Correct the state “Ontario” or the country “\w+” on the HubSpot records/],
    value: /^Ontario$/,
  },
  "error/property-values/missing-required-country": {
    label: "Missing required country",
    category: "Property values",
    evidence: [
      "HubSpot property `country` · Salesforce field `MailingCountry`",
      /is blank beside the state ".+", which needs a country/,
    ],
    advice: [/Fill in the country \(MailingCountry\) on the HubSpot records that have a state, such as “.+”/],
    value: null,
  },
  "error/picklists/inactive-owner": {
    label: "Inactive Salesforce owner",
    category: "Picklists",
    evidence: ["Salesforce field `OwnerId`", /INACTIVE_OWNER_OR_USER|inactive Salesforce user/],
    advice: ["Give the records of Sara Lund to an active user in HubSpot, or activate Sara Lund in Salesforce"],
    value: /^005\w{15}$/,
  },
  "error/picklists/missing-or-invalid-stage": {
    label: "Missing or invalid opportunity stage",
    category: "Picklists",
    evidence: ["Salesforce to HubSpot", '"Legal Review" is no stage of the HubSpot pipeline'],
    advice: ["Add the stage “Legal Review” to the pipeline “Salesforce - New Business”"],
    value: /^Legal Review$/,
  },
  "error/property-values/string-too-long": {
    label: "String too long",
    category: "Property values",
    evidence: ["HubSpot property `jobtitle` · Salesforce field `Title`", "takes 128 characters"],
    advice: [/Shorten the text to 128 characters: .*Title/],
    value: /^Deputy Deputy/,
  },
  "error/property-values/missing-required-value": {
    label: "Missing required value",
    category: "Property values",
    evidence: [
      "HubSpot property `sales_region` · Salesforce field `Sales_Region__c`",
      /is required and would be empty|REQUIRED_FIELD_MISSING/,
    ],
    advice: [/Fill in .*Sales Region.* on Contact/],
    value: null,
  },
  "error/property-mappings/missing-salesforce-id": {
    label: "Missing Salesforce ID",
    category: "Property mappings",
    evidence: [
      "HubSpot property `referred_by` · Salesforce field `Referred_By__c`",
      /Salesforce's Referred By takes IDs of Contact; "Nora Solberg \d+" is no ID/,
    ],
    advice: [/Put the 18-character ID of the Contact into the HubSpot property .*Referred By \(Referred_By__c\)/],
    value: /^Nora Solberg \d+$/,
  },
  "error/property-mappings/invalid-salesforce-id": {
    label: "Invalid Salesforce ID",
    category: "Property mappings",
    evidence: [
      "HubSpot property `referred_by` · Salesforce field `Referred_By__c`",
      /Salesforce's Referred By takes IDs of Contact; "\w{18}" is (one of Account|no ID that Salesforce has given)/,
    ],
    advice: [/Correct the ID in the HubSpot property .*Referred By \(Referred_By__c\): it takes IDs of Contact records/],
    value: /^00[13]\w{15}$/,
  },
  "error/custom-code/salesforce-flow": {
    label: "Salesforce flow",
    category: "Custom code",
    evidence: ["CANNOT_EXECUTE_FLOW_TRIGGER", /Deal.Desk.Review/, "The flow didn't find any"],
    advice: [/Open the flow “Deal.Desk.Review” on Opportunity/],
    value: null,
  },
  "error/permissions/insufficient-access": {
    label: "Insufficient Salesforce access",
    category: "Permissions",
    evidence: ["ENTITY_IS_LOCKED"],
    advice: ["edit access to Opportunity records", "locked by an approval process"],
    value: null,
  },
  "error/associations/association-limit-reached": {
    label: "Association limit reached",
    category: "Associations",
    evidence: [
      "Salesforce to HubSpot",
      "`AccountId`",
      /HubSpot's company .+ \(\d+\) has \d+ contacts, the most that HubSpot allows/,
    ],
    advice: [
      /Remove associations that are no longer needed from the company .+ \(it has the most that HubSpot allows: \d+ contacts\)/,
    ],
    value: /^001\w{15}$/,
    onlyInSalesforce: true,
  },
  "error/associations/association-limit-reached/contact": {
    label: "Association limit reached",
    category: "Associations",
    evidence: [
      "Salesforce to HubSpot",
      "`AccountId`",
      /HubSpot's contact .+ \(\d+\) has 1 company, the most that an admin of the account's has allowed/,
    ],
    advice: ["Raise the limit that an admin has set (1 company) in HubSpot: Settings, Objects, Contacts, Associations"],
    value: /^001\w{15}$/,
  },
  "error/picklists/option-limit-exceeded/hubspot-to-salesforce": {
    label: "Option limit exceeded",
    category: "Picklists",
    evidence: [
      "HubSpot to Salesforce",
      "HubSpot property `topics` · Salesforce field `Topics__c`",
      /Salesforce's Topics takes 100 options at once; the value has 1[01]\d/,
    ],
    advice: [/Take options out of the field Topics \(Topics__c\) on Contact in HubSpot: .* takes at most 100 at once/],
    value: /^Topic 1;Topic 2;/,
  },
  "error/picklists/option-limit-exceeded": {
    label: "Option limit exceeded",
    category: "Picklists",
    evidence: [
      "HubSpot property `last_event` · Salesforce field `Last_Event__c`",
      /HubSpot's Last event has no option "Roadshow \d+" and can't get it: it has 5,000 options/,
    ],
    advice: ["Delete options that no record uses from the property Last event (at most 5000)"],
    value: /^Roadshow \d+$/,
  },
  "error/picklists/default-sales-process-unavailable": {
    label: "Default sales process unavailable",
    category: "Picklists",
    evidence: ["Salesforce field `RecordTypeId`", "The opportunity has no record type", "New Business"],
    advice: ["Give the opportunities a record type in Salesforce (New Business)"],
    value: null,
    onlyInSalesforce: true,
  },
  "error/property-values/invalid-email": {
    label: "Invalid email",
    category: "Property values",
    evidence: ["HubSpot property `email` · Salesforce field `Email`", /doesn't take "ola\.\.nordmann|INVALID_EMAIL_ADDRESS/],
    advice: [/Correct the address in .*Email/],
    value: /^ola\.\.nordmann\.\d+@mobile\.example$/,
  },
  "error/property-values/restricted-unique-value": {
    label: "Restricted unique value",
    category: "Property values",
    evidence: ["DUPLICATE_VALUE", "Salesforce field `Customer_Number__c`"],
    advice: [/must be unique/],
    value: /./,
  },
  "error/custom-code/missing-contact-id": {
    label: "Missing contact ID",
    category: "Custom code",
    evidence: ["HubSpot to Salesforce", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "TaskCampaignTrigger", "REQUIRED_FIELD_MISSING"],
    advice: [
      /Sync the HubSpot contact to a Salesforce contact first \(ContactId is required\)/,
      "let the trigger “TaskCampaignTrigger” leave leads out",
    ],
    value: null,
  },
  "error/property-values/owner-assignment": {
    label: "Owner assignment",
    category: "Property values",
    evidence: ["HubSpot property `hubspot_owner_id` · Salesforce field `OwnerId`", "OP_WITH_INVALID_USER_TYPE_EXCEPTION"],
    advice: [/the queue “Inbound Leads”/],
    value: /^00G\w{15}$/,
  },
  "error/permissions/insufficient-access-or-missing-record": {
    label: "Insufficient access or missing Salesforce record",
    category: "Permissions",
    evidence: [
      "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
      /The integration user finds no Contact \(003\w{15}\), not in the Recycle Bin either: it may not see it/,
    ],
    advice: [/Look for Contact \(003\w{15}\) as a Salesforce admin: if it is there, share it with the integration user/],
    value: null,
  },
  "error/custom-code/custom-validation-rule/lookup-filter": {
    label: "Salesforce custom field validation rule",
    category: "Custom code",
    evidence: [
      "HubSpot to Salesforce",
      "HubSpot property `referred_by` · Salesforce field `Referred_By__c`",
      "FIELD_FILTER_VALIDATION_EXCEPTION",
      "That is the lookup filter of Referred By",
    ],
    advice: [
      /Choose a record that the lookup filter of the field Referred By \(Referred_By__c\) on Contact lets through, unlike 003\w{15}/,
      "change the filter's criteria in Salesforce",
    ],
    value: /^003\w{15}$/,
  },
  "error/duplicates/email-already-in-use/additional": {
    label: "Email already in use",
    category: "Duplicates",
    evidence: [
      /The email private\.\d+@home\.example belongs as an additional email beside \S+@\S+ to HubSpot's contact \d+, which is linked to Salesforce's Contact 003\w{15}/,
    ],
    advice: ["Merge the two records in Salesforce if they are the same person, or correct the email on one of them"],
    value: /^private\.\d+@home\.example$/,
    sameErrorAs: "error/duplicates/email-already-in-use",
  },
  "error/picklists/missing-picklist-option/dependent": {
    label: "Missing Salesforce picklist option",
    category: "Picklists",
    evidence: [
      "HubSpot to Salesforce",
      "HubSpot property `support_level` · Salesforce field `Support_Level__c`",
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      "It depends on Customer Tier, which is Bronze on the record",
    ],
    advice: [
      "Choose another option than “Dedicated” for the field Support Level (Support_Level__c) on Contact in HubSpot",
      "it can't be used where Customer Tier (Customer_Tier__c) is “Bronze”",
    ],
    value: /^Dedicated$/,
  },
  "error/picklists/state-country-mismatch/misspelt": {
    label: "Mismatched state or country value",
    category: "Picklists",
    evidence: [
      "HubSpot property `country` · Salesforce field `MailingCountry`",
      /FIELD_INTEGRITY_EXCEPTION|has no "Deutschland"/,
    ],
    advice: ["Write “Deutschland” in HubSpot as Salesforce's State and Country picklists spell it"],
    value: /^Deutschland$/,
  },
  "error/picklists/options-mismatch": {
    label: "Mismatched options",
    category: "Picklists",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `product_interest` · Salesforce field `Product_Interest__c`",
      'HubSpot\'s Product interest has no active option "Platform"',
    ],
    advice: ["Add the option “Platform” to the property Product interest, with Salesforce's API name as its internal value"],
    value: /^Platform$/,
  },
  "error/picklists/owners-not-synced": {
    label: "Salesforce owners not synced",
    category: "Picklists",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `hubspot_owner_id` · Salesforce field `OwnerId`",
      /The owner Field Agent \(field\.agent@\S+\) has no counterpart in HubSpot/,
    ],
    advice: [/Invite Field Agent to HubSpot with the same email, field\.agent@\S+, or give the records to somebody/],
    value: /^005\w{15}$/,
  },
  "error/picklists/owners-not-synced/user-type": {
    label: "Salesforce owners not synced",
    category: "Picklists",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `hubspot_owner_id` · Salesforce field `OwnerId`",
      /The owner Pat Portal \(partner\.portal\.\d+@\S+\) is a Salesforce user of type CspLitePortal, which HubSpot takes as no owner/,
    ],
    advice: ["Give the records of Pat Portal to another user: users of type CspLitePortal don't sync as owners"],
    value: /^005\w{15}$/,
  },
  "error/picklists/inactive-opportunity-stage": {
    label: "Inactive opportunity stage",
    category: "Picklists",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `dealstage` · Salesforce field `StageName`",
      "The stage Value Proposition is inactive in Salesforce",
    ],
    advice: ["Activate the stage “Value Proposition” in Salesforce, or move the opportunities to an active one"],
    value: /^Value Proposition$/,
  },
  "error/property-mappings/type-mismatch": {
    label: "Type mismatch",
    category: "Property mappings",
    evidence: [
      "HubSpot to Salesforce",
      "HubSpot property `annualrevenue` · Salesforce field `AnnualRevenue`",
      /Salesforce's Annual Revenue doesn't take "about two million" \(wrong type\)|JSON_PARSER_ERROR/,
    ],
    advice: ["Map the field Annual Revenue (AnnualRevenue) on Lead to a property of the same type (number)"],
    value: /^about two million$/,
  },
  "error/property-mappings/type-mismatch/salesforce-to-hubspot": {
    label: "Type mismatch",
    category: "Property mappings",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `seats` · Salesforce field `Seats__c`",
      "HubSpot's Seats doesn't take \"about forty\" (wrong type)",
    ],
    advice: ["Map the field Seats (seats) to a property of the same type (number)"],
    value: /^about forty$/,
  },
  "error/property-values/invalid-email/salesforce-to-hubspot": {
    label: "Invalid email",
    category: "Property values",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `email` · Salesforce field `Email`",
      /HubSpot's Email doesn't take "\S+\.e" \(not an email\)/,
    ],
    advice: ["Correct the address in the field Email (email): no spaces, one @, a full domain"],
    value: /^\S+@\S+\.e$/,
  },
  "error/property-values/invalid-value": {
    label: "Invalid value",
    category: "Property values",
    evidence: [
      "HubSpot to Salesforce",
      "HubSpot property `health_score` · Salesforce field `Health_Score__c`",
      /Salesforce's Health Score doesn't take "12\d{3}": it is out of range|NUMBER_OUTSIDE_VALID_RANGE/,
    ],
    advice: [
      "Correct the value of the field Health Score (Health_Score__c) on Contact; it takes: at most 3 digits before the point",
    ],
    value: /^12\d{3}$/,
  },
  "error/property-values/invalid-value/salesforce-to-hubspot": {
    label: "Invalid value",
    category: "Property values",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `health_score` · Salesforce field `Health_Score__c`",
      /HubSpot's Health score takes at least 10 by a rule of the property's; the value is "\d"/,
    ],
    advice: ["Correct the value of the field Health score (health_score); it takes: at least 10"],
    value: /^\d$/,
  },
  "error/property-values/string-too-long/salesforce-to-hubspot": {
    label: "String too long",
    category: "Property values",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `meeting_notes` · Salesforce field `Meeting_Notes__c`",
      /HubSpot's Meeting notes takes 65,536 characters; the value has 67,\d{3}/,
    ],
    advice: ["Shorten the text to 65536 characters: the field Meeting notes (meeting_notes) holds no more"],
    value: /^\d+: So it was said\./,
  },
  "error/property-values/missing-required-value/salesforce-to-hubspot": {
    label: "Missing required value",
    category: "Property values",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `jobtitle` · Salesforce field `Title`",
      "HubSpot's Job Title is required and would be empty",
    ],
    advice: ["Fill in the field Job Title (jobtitle) on the records"],
    value: null,
  },
  "error/property-values/missing-required-value/new-in-hubspot": {
    label: "Missing required value",
    category: "Property values",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `phone` · Salesforce field `Phone`",
      "HubSpot's Phone Number is required of new contacts, and Salesforce's Phone is blank",
    ],
    advice: ["Fill in the field Phone Number (phone) on the records"],
    value: null,
    onlyInSalesforce: true,
  },
  "error/property-values/restricted-unique-value/salesforce-to-hubspot": {
    label: "Restricted unique value",
    category: "Property values",
    evidence: [
      "Salesforce to HubSpot",
      "HubSpot property `contract_number` · Salesforce field `Contract_Number__c`",
      /HubSpot's Contract number takes each value once, and \S+@\S+ \(\d+\) has "K-\d+"/,
    ],
    advice: [/Contract number \(contract_number\) must be unique and HubSpot's record \d+ \(\S+@\S+\) has the same value/],
    value: /^K-\d+$/,
  },
  "error/other/converted-lead": {
    label: "Other",
    category: "Other",
    evidence: [
      "HubSpot to Salesforce",
      "Salesforce answered CANNOT_UPDATE_CONVERTED_LEAD to the integration user: cannot reference converted lead",
    ],
    advice: ["Read the answer, CANNOT_UPDATE_CONVERTED_LEAD: cannot reference converted lead, and put right what it names"],
    value: null,
  },
  "error/other/owner-cannot-read": {
    label: "Other",
    category: "Other",
    evidence: [
      "HubSpot to Salesforce",
      "Salesforce answered TRANSFER_REQUIRES_READ to the integration user: The new owner must have read permission",
    ],
    advice: ["Read the answer, TRANSFER_REQUIRES_READ: The new owner must have read permission, and put right what it names"],
    value: null,
  },
};
