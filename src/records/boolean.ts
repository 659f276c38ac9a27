/** Reads a checkbox's value in the forms either system gives it; blank is unchecked, null is no such value. */
export function readBoolean(value: string | number | boolean | null | undefined): boolean | null {
  if (typeof value === "boolean") return value;
  switch (
    String(value ?? "")
      .trim()
      .toLowerCase()
  ) {
    case "true":
    case "yes":
    case "1":
      return true;
    case "false":
    case "no":
    case "0":
    case "":
      return false;
    default:
      return null;
  }
}
