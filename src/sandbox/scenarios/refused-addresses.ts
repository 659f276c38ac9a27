import { ImpossibleScenario, type LinkedRecord, type Play } from "./play.ts";
import type { Scenario } from "./scenario.ts";

/** Errors of states and countries, which Salesforce keeps lists of. */
export const ADDRESS_SCENARIOS: readonly Scenario[] = [
  {
    id: "error/picklists/state-country-mismatch",
    title: "State of another country",
    story:
      "A form asks everybody for a province of Canada; people elsewhere choose Ontario, which Salesforce doesn't list there.",
    count: 3,
    make(play, count) {
      const records = ofOneCountry(play, count);
      for (const { hubspot } of records) play.editHubSpot(hubspot, { state: "Ontario" });
      return () => {
        for (const { hubspot } of records) play.editHubSpot(hubspot, { state: hubspot.properties.state ?? null });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/state-country-mismatch/misspelt",
    title: "Country that isn't listed",
    story: "A trade fair's list is imported into HubSpot with the country in another language than Salesforce has it.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count, (_, fields) => fields.MailingCountry !== null);
      for (const { hubspot } of records) play.editHubSpot(hubspot, { country: "Deutschland" });
      return () => {
        for (const { hubspot } of records) play.editHubSpot(hubspot, { country: hubspot.properties.country ?? null });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/property-values/missing-required-country",
    title: "State without a country",
    story: "An import empties the country of contacts in HubSpot and leaves the state.",
    count: 3,
    make(play, count) {
      const hasBoth = ({ MailingState: state, MailingCountry: country }: Readonly<Record<string, unknown>>) =>
        Boolean(state && country);
      const records = play.linked("Contact", count, (_, fields) => hasBoth(fields));
      for (const { hubspot } of records) play.editHubSpot(hubspot, { country: "" });
      return () => {
        for (const { hubspot } of records) play.editHubSpot(hubspot, { country: hubspot.properties.country ?? null });
        play.giveBack(records);
      };
    },
  },
];

/** Contacts of the country that most contacts are in. */
function ofOneCountry(play: Play, count: number): readonly LinkedRecord[] {
  const numbers = new Map<string, number>();
  for (const { fields } of play.world.org.records("Contact")) {
    const country = String(fields.MailingCountry ?? "");
    if (country !== "" && country !== "Canada") numbers.set(country, (numbers.get(country) ?? 0) + 1);
  }
  for (const [country] of [...numbers].toSorted(([, one], [, other]) => other - one)) {
    try {
      return play.linked("Contact", count, (_, fields) => fields.MailingCountry === country);
    } catch (error) {
      if (!(error instanceof ImpossibleScenario)) throw error;
    }
  }
  throw new ImpossibleScenario(`No country of this world has ${count} free contacts`);
}
