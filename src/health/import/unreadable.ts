import { ENGLISH } from "../../language/language.ts";
import type { Said } from "../../language/sentence.ts";

/** Thrown when a file can't be read as HubSpot's export of sync errors at all: says why, and what to do. */
export class UnreadableExportError extends Error {
  override readonly name = "UnreadableExportError";
  readonly why: Said;

  constructor(why: Said, options?: ErrorOptions) {
    super(ENGLISH.render(why), options);
    this.why = why;
  }
}
