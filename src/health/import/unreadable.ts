/** Thrown when a file can't be read as HubSpot's export of sync errors at all: says why, and what to do. */
export class UnreadableExportError extends Error {
  override readonly name = "UnreadableExportError";
}
