// Writes one big file from inside a worker, where alone sync handles exist. Test code only.

import { openBigFiles } from './big-files.ts';

interface Probe {
  readonly name: string;
  readonly folder: string;
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

self.onmessage = async ({ data }: MessageEvent<Probe>) => {
  const files = await openBigFiles(data.name, () => crypto.randomUUID());
  await files?.write(data.folder, data.file, data.bytes);
  self.postMessage('createSyncAccessHandle' in FileSystemFileHandle.prototype);
};
