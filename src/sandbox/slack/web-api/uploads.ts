/** Files announced with files.getUploadURLExternal, before files.completeUploadExternal shares them. */
export interface PendingUpload {
  readonly fileId: string;
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  readonly content: Uint8Array | null;
}

export interface Uploads {
  announce(upload: PendingUpload): void;
  /** Takes the bytes of an announced file; false where it wasn't announced or has another length. */
  receive(fileId: string, content: Uint8Array): boolean;
  /** The file with its bytes, no longer pending; null where nothing was uploaded. */
  take(fileId: string): PendingUpload | null;
}

export function createUploads(): Uploads {
  const pending = new Map<string, PendingUpload>();
  return {
    announce: (upload) => void pending.set(upload.fileId, upload),
    receive(fileId, content) {
      const upload = pending.get(fileId);
      if (upload === undefined || upload.length !== content.byteLength) return false;
      pending.set(fileId, { ...upload, content });
      return true;
    },
    take(fileId) {
      const upload = pending.get(fileId);
      if (upload === undefined || upload.content === null) return null;
      pending.delete(fileId);
      return upload;
    },
  };
}
