// Values too large for rows, each a file of the origin's private file system. A file appears under its name
// only when it is whole: it is written under another name, flushed, then moved.

/** Files in folders; the store keeps a folder per project. Failures throw. */
export interface BigFiles {
  write(folder: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Undefined when there is no such file. */
  read(folder: string, name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Nothing happens when there is no such file. */
  remove(folder: string, name: string): Promise<void>;
  removeFolder(folder: string): Promise<void>;
  list(): Promise<readonly BigFile[]>;
}

export interface BigFile {
  readonly folder: string;
  /** Decoded; ends in ".tmp" while it is being written. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** What the type libraries leave out: sync handles are a worker's, and `move` is in none yet. */
type FullFileHandle = FileSystemFileHandle & {
  move(name: string): Promise<void>;
  readonly createSyncAccessHandle?: () => Promise<SyncAccess>;
};
interface SyncAccess {
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  flush(): void;
  close(): void;
}

/** Undefined where the browser has no private file system, or one without `move`. `newId` names drafts. */
export async function openBigFiles(root: string, newId: () => string): Promise<BigFiles | undefined> {
  let top: FileSystemDirectoryHandle;
  try {
    if (!('move' in FileSystemFileHandle.prototype)) return undefined;
    top = await (await navigator.storage.getDirectory()).getDirectoryHandle(segmentOf(root), {
      create: true,
    });
  } catch {
    // Private windows refuse in various ways; large values then go where small ones do.
    return undefined;
  }
  const folderAt = (folder: string, create: boolean) => top.getDirectoryHandle(segmentOf(folder), { create });

  return {
    async write(folder, name, bytes) {
      const directory = await folderAt(folder, true);
      const draft = `${segmentOf(name)}.${newId()}.tmp`;
      const handle = (await directory.getFileHandle(draft, { create: true })) as FullFileHandle;
      try {
        await writeWhole(handle, bytes);
        await handle.move(segmentOf(name));
      } catch (thrown) {
        await unlessMissing(directory.removeEntry(draft)).catch(() => undefined);
        throw thrown;
      }
    },

    async read(folder, name) {
      const directory = await unlessMissing(folderAt(folder, false));
      const handle = directory && (await unlessMissing(directory.getFileHandle(segmentOf(name))));
      return handle && new Uint8Array(await (await handle.getFile()).arrayBuffer());
    },

    async remove(folder, name) {
      const directory = await unlessMissing(folderAt(folder, false));
      if (directory) await unlessMissing(directory.removeEntry(segmentOf(name)));
    },

    async removeFolder(folder) {
      await unlessMissing(top.removeEntry(segmentOf(folder), { recursive: true }));
    },

    async list() {
      const files: BigFile[] = [];
      for await (const directory of top.values()) {
        if (directory.kind !== 'directory') continue;
        for await (const handle of (directory as FileSystemDirectoryHandle).values()) {
          if (handle.kind !== 'file') continue;
          const file = await unlessMissing((handle as FileSystemFileHandle).getFile());
          if (!file) continue;
          files.push({
            folder: decodeURIComponent(directory.name),
            name: decodeURIComponent(handle.name),
            modifiedAt: file.lastModified,
          });
        }
      }
      return files;
    },
  };
}

/** Workers have the fast handle; the page has only streams. */
async function writeWhole(handle: FullFileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (!handle.createSyncAccessHandle) {
    const stream = await handle.createWritable();
    try {
      await stream.write(bytes);
    } catch (thrown) {
      await stream.abort().catch(() => undefined);
      throw thrown;
    }
    return stream.close();
  }
  const access = await handle.createSyncAccessHandle();
  try {
    // A full disk shows as a short write in some browsers, as an error in others.
    const written = access.write(bytes, { at: 0 });
    if (written !== bytes.length) throw new DOMException('Only part was written', 'QuotaExceededError');
    access.flush();
  } finally {
    access.close();
  }
}

/** An id as a file name: no slashes, no dots at the start. */
const segmentOf = (id: string): string => encodeURIComponent(id).replace(/^\./, '%2E');

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return undefined;
    throw thrown;
  }
}
