// The data files that definitions name, from the file system.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DecodedFile } from '#engine/run-types.ts';
import type { DataFile, FileAsset } from '#model/document.ts';
import { decodeToValue } from '#workers/engine/data-files.ts';
import { sha256Hex } from './sha256.ts';

/** What a document says of a file; undefined when it cannot be read. */
export function describeFile({ path, format }: Pick<DataFile, 'path' | 'format'>): DataFile | undefined {
  const bytes = readBytes(path);
  return bytes && { path, format, sha256: sha256Hex(bytes), bytes: bytes.length };
}

/** The encoded value of a file asset. */
export async function decodeFile(file: DataFile, asset: FileAsset): Promise<DecodedFile> {
  const bytes = readBytes(file.path);
  if (!bytes)
    return { ok: false, error: { name: 'FileMissing', message: `There is no file “${file.path}”.` } };
  return decodeToValue(file, bytes, asset);
}

function readBytes(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path.startsWith('file:') ? fileURLToPath(path) : resolve(path));
  } catch {
    // Whatever the reason, there are no bytes to read: the definition is refused by name.
    return undefined;
  }
}
