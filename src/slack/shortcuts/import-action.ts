/** What the action log calls an import. */
export const IMPORT_ACTION = "import sync errors";
