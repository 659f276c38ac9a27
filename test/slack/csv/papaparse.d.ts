/** What of Papa Parse the tests use; it brings no types of its own. */
declare module "papaparse" {
  interface Parsed {
    readonly data: string[][];
    readonly errors: readonly { readonly message: string }[];
  }
  const Papa: { parse(text: string, settings?: { readonly delimiter?: string; readonly newline?: string }): Parsed };
  export default Papa;
}
