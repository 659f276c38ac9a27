import { accessSync, constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const IN_MEMORY = "/dev/shm";

/** A directory for a test's data: in memory where the system has such a place, for databases wait for the disk at every commit. */
export function scratchDirectory(name: string): Promise<string> {
  return mkdtemp(join(isWritable(IN_MEMORY) ? IN_MEMORY : tmpdir(), `syncwarden-${name}-`));
}

export function removeScratch(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true });
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
