/** Standard picklists as a new org has them. */
export const LEAD_SOURCES = ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];
export const SALUTATIONS = ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."];
export const RATINGS = ["Hot", "Warm", "Cold"];
/** The status that a conversion gives a lead, as in a new org. */
export const LEAD_STATUS_CONVERTED = "Closed - Converted";
export const LEAD_STATUSES = ["Open - Not Contacted", "Working - Contacted", LEAD_STATUS_CONVERTED, "Closed - Not Converted"];
export const ACCOUNT_TYPES = [
  "Prospect",
  "Customer - Direct",
  "Customer - Channel",
  "Channel Partner / Reseller",
  "Installation Partner",
  "Technology Partner",
  "Other",
];
export const OPPORTUNITY_TYPES = [
  "Existing Customer - Upgrade",
  "Existing Customer - Replacement",
  "Existing Customer - Downgrade",
  "New Customer",
];
export const TASK_STATUSES = ["Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred"];
export const CAMPAIGN_STATUSES = ["Planned", "In Progress", "Completed", "Aborted"];
export const CAMPAIGN_TYPES = ["Conference", "Webinar", "Trade Show", "Email", "Advertisement", "Direct Mail", "Other"];

export const INDUSTRIES = [
  "Agriculture",
  "Apparel",
  "Banking",
  "Biotechnology",
  "Chemicals",
  "Communications",
  "Construction",
  "Consulting",
  "Education",
  "Electronics",
  "Energy",
  "Engineering",
  "Entertainment",
  "Environmental",
  "Finance",
  "Food & Beverage",
  "Government",
  "Healthcare",
  "Hospitality",
  "Insurance",
  "Machinery",
  "Manufacturing",
  "Media",
  "Not For Profit",
  "Recreation",
  "Retail",
  "Shipping",
  "Technology",
  "Telecommunications",
  "Transportation",
  "Utilities",
  "Other",
];

/** The stages of a new org with probability and what they mean for the forecast. */
export const OPPORTUNITY_STAGES = [
  { name: "Prospecting", probability: 10, closed: false, won: false },
  { name: "Qualification", probability: 10, closed: false, won: false },
  { name: "Needs Analysis", probability: 20, closed: false, won: false },
  { name: "Value Proposition", probability: 50, closed: false, won: false },
  { name: "Id. Decision Makers", probability: 60, closed: false, won: false },
  { name: "Perception Analysis", probability: 70, closed: false, won: false },
  { name: "Proposal/Price Quote", probability: 75, closed: false, won: false },
  { name: "Negotiation/Review", probability: 90, closed: false, won: false },
  { name: "Closed Won", probability: 100, closed: true, won: true },
  { name: "Closed Lost", probability: 0, closed: true, won: false },
] as const;
