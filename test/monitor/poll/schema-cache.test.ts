import { describe, expect, test } from "vitest";
import { SchemaCache } from "../../../src/monitor/poll/schema.ts";

const AT = new Date(Date.UTC(2026, 0, 1));
const PIPELINE = { id: "7", label: "Salesforce - Sales", stages: [{ id: "1", label: "Open" }] };
/** As PostgreSQL's jsonb gives it back: shorter keys first. */
const STORED = { at: AT.toISOString(), value: [{ id: "7", stages: [{ label: "Open", id: "1" }], label: "Salesforce - Sales" }] };

describe("the settings that are kept from poll to poll", () => {
  test("haven't changed when only the order of their keys has, as in the database", () => {
    const cache = new SchemaCache({ "hubspot:pipelines": STORED });
    cache.put("hubspot:pipelines", [PIPELINE], AT);
    expect(cache.changed).toBe(false);
  });

  test("have changed when a value has, or the order of a list", () => {
    const renamed = new SchemaCache({ "hubspot:pipelines": STORED });
    renamed.put("hubspot:pipelines", [{ ...PIPELINE, stages: [{ id: "1", label: "Open now" }] }], AT);
    expect(renamed.changed).toBe(true);

    const other = { ...PIPELINE, id: "8" };
    const moved = new SchemaCache({});
    moved.put("hubspot:pipelines", [PIPELINE, other], AT);
    expect(moved.changed).toBe(false);
    moved.put("hubspot:pipelines", [other, PIPELINE], AT);
    expect(moved.changed).toBe(true);
  });
});
