/** A decimal number written out: no sign for zero, no exponent, no leading or trailing zeros. */
export type Decimal = string & { readonly decimal: true };

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/** Reads `12`, `12.50`, `1.2E3`, `1,200.00`; null where it is no number. Exact, whatever the number of digits. */
export function readDecimal(value: string | number): Decimal | null {
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  const text = String(value).trim();
  const match = PLAIN.exec(GROUPED.test(text) ? text.replaceAll(",", "") : text);
  if (match === null || `${match[2]}${match[3] ?? ""}` === "") return null;
  const exponent = Number(match[4] ?? 0);
  const fraction = match[3] ?? "";
  const digits = `${match[2]}${fraction}`;
  const point = (match[2] ?? "").length + exponent;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "";
  const rest = point >= 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  return canonical(match[1] === "-", whole, rest);
}

function canonical(negative: boolean, whole: string, fraction: string): Decimal {
  const before = whole.replace(/^0+/, "") || "0";
  const after = fraction.replace(/0+$/, "");
  const size = after === "" ? before : `${before}.${after}`;
  return (negative && size !== "0" ? `-${size}` : size) as Decimal;
}

/** Digits before the point. */
export function wholeDigits(decimal: Decimal): number {
  return (decimal.replace("-", "").split(".")[0] ?? "").replace(/^0+/, "").length;
}

export function fractionDigits(decimal: Decimal): number {
  return decimal.split(".")[1]?.length ?? 0;
}

/** Rounded half away from zero to `scale` digits after the point, as Salesforce stores numbers. */
export function roundDecimal(decimal: Decimal, scale: number): Decimal {
  const negative = decimal.startsWith("-");
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  if (fraction.length <= scale) return decimal;
  const digits = BigInt(whole + fraction.slice(0, scale)) + (Number(fraction[scale]) >= 5 ? 1n : 0n);
  const text = digits.toString().padStart(scale + 1, "0");
  return canonical(negative, text.slice(0, text.length - scale), scale === 0 ? "" : text.slice(-scale));
}

/** Whether two decimals are the same number, or the same double where there are more digits than a double holds. */
export function sameDecimal(left: Decimal, right: Decimal): boolean {
  if (left === right) return true;
  const digits = Math.max(...[left, right].map((decimal) => decimal.replaceAll(/[-.]/g, "").replace(/^0+/, "").length));
  return digits > 15 && Number(left) === Number(right);
}
