import { codesBehind } from "../records/address.ts";
import { nearestWithin } from "../records/edit-distance.ts";
import { isEmail } from "../records/email.ts";
import { similarOption } from "../records/options.ts";
import { carriesOwner } from "../records/owner.ts";
import { hasBit } from "../records/picklist-dependency.ts";
import { isBlank } from "../records/text.ts";
import type { FixableError, FixableRecord, FixSides, FixWorld, Remedy } from "./remedy.ts";
import type { FixOption } from "./remedy-choices.ts";

/** A value that suggests itself for the input; null where none is certain enough. */
export function proposalFor(
  { before, part, input }: Pick<Remedy, "before" | "part" | "input">,
  error: FixableError,
  record: FixableRecord,
  sides: FixSides,
  world: FixWorld,
): string | null {
  const value = part ?? (isBlank(before) ? null : String(before));
  if (input.kind === "choice")
    return carriesOwner(sides.field, sides.property) ? null : chosen(input.options, value, error, record, sides, world);
  if (value === null) return null;
  if (input.isEmail) return mendedEmail(value);
  return error.type === "string-too-long" ? cut(value.trim(), input.maxLength) : null;
}

function chosen(
  options: readonly FixOption[],
  value: string | null,
  error: FixableError,
  record: FixableRecord,
  { field }: FixSides,
  { schemas }: FixWorld,
): string | null {
  const codes = codesBehind(field.name, schemas.salesforce[record.salesforceObject]);
  if (error.type === "missing-required-country") return countryOf(error.details.state, record, field.name, options, { schemas });
  if (value === null) return null;
  const { expected } = error.details;
  const byExpected = options.find((one) => one.value === expected || one.label === expected);
  const named = codes?.picklistValues.find((code) => code.value === value)?.label;
  const near = nearestWithin(
    value,
    options.map(({ label }) => label),
    Math.floor(value.length / 4),
  );
  const found =
    byExpected ??
    options.find((one) => named !== undefined && one.value === named) ??
    similarOption(value, options) ??
    options.find(({ label }) => near !== null && label === near);
  return found?.value ?? null;
}

/** The one country that has such a state. */
function countryOf(
  state: string | undefined,
  { salesforceObject }: FixableRecord,
  field: string,
  options: readonly FixOption[],
  { schemas }: Pick<FixWorld, "schemas">,
): string | null {
  const schema = schemas.salesforce[salesforceObject];
  const countries = codesBehind(field, schema)?.picklistValues ?? [];
  const states = codesBehind(field.replace(/Country$/, "State"), schema)?.picklistValues ?? [];
  const meant = states.filter(({ value, label }) => state !== undefined && (value === state || label === state));
  const having = countries.filter((_, place) => meant.some(({ validFor }) => validFor !== undefined && hasBit(validFor, place)));
  const [only, ...others] = having;
  return only !== undefined && others.length === 0 ? (options.find(({ value }) => value === only.label)?.value ?? null) : null;
}

/** The address with what surely isn't part of it taken off; null where that doesn't make it one. */
function mendedEmail(value: string): string | null {
  const mended = value
    .replaceAll(/[\s\u200b-\u200d\ufeff]+/gu, "")
    .replace(/^(?:mailto:)?<?/i, "")
    .replace(/[>,;.]+$/, "");
  return mended !== value && isEmail(mended) ? mended : null;
}

/** At most so many characters, without half a one at the end. */
function cut(text: string, limit: number): string {
  return text
    .slice(0, limit)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd();
}
