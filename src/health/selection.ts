import type { SyncedObject } from "../records/record.ts";
import type { SyncErrorCategory } from "./sync-errors.ts";

/** Records in error by what they have in common, or one by its email or id in either system. A saved selection is made of these. */
export type SelectionPart =
  | { readonly kind: "error"; readonly errorId: string }
  | { readonly kind: "category"; readonly category: SyncErrorCategory }
  | { readonly kind: "object"; readonly object: SyncedObject }
  | { readonly kind: "record"; readonly record: string };
