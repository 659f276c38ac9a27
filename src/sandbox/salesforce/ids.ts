const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECK_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const ID = /^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/;

/** The three characters that make a case-sensitive id of 15 safe where case gets lost: one bit for each capital. */
export function checksum(id: string): string {
  let suffix = "";
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let place = 0; place < 5; place++) {
      const character = id.charAt(block + place);
      if (character >= "A" && character <= "Z") bits |= 1 << place;
    }
    suffix += CHECK_DIGITS.charAt(bits);
  }
  return suffix;
}

/** The number-th id (18 characters) with a key prefix, on the pod that the sandbox's org lives on. */
export function makeId(prefix: string, number: number): string {
  let digits = "";
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) digits = DIGITS.charAt(rest % 62) + digits;
  const id = `${prefix}gK0${digits.padStart(9, "0")}`;
  return id + checksum(id);
}

/** The 18-character form of an id of 15 or 18 characters, or null where it is no id. */
export function normalizeId(value: unknown): string | null {
  if (typeof value !== "string" || !ID.test(value)) return null;
  const base = value.slice(0, 15);
  const whole = base + checksum(base);
  return value.length === 15 || value === whole ? whole : null;
}
