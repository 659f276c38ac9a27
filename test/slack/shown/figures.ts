import fc from "fast-check";
import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorCategory, type SyncErrorType } from "../../../src/health/sync-errors.ts";
import type { Page } from "../../../src/monitor/monitor.ts";
import { SALESFORCE_OBJECTS, SYNCED_OBJECTS } from "../../../src/records/record.ts";

/** Zero, a million, and what lies between and beyond. */
export const number = fc.oneof(fc.constantFrom(0, 1, 2, 1_000_000), fc.nat(5), fc.nat(10_000_000));
export const moment = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
export const stamp = moment.map((at) => at.toISOString());
export const span = fc.oneof(fc.constantFrom(0, 999, 366 * 86_400_000), fc.nat(1_000_000_000));
export const direction = fc.constantFrom("hubspot-to-salesforce" as const, "salesforce-to-hubspot" as const);
export const system = fc.constantFrom("hubspot" as const, "salesforce" as const);
export const object = fc.constantFrom(...SYNCED_OBJECTS);
export const salesforceObject = fc.constantFrom(...SALESFORCE_OBJECTS);
export const errorId = fc.constantFrom("E7K3Q", "ZZZZZ");

export const CATEGORIES = Object.keys(SYNC_ERROR_TYPES_BY_CATEGORY) as readonly SyncErrorCategory[];
const typed: readonly { readonly category: SyncErrorCategory; readonly type: SyncErrorType }[] = CATEGORIES.flatMap((category) =>
  SYNC_ERROR_TYPES_BY_CATEGORY[category].map((type) => ({ category, type })),
);
export const category = fc.constantFrom(...CATEGORIES);
/** A type of sync error with its category. */
export const errorType = fc.constantFrom(...typed);
export const categories = fc.subarray([...CATEGORIES], { minLength: 1 });

export function maybe<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { nil: null });
}

/** A page from anywhere in up to a million. */
export function pageOf<Item>(items: fc.Arbitrary<Item>, most: number): fc.Arbitrary<Page<Item>> {
  const place = fc.constantFrom(0, 10, 999_000);
  return fc
    .record({ items: fc.array(items, { maxLength: most, size: "max" }), offset: place, more: fc.oneof(fc.nat(5), fc.nat(1_000)) })
    .map(({ items: shown, offset, more }) => ({ items: shown, offset, total: offset + shown.length + more }));
}
