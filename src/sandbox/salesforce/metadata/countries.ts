export interface Country {
  /** ISO 3166-1. */
  readonly code: string;
  readonly name: string;
  /** By their ISO 3166-2 codes without the country's. A country without states takes none. */
  readonly states: Readonly<Record<string, string>>;
}

/** The org's State and Country/Territory Picklists: some of those that a new org has, and what its admins have added. */
export const COUNTRIES: readonly Country[] = [
  {
    code: "AU",
    name: "Australia",
    states: { NSW: "New South Wales", QLD: "Queensland", VIC: "Victoria", WA: "Western Australia" },
  },
  { code: "CA", name: "Canada", states: { AB: "Alberta", BC: "British Columbia", ON: "Ontario", QC: "Quebec" } },
  { code: "DK", name: "Denmark", states: { "84": "Hovedstaden", "83": "Syddanmark" } },
  { code: "FR", name: "France", states: { ARA: "Auvergne-Rhône-Alpes", IDF: "Île-de-France" } },
  { code: "DE", name: "Germany", states: { BY: "Bavaria", BE: "Berlin", HH: "Hamburg" } },
  { code: "IE", name: "Ireland", states: { C: "Connacht", L: "Leinster", M: "Munster", U: "Ulster" } },
  { code: "JP", name: "Japan", states: {} },
  { code: "NL", name: "Netherlands", states: { NH: "Noord-Holland", UT: "Utrecht" } },
  { code: "NO", name: "Norway", states: { "03": "Oslo", "46": "Vestland", "55": "Troms" } },
  { code: "PL", name: "Poland", states: { "12": "Lesser Poland", "14": "Mazovia" } },
  { code: "ES", name: "Spain", states: {} },
  { code: "SE", name: "Sweden", states: { AB: "Stockholm", O: "Västra Götaland" } },
  { code: "GB", name: "United Kingdom", states: {} },
  {
    code: "US",
    name: "United States",
    states: {
      CA: "California",
      CO: "Colorado",
      FL: "Florida",
      IL: "Illinois",
      MA: "Massachusetts",
      NY: "New York",
      OR: "Oregon",
      TX: "Texas",
      WA: "Washington",
    },
  },
];
