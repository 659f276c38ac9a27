import { describe, expect, test } from "vitest";
import { expectedBy } from "../../src/health/expected.ts";
import { ENGLISH } from "../../src/language/language.ts";
import { brokenRule } from "../../src/records/property-rules.ts";

describe("a HubSpot property's rules", () => {
  test.each<[type: string, argument: string, value: string | null, expected: string | null]>([
    ["MIN_NUMBER", "10", "9.5", "at least 10"],
    ["MIN_NUMBER", "10", "10", null],
    ["MIN_NUMBER", "10", "many", null],
    ["MAX_NUMBER", "100", "1e3", "at most 100"],
    ["MIN_LENGTH", "4", "123", "at least 4 characters"],
    ["MIN_LENGTH", "1", null, "at least 1 character"],
    ["MIN_LENGTH", "0", null, null],
    ["MAX_LENGTH", "2", "abc", "at most 2 characters"],
    ["ALPHANUMERIC", "NUMERIC_ONLY", "12a", "digits alone"],
    ["ALPHANUMERIC", "SOMETHING_NEW", "12 a", null],
    ["PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE", "", "22 10 20 30", "a phone number with its country code, such as +47"],
    ["PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE", "", "+47 22 10 20 30", null],
    ["START_DATE", "2026-01-01", "2025-12-31", "a date from 2026-01-01 on"],
    ["END_DATE", "2026-01-01", "2025-12-31", null],
    ["REGEX", "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaab", null],
    ["MAX_NUMBER", "100", null, null],
  ])("%s %s on %j", (type, argument, value, expected) => {
    const broken = brokenRule([{ type, arguments: [argument] }], value);
    const words = broken && expectedBy({ rule: broken.type, bound: broken.bound });
    expect(words ? ENGLISH.render(words) : null).toBe(expected);
    expect(broken?.isRequired ?? false).toBe(expected !== null && value === null);
  });
});
