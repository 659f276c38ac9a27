import { z } from "zod";
import { saidSchema } from "../../../language/stored.ts";
import type { StoredItem, StoredRequest } from "../../../store/requests.ts";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const parametersSchema = z.object({
  /** What is put right, in words, e.g. "error E7K3Q". */
  target: saidSchema,
  errorId: z.string().nullable(),
  /** Where the value is written. */
  system: z.enum(["hubspot", "salesforce"]),
  /** What people call the field there. */
  label: z.string(),
  /** As people know them: an owner's name, an option's label. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** The request whose values are put back; null for a fix. */
  undoes: z.string().nullable(),
});

const changeSchema = z.object({
  object: z.string(),
  id: z.string(),
  field: z.string(),
  /** Written only where the field still has this. */
  expected: value,
  value,
});

export type FixParameters = z.infer<typeof parametersSchema>;
/** One value to write into one field of one record. */
export type Change = z.infer<typeof changeSchema>;

export function fixParameters(request: StoredRequest): FixParameters {
  return parametersSchema.parse(request.parameters);
}

export function changeOf(item: StoredItem): Change {
  return changeSchema.parse(item.payload);
}
