import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import type { Database } from "../schema.ts";
import * as initial from "./001-initial.ts";
import * as placeOfError from "./002-place-of-error.ts";
import * as audit from "./003-audit.ts";
import * as imports from "./004-imports.ts";
import * as errorHistory from "./005-error-history.ts";
import * as warnings from "./006-warnings.ts";
import * as requests from "./007-requests.ts";
import * as matters from "./008-matters.ts";
import * as valueChanges from "./009-value-changes.ts";
import * as savedSelections from "./010-saved-selections.ts";
import * as subscriptionSettings from "./011-subscription-settings.ts";
import * as choices from "./012-choices.ts";

/** In order of their names. A migration that has been released never changes. */
const MIGRATIONS = {
  "001-initial": initial,
  "002-place-of-error": placeOfError,
  "003-audit": audit,
  "004-imports": imports,
  "005-error-history": errorHistory,
  "006-warnings": warnings,
  "007-requests": requests,
  "008-matters": matters,
  "009-value-changes": valueChanges,
  "010-saved-selections": savedSelections,
  "011-subscription-settings": subscriptionSettings,
  "012-choices": choices,
};

/** Brings the database up to date; answers the names of the migrations that ran. Many processes may call it at once. */
export async function migrateToLatest(db: Kysely<Database>): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find((result) => result.status === "Error");
    throw new Error(`The database could not be brought up to date${failed ? ` (migration ${failed.migrationName})` : ""}.`, {
      cause: error,
    });
  }
  return results.filter((result) => result.status === "Success").map((result) => result.migrationName);
}
