/** Options that several standard properties share. */

/** HubSpot's `lifecyclestage`, in its order. */
export const LIFECYCLE_STAGES = [
  ["subscriber", "Subscriber"],
  ["lead", "Lead"],
  ["marketingqualifiedlead", "Marketing Qualified Lead"],
  ["salesqualifiedlead", "Sales Qualified Lead"],
  ["opportunity", "Opportunity"],
  ["customer", "Customer"],
  ["evangelist", "Evangelist"],
  ["other", "Other"],
] as const;

export const LEAD_STATUSES = [
  ["NEW", "New"],
  ["OPEN", "Open"],
  ["IN_PROGRESS", "In Progress"],
  ["OPEN_DEAL", "Open Deal"],
  ["UNQUALIFIED", "Unqualified"],
  ["ATTEMPTED_TO_CONTACT", "Attempted to Contact"],
  ["CONNECTED", "Connected"],
  ["BAD_TIMING", "Bad Timing"],
] as const;

export const LEAD_SOURCES = [
  ["Web", "Web"],
  ["Phone Inquiry", "Phone Inquiry"],
  ["Partner Referral", "Partner Referral"],
  ["Purchased List", "Purchased List"],
  ["Other", "Other"],
] as const;

export const RATINGS = [
  ["Hot", "Hot"],
  ["Warm", "Warm"],
  ["Cold", "Cold"],
] as const;

/** A part of HubSpot's `industry` of companies. */
export const INDUSTRIES = [
  "ACCOUNTING",
  "AIRLINES_AVIATION",
  "AUTOMOTIVE",
  "BANKING",
  "BIOTECHNOLOGY",
  "CHEMICALS",
  "COMPUTER_SOFTWARE",
  "CONSTRUCTION",
  "CONSUMER_GOODS",
  "EDUCATION_MANAGEMENT",
  "ELECTRICAL_ELECTRONIC_MANUFACTURING",
  "FINANCIAL_SERVICES",
  "FOOD_BEVERAGES",
  "HOSPITAL_HEALTH_CARE",
  "HOSPITALITY",
  "INFORMATION_TECHNOLOGY_AND_SERVICES",
  "INSURANCE",
  "INTERNET",
  "LAW_PRACTICE",
  "LOGISTICS_AND_SUPPLY_CHAIN",
  "MACHINERY",
  "MANAGEMENT_CONSULTING",
  "MARKETING_AND_ADVERTISING",
  "MEDIA_PRODUCTION",
  "OIL_ENERGY",
  "PHARMACEUTICALS",
  "REAL_ESTATE",
  "RETAIL",
  "TELECOMMUNICATIONS",
  "TRANSPORTATION_TRUCKING_RAILROAD",
  "UTILITIES",
  "WHOLESALE",
] as const;

export const COMPANY_TYPES = ["PROSPECT", "PARTNER", "RESELLER", "VENDOR", "OTHER"] as const;

export const DEAL_TYPES = [
  ["newbusiness", "New Business"],
  ["existingbusiness", "Existing Business"],
] as const;

export const DEAL_PRIORITIES = ["low", "medium", "high"] as const;

export const TASK_STATUSES = [
  ["NOT_STARTED", "Not started"],
  ["IN_PROGRESS", "In progress"],
  ["WAITING", "Waiting"],
  ["COMPLETED", "Completed"],
  ["DEFERRED", "Deferred"],
] as const;

export const TASK_PRIORITIES = [
  ["NONE", "None"],
  ["LOW", "Low"],
  ["MEDIUM", "Medium"],
  ["HIGH", "High"],
] as const;

export const TASK_TYPES = [
  ["TODO", "To-do"],
  ["CALL", "Call"],
  ["EMAIL", "Email"],
] as const;
