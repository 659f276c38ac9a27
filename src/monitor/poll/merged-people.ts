import { salesforceLink } from "../../records/pairing.ts";
import { type HubSpotRecord, LINK_PROPERTIES, type LinkedObject, MERGED_IDS_PROPERTY } from "../../records/record.ts";
import { longId, objectOfId } from "../../records/salesforce-id.ts";
import type { Connection } from "../context.ts";

export interface Link {
  readonly object: LinkedObject;
  readonly id: string;
}

/** A record that was merged into one that was merged in turn: so many steps are followed, a Salesforce call each. */
const MOST_STEPS = 3;

/**
 * By id: the contact or lead that each of these has become in Salesforce, where what was about it is now. One that was not merged
 * is left out. One call, another one for each time that merged records were merged again.
 */
export async function keptInMerges({ salesforce }: Connection, ids: readonly string[]): Promise<ReadonlyMap<string, Link>> {
  const kept = new Map<string, Link>();
  let open = new Map(ids.map((id) => [longId(id), [id]]));
  for (let step = 0; step < MOST_STEPS && open.size > 0; step++) {
    const traces = await salesforce.traces([...open.keys()]);
    const next = new Map<string, string[]>();
    for (const [id, origins] of open) {
      const into = traces.get(id)?.mergedInto;
      const object = into ? objectOfId(into) : null;
      if (!into || object === null || !isPerson(object)) continue;
      for (const origin of origins) kept.set(origin, { object, id: into });
      next.set(longId(into), [...(next.get(longId(into)) ?? []), ...origins]);
    }
    open = next;
  }
  return kept;
}

function isPerson(object: string): object is "Contact" | "Lead" {
  return object === "Contact" || object === "Lead";
}

/** What a contact has of those that were merged into it. */
export interface Inherited {
  /** The Salesforce records that they were linked to, without its own. They stay as they were, with all that is about them. */
  readonly partners: readonly Link[];
  /** When one was merged into it last; null where HubSpot doesn't show it. */
  readonly mergedAt: Date | null;
}

/** By contact, of those that others were merged into. Costs a HubSpot call for 50 of them. */
export async function inheritedBy(
  { hubspot }: Connection,
  contacts: readonly HubSpotRecord[],
): Promise<ReadonlyMap<string, Inherited>> {
  const merged = contacts.filter(({ properties }) => Boolean(properties[MERGED_IDS_PROPERTY]));
  if (merged.length === 0) return new Map();
  const objects = ["Contact", "Lead"] as const satisfies readonly LinkedObject[];
  const histories = await hubspot.histories(
    "contacts",
    merged.map(({ id }) => id),
    [...objects.map((object) => LINK_PROPERTIES[object]), MERGED_IDS_PROPERTY],
  );
  return new Map(
    merged.map((contact) => {
      const history = histories.get(contact.id) ?? {};
      const own = salesforceLink(contact)?.id;
      const partners = objects.flatMap((object) =>
        [...new Set((history[LINK_PROPERTIES[object]] ?? []).map(({ value }) => value))]
          .filter((value) => value !== "" && value !== own)
          .map((value) => ({ object, id: value })),
      );
      return [contact.id, { partners, mergedAt: history[MERGED_IDS_PROPERTY]?.[0]?.at ?? null }];
    }),
  );
}
