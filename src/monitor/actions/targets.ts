import type { SyncErrorCategory } from "../../health/sync-errors.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import type { SyncedObject } from "../../records/record.ts";

/** What actions are about, as the log and the messages of requests call it. */
export const ALL_ERRORS = sentence("all errors");

export function errorTarget(errorId: string): Sentence {
  return sentence("error {errorId}", { errorId });
}

/** Categories go by what people type. */
export function categoryTarget(category: SyncErrorCategory): Sentence {
  return sentence("category {category}", { category });
}

export function selectionTarget(name: string): Sentence {
  return sentence("selection {name}", { name });
}

/** What was ticked of an error's records in a dialog. */
export function selectedTarget(errorId: string): Sentence {
  return sentence("selected records of error {errorId}", { errorId });
}

/** The records of an object that are in error. */
export function objectTarget(object: SyncedObject): Sentence {
  switch (object) {
    case "contacts":
      return sentence("contacts");
    case "companies":
      return sentence("companies");
    case "deals":
      return sentence("deals");
    case "tasks":
      return sentence("tasks");
  }
}
