import { describe, expect, test } from "vitest";
import { Edge } from "../../../src/monitor/poll/watermark.ts";

const LAG_MS = 20_000;
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, seconds));

describe("the edge of what has been read", () => {
  test("goes back by the lag, and knows what it has read there", () => {
    const first = new Edge(undefined, LAG_MS);
    expect(first.isNew("a", at(0))).toBe(true);
    expect(first.isNew("b", at(30))).toBe(true);
    const mark = first.next(at(31));
    expect(mark.since).toBe(at(10).toISOString());

    const second = new Edge(mark, LAG_MS);
    expect(second.isNew("b", at(30))).toBe(false);
    expect(second.isNew("late", at(15))).toBe(true);
    expect(second.isNew("b", at(32))).toBe(true);
  });

  test("moves past the newest change once nothing can show up late, so that idle polls read nothing twice", () => {
    const busy = new Edge(undefined, LAG_MS);
    busy.isNew("a", at(0));
    const mark = busy.next(at(1));
    const soon = new Edge(mark, LAG_MS);
    soon.isNew("a", at(0));
    expect(soon.next(at(5))).toEqual(mark);
    const later = new Edge(mark, LAG_MS);
    later.isNew("a", at(0));
    expect(later.next(at(40))).toMatchObject({ since: new Date(at(0).getTime() + 1).toISOString(), seen: [] });
  });

  test("never goes back", () => {
    const mark = { since: at(50).toISOString(), seen: [] };
    const edge = new Edge(mark, LAG_MS);
    edge.isNew("a", at(51));
    expect(edge.next(at(52)).since).toBe(at(50).toISOString());
  });

  test("remembers a bounded number of records", () => {
    const edge = new Edge(undefined, LAG_MS);
    for (let id = 0; id < 300_000; id++) edge.isNew(String(id), at(id % 20));
    expect(edge.next(at(30)).seen.length).toBeLessThanOrEqual(100_000);
  });

  test("none of a mass update's records counts as new twice", () => {
    const edge = new Edge(undefined, LAG_MS);
    for (let id = 0; id < 30_000; id++) edge.isNew(String(id), at(id % 20));
    const again = new Edge(edge.next(at(21)), LAG_MS);
    expect(Array.from({ length: 30_000 }, (_, id) => id).filter((id) => again.isNew(String(id), at(id % 20)))).toEqual([]);
  });

  test("moves past changes long made, however many they are", () => {
    const edge = new Edge(undefined, LAG_MS);
    for (let id = 0; id < 30_000; id++) edge.isNew(String(id), at(id % 20));
    expect(edge.next(at(19 + 60))).toMatchObject({ since: new Date(at(19).getTime() + 1).toISOString(), seen: [] });
  });

  test("goes back no further than to where a change could still show up late", () => {
    const edge = new Edge(undefined, LAG_MS);
    edge.isNew("long ago", at(0));
    edge.isNew("of late", at(70));
    expect(edge.next(at(100)).since).toBe(at(50).toISOString());
    expect(edge.next(at(115)).since).toBe(at(55).toISOString());
  });
});
