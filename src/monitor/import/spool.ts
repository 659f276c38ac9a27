import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnreadableExportError } from "../../health/import/unreadable.ts";
import { sentence } from "../../language/sentence.ts";

/** The largest export that is taken, in bytes: 100,000 lines have a tenth of it. */
export const LARGEST_EXPORT = 50 * 1024 * 1024;

/** A file laid aside while it is imported, readable by this user alone. */
export interface SpooledFile {
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string;
  /** Its bytes, as often as they are asked for. */
  read(): AsyncIterable<Uint8Array>;
  remove(): Promise<void>;
}

/**
 * Lays a file aside as it comes in, so that it is known before any of it is imported, and so that the database waits for no network.
 * @throws UnreadableExportError where it is too large.
 */
export async function spool(bytes: AsyncIterable<Uint8Array>, largest = LARGEST_EXPORT): Promise<SpooledFile> {
  const path = join(tmpdir(), `syncwarden-import-${randomUUID()}`);
  const remove = () => rm(path, { force: true });
  const file = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const piece of bytes) {
      size += piece.byteLength;
      if (size > largest) throw tooLarge(largest);
      hash.update(piece);
      await file.write(piece);
    }
  } catch (error) {
    await file.close();
    await remove();
    throw error;
  }
  await file.close();
  return { digest: hash.digest("hex"), read: () => createReadStream(path), remove };
}

export function tooLarge(largest = LARGEST_EXPORT): UnreadableExportError {
  return new UnreadableExportError(
    sentence("The file is larger than {megabytes, number} MB. Export one category of errors at a time, or split the file.", {
      megabytes: Math.round(largest / 1024 / 1024),
    }),
  );
}
