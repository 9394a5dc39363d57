// Values too large for rows, each a file of the origin's private file system. A file appears under its name
// only when it is whole: it is written under another name, flushed, then moved.

/** Files in folders; the store keeps a folder per project. Failures throw. */
export interface BigFiles {
  write(folder: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** A file of which more comes, and whose name is known only then. */
  draft(folder: string): Promise<DraftFile>;
  /** Undefined when there is no such file. */
  read(folder: string, name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Nothing happens when there is no such file. */
  remove(folder: string, name: string): Promise<void>;
  removeFolder(folder: string): Promise<void>;
  list(): Promise<readonly BigFile[]>;
}

/** Ends with `keep` or `drop`. */
export interface DraftFile {
  append(bytes: Uint8Array): Promise<void>;
  /** From now on it is there under this name; a file that had the name is replaced. */
  keep(name: string): Promise<void>;
  drop(): Promise<void>;
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

    async draft(folder) {
      const directory = await folderAt(folder, true);
      const name = `${newId()}.tmp`;
      const handle = (await directory.getFileHandle(name, { create: true })) as FullFileHandle;
      const out = await openWriter(handle);
      let end = 0;
      return {
        async append(bytes) {
          await out.write(bytes, end);
          end += bytes.length;
        },
        async keep(wanted) {
          await out.close();
          await handle.move(segmentOf(wanted));
        },
        async drop() {
          await out.abort();
          await unlessMissing(directory.removeEntry(name)).catch(() => undefined);
        },
      };
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

interface FileWriter {
  write(bytes: Uint8Array, at: number): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** Workers have the fast handle; the page has only streams. */
async function openWriter(handle: FullFileHandle): Promise<FileWriter> {
  if (!handle.createSyncAccessHandle) {
    const stream = await handle.createWritable();
    return {
      write: (bytes) => stream.write(ownBuffer(bytes)),
      close: () => stream.close(),
      abort: () => stream.abort().catch(() => undefined),
    };
  }
  const access = await handle.createSyncAccessHandle();
  return {
    async write(bytes, at) {
      // A full disk shows as a short write in some browsers, as an error in others.
      const written = access.write(ownBuffer(bytes), { at });
      if (written !== bytes.length) throw new DOMException('Only part was written', 'QuotaExceededError');
    },
    async close() {
      try {
        access.flush();
      } finally {
        access.close();
      }
    },
    async abort() {
      access.close();
    },
  };
}

async function writeWhole(handle: FullFileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const out = await openWriter(handle);
  try {
    await out.write(bytes, 0);
  } catch (thrown) {
    await out.abort();
    throw thrown;
  }
  await out.close();
}

/** Files take no views of shared memory; nothing here is one. */
const ownBuffer = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);

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
